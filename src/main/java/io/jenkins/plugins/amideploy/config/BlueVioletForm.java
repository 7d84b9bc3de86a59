package io.jenkins.plugins.amideploy.config;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.amideploy.core.blueviolet.BlueVioletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What a descriptor offers to the fields of a blue/violet deployment. */
public interface BlueVioletForm extends GroupForm {

    @Override
    default List<String> problems(Map<String, String> parameters) {
        List<String> problems = new ArrayList<>();
        BlueVioletRequest.of(parameters, true, problems);
        return problems;
    }

    /** The base name of a pair of groups will do, too. */
    @Override
    @POST
    default FormValidation doCheckGroup(@AncestorInPath Item item, @QueryParameter String value, FormAws aws) {
        return FormFields.first(check(item, "group", value), () -> LiveChecks.pair(aws, value));
    }

    @POST
    default FormValidation doCheckBake(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "bake", value);
    }

    @POST
    default FormValidation doCheckMinSize(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "minSize", value);
    }

    @POST
    default FormValidation doCheckDesiredCapacity(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "desiredCapacity", value);
    }

    @POST
    default FormValidation doCheckMaxSize(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "maxSize", value);
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
