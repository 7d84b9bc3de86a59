package io.jenkins.plugins.amideploy.config;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What a descriptor offers to the fields of an update of a stack. The checks are those that the deployment makes. */
public interface CfnForm extends AwsForm {

    @POST
    default FormValidation doCheckStack(@AncestorInPath Item item, @QueryParameter String value) {
        return CfnFields.check(item, "stack", value);
    }

    @POST
    default FormValidation doCheckAmi(@AncestorInPath Item item, @QueryParameter String value) {
        return CfnFields.check(item, "ami", value);
    }

    @POST
    default FormValidation doCheckParameters(@AncestorInPath Item item, @QueryParameter String value) {
        return CfnFields.check(item, "parameters", value);
    }

    @POST
    default FormValidation doCheckCapabilities(@AncestorInPath Item item, @QueryParameter String value) {
        return CfnFields.check(item, "capabilities", value);
    }

    @POST
    default FormValidation doCheckTags(@AncestorInPath Item item, @QueryParameter String value) {
        return CfnFields.check(item, "tags", value);
    }

    @POST
    default FormValidation doCheckCfnRoleArn(@AncestorInPath Item item, @QueryParameter String value) {
        return CfnFields.check(item, "cfnRoleArn", value);
    }

    @POST
    default FormValidation doCheckNotificationArns(@AncestorInPath Item item, @QueryParameter String value) {
        return CfnFields.check(item, "notificationArns", value);
    }

    @POST
    default FormValidation doCheckRollbackAlarms(@AncestorInPath Item item, @QueryParameter String value) {
        return CfnFields.check(item, "rollbackAlarms", value);
    }

    @POST
    default FormValidation doCheckMonitoringMinutes(@AncestorInPath Item item, @QueryParameter String value) {
        return CfnFields.check(item, "monitoringMinutes", value);
    }

    @POST
    default FormValidation doCheckTimeout(@AncestorInPath Item item, @QueryParameter String value) {
        return CfnFields.check(item, "timeout", value);
    }

    @POST
    default ListBoxModel doFillOnMissingItems(@AncestorInPath Item item) {
        return FormFields.choices(item, Messages.CfnForm_fail(), "fail", Messages.CfnForm_create(), "create");
    }
}
