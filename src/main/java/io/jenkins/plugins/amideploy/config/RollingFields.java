package io.jenkins.plugins.amideploy.config;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.amideploy.core.rolling.RollingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The work behind {@link RollingForm}. */
final class RollingFields {
    private RollingFields() {}

    static FormValidation check(Item item, String field, String value) {
        return FormFields.check(item, field, value, RollingFields::problems);
    }

    private static List<String> problems(Map<String, String> parameters) {
        List<String> problems = new ArrayList<>();
        RollingRequest.of(parameters, true, problems);
        return problems;
    }

    static ListBoxModel treatments(Item item) {
        return FormFields.choices(
                item,
                Messages.RollingForm_fail(),
                "fail",
                Messages.RollingForm_replace(),
                "replace",
                Messages.RollingForm_skip(),
                "skip");
    }
}
