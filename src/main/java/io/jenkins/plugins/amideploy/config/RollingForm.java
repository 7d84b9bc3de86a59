package io.jenkins.plugins.amideploy.config;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What a descriptor offers to the fields of a rolling deployment. The checks are those that the deployment makes. */
public interface RollingForm extends AwsForm {

    @POST
    default FormValidation doCheckGroup(@AncestorInPath Item item, @QueryParameter String value) {
        return RollingFields.check(item, "group", value);
    }

    @POST
    default FormValidation doCheckAmi(@AncestorInPath Item item, @QueryParameter String value) {
        return RollingFields.check(item, "ami", value);
    }

    @POST
    default FormValidation doCheckBatchSize(@AncestorInPath Item item, @QueryParameter String value) {
        return RollingFields.check(item, "batchSize", value);
    }

    @POST
    default FormValidation doCheckMinHealthyPercentage(@AncestorInPath Item item, @QueryParameter String value) {
        return RollingFields.check(item, "minHealthyPercentage", value);
    }

    @POST
    default FormValidation doCheckWarmup(@AncestorInPath Item item, @QueryParameter String value) {
        return RollingFields.check(item, "warmup", value);
    }

    @POST
    default FormValidation doCheckHealthTimeout(@AncestorInPath Item item, @QueryParameter String value) {
        return RollingFields.check(item, "healthTimeout", value);
    }

    @POST
    default FormValidation doCheckTimeout(@AncestorInPath Item item, @QueryParameter String value) {
        return RollingFields.check(item, "timeout", value);
    }

    @POST
    default FormValidation doCheckCheckpoints(@AncestorInPath Item item, @QueryParameter String value) {
        return RollingFields.check(item, "checkpoints", value);
    }

    @POST
    default ListBoxModel doFillOnFailureItems(@AncestorInPath Item item) {
        return FormFields.choices(
                item, Messages.RollingForm_rollBack(), "rollBack", Messages.RollingForm_stop(), "stop");
    }

    @POST
    default ListBoxModel doFillScaleInProtectedItems(@AncestorInPath Item item) {
        return RollingFields.treatments(item);
    }

    @POST
    default ListBoxModel doFillStandbyItems(@AncestorInPath Item item) {
        return RollingFields.treatments(item);
    }
}
