package io.jenkins.plugins.amideploy.config;

import hudson.model.Item;
import hudson.util.FormValidation;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * What a descriptor offers to the fields of a procedure's form, be it that of the step or of the build step. The checks
 * are those that the procedure itself makes, before anything else is asked.
 */
public interface ProcedureForm extends AwsForm {

    /** What is wrong with the parameters, each in a sentence that begins with the parameter's name. */
    List<String> problems(Map<String, String> parameters);

    /** What the procedure would say of this one value. */
    default FormValidation check(Item item, String field, String value) {
        return FormFields.check(item, field, value, this::problems);
    }

    @POST
    default FormValidation doCheckTimeout(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "timeout", value);
    }
}
