package io.jenkins.plugins.amideploy.config;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What a descriptor offers to the fields of a blue/violet deployment. The checks are those that the deployment makes. */
public interface BlueVioletForm extends AwsForm {

    @POST
    default FormValidation doCheckGroup(@AncestorInPath Item item, @QueryParameter String value) {
        return BlueVioletFields.check(item, "group", value);
    }

    @POST
    default FormValidation doCheckAmi(@AncestorInPath Item item, @QueryParameter String value) {
        return BlueVioletFields.check(item, "ami", value);
    }

    @POST
    default FormValidation doCheckWarmup(@AncestorInPath Item item, @QueryParameter String value) {
        return BlueVioletFields.check(item, "warmup", value);
    }

    @POST
    default FormValidation doCheckBake(@AncestorInPath Item item, @QueryParameter String value) {
        return BlueVioletFields.check(item, "bake", value);
    }

    @POST
    default FormValidation doCheckHealthTimeout(@AncestorInPath Item item, @QueryParameter String value) {
        return BlueVioletFields.check(item, "healthTimeout", value);
    }

    @POST
    default FormValidation doCheckTimeout(@AncestorInPath Item item, @QueryParameter String value) {
        return BlueVioletFields.check(item, "timeout", value);
    }

    @POST
    default FormValidation doCheckMinSize(@AncestorInPath Item item, @QueryParameter String value) {
        return BlueVioletFields.check(item, "minSize", value);
    }

    @POST
    default FormValidation doCheckDesiredCapacity(@AncestorInPath Item item, @QueryParameter String value) {
        return BlueVioletFields.check(item, "desiredCapacity", value);
    }

    @POST
    default FormValidation doCheckMaxSize(@AncestorInPath Item item, @QueryParameter String value) {
        return BlueVioletFields.check(item, "maxSize", value);
    }

    @POST
    default ListBoxModel doFillKeepOldItems(@AncestorInPath Item item) {
        return FormFields.choices(
                item, Messages.BlueVioletForm_terminate(), "terminate", Messages.BlueVioletForm_standby(), "standby");
    }

    @POST
    default ListBoxModel doFillOnFailureItems(@AncestorInPath Item item) {
        return FormFields.choices(
                item, Messages.BlueVioletForm_rollBack(), "rollBack", Messages.BlueVioletForm_stop(), "stop");
    }
}
