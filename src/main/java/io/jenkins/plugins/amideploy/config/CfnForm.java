package io.jenkins.plugins.amideploy.config;

import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.amideploy.core.aws.Inventory;
import io.jenkins.plugins.amideploy.core.cfn.CfnRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What a descriptor offers to the fields of an update of a stack. */
public interface CfnForm extends ProcedureForm {

    /** One field at a time: that it lacks others is told when it is deployed. */
    @Override
    default List<String> problems(Map<String, String> parameters) {
        Map<String, String> given = new TreeMap<>(parameters);
        given.putIfAbsent("rollbackAlarms", "some alarm");
        List<String> problems = new ArrayList<>();
        CfnRequest.of(given, true, problems);
        return problems;
    }

    @POST
    default ListBoxModel doFillStackItems(FormAws aws) {
        return Proposals.of(aws, Messages.Proposals_stacks(), Inventory::stacks);
    }

    @POST
    default FormValidation doCheckStack(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String onMissing, FormAws aws) {
        return FormFields.first(
                check(item, "stack", value),
                () -> "create".equals(onMissing) ? FormValidation.ok() : LiveChecks.stack(aws, value));
    }

    @POST
    default ListBoxModel doFillAmiItems(FormAws aws) {
        return Proposals.of(aws, Messages.Proposals_images(), Inventory::images);
    }

    @POST
    default FormValidation doCheckAmi(@AncestorInPath Item item, @QueryParameter String value, FormAws aws) {
        return FormFields.first(check(item, "ami", value), () -> LiveChecks.image(aws, value));
    }

    /** The parameters of the stack that is named in the form. */
    @POST
    default ListBoxModel doFillAmiParameterItems(@QueryParameter String stack, FormAws aws) {
        String name = Util.fixNull(stack);
        return Proposals.of(
                aws, Messages.Proposals_stackParameters(), name, session -> Inventory.stackParameters(session, name));
    }

    @POST
    default FormValidation doCheckParameters(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "parameters", value);
    }

    @POST
    default FormValidation doCheckCapabilities(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "capabilities", value);
    }

    @POST
    default FormValidation doCheckTags(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "tags", value);
    }

    @POST
    default FormValidation doCheckCfnRoleArn(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "cfnRoleArn", value);
    }

    @POST
    default FormValidation doCheckNotificationArns(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "notificationArns", value);
    }

    @POST
    default FormValidation doCheckRollbackAlarms(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "rollbackAlarms", value);
    }

    @POST
    default FormValidation doCheckMonitoringMinutes(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "monitoringMinutes", value);
    }

    @POST
    default ListBoxModel doFillOnMissingItems(@AncestorInPath Item item) {
        return FormFields.choices(item, Messages.CfnForm_fail(), "fail", Messages.CfnForm_create(), "create");
    }
}
