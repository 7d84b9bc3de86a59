package io.jenkins.plugins.amideploy.config;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.amideploy.core.aws.Inventory;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What the forms of all procedures have in common that give an Auto Scaling group another image. */
public interface GroupForm extends ProcedureForm {

    @POST
    default ListBoxModel doFillGroupItems(FormAws aws) {
        return Proposals.of(aws, Messages.Proposals_groups(), Inventory::groups);
    }

    @POST
    default FormValidation doCheckGroup(@AncestorInPath Item item, @QueryParameter String value, FormAws aws) {
        return FormFields.first(check(item, "group", value), () -> LiveChecks.group(aws, value));
    }

    @POST
    default ListBoxModel doFillAmiItems(FormAws aws) {
        return Proposals.of(aws, Messages.Proposals_images(), Inventory::images);
    }

    @POST
    default FormValidation doCheckAmi(@AncestorInPath Item item, @QueryParameter String value, FormAws aws) {
        return FormFields.first(check(item, "ami", value), () -> LiveChecks.image(aws, value));
    }

    @POST
    default FormValidation doCheckWarmup(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "warmup", value);
    }

    @POST
    default FormValidation doCheckHealthTimeout(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "healthTimeout", value);
    }

    @POST
    default FormValidation doCheckAlarms(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "alarms", value);
    }
}
