package io.jenkins.plugins.amideploy.config;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.amideploy.core.cfn.CfnRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The work behind {@link CfnForm}. */
final class CfnFields {
    private CfnFields() {}

    static FormValidation check(Item item, String field, String value) {
        return FormFields.check(item, field, value, CfnFields::problems);
    }

    /** One field at a time: that it lacks others is told when it is deployed. */
    private static List<String> problems(Map<String, String> parameters) {
        Map<String, String> given = new TreeMap<>(parameters);
        given.putIfAbsent("rollbackAlarms", "some alarm");
        List<String> problems = new ArrayList<>();
        CfnRequest.of(given, true, problems);
        return problems;
    }
}
