package io.jenkins.plugins.amideploy.config;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.amideploy.core.ami.BuildParameters;

/** The work behind {@link BuildAmiForm}. */
final class BuildAmiFields {
    private BuildAmiFields() {}

    static FormValidation check(Item item, String field, String value) {
        return FormFields.check(item, field, value, BuildParameters::problems);
    }

    static ListBoxModel yesOrNo(Item item, String otherwise) {
        return FormFields.choicesOr(
                item, otherwise, Messages.BuildAmiForm_yes(), "true", Messages.BuildAmiForm_no(), "false");
    }
}
