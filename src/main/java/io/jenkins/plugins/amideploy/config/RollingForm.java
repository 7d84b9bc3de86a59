package io.jenkins.plugins.amideploy.config;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.amideploy.core.rolling.RollingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What a descriptor offers to the fields of a rolling deployment. */
public interface RollingForm extends GroupForm {

    @Override
    default List<String> problems(Map<String, String> parameters) {
        List<String> problems = new ArrayList<>();
        RollingRequest.of(parameters, true, problems);
        return problems;
    }

    @POST
    default FormValidation doCheckBatchSize(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "batchSize", value);
    }

    @POST
    default FormValidation doCheckMinHealthyPercentage(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "minHealthyPercentage", value);
    }

    @POST
    default FormValidation doCheckCheckpoints(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "checkpoints", value);
    }

    @POST
    default ListBoxModel doFillOnFailureItems(@AncestorInPath Item item) {
        return FormFields.choices(
                item, Messages.RollingForm_rollBack(), "rollBack", Messages.RollingForm_stop(), "stop");
    }

    @POST
    default ListBoxModel doFillScaleInProtectedItems(@AncestorInPath Item item) {
        return FormFields.choices(
                item,
                Messages.RollingForm_fail(),
                "fail",
                Messages.RollingForm_replace(),
                "replace",
                Messages.RollingForm_skip(),
                "skip");
    }

    @POST
    default ListBoxModel doFillStandbyItems(@AncestorInPath Item item) {
        return doFillScaleInProtectedItems(item);
    }
}
