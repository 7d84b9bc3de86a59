package io.jenkins.plugins.amideploy.config;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.amideploy.core.blueviolet.BlueVioletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The work behind {@link BlueVioletForm}. */
final class BlueVioletFields {
    private BlueVioletFields() {}

    static FormValidation check(Item item, String field, String value) {
        return FormFields.check(item, field, value, BlueVioletFields::problems);
    }

    private static List<String> problems(Map<String, String> parameters) {
        List<String> problems = new ArrayList<>();
        BlueVioletRequest.of(parameters, true, problems);
        return problems;
    }
}
