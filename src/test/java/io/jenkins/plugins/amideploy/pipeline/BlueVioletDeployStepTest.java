package io.jenkins.plugins.amideploy.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class BlueVioletDeployStepTest {
    private static final List<String> OF_AWS = List.of("credentialsId", "region", "roleArn", "externalId");

    private static final Map<String, Object> EVERYTHING = new TreeMap<>(Map.ofEntries(
            Map.entry("group", "web"),
            Map.entry("ami", "ami-0123456789abcdef0"),
            Map.entry("terminateRelative", false),
            Map.entry("keepOld", "standby"),
            Map.entry("warmup", 30),
            Map.entry("bake", 300),
            Map.entry("healthTimeout", 600),
            Map.entry("timeout", 7200),
            Map.entry("alarms", "web-5xx,web-latency"),
            Map.entry("onFailure", "stop"),
            Map.entry("minSize", 0),
            Map.entry("desiredCapacity", 4),
            Map.entry("maxSize", 8),
            Map.entry("convertToLaunchTemplate", true),
            Map.entry("plan", true),
            Map.entry("credentialsId", "aws"),
            Map.entry("region", "eu-central-1"),
            Map.entry("roleArn", "arn:aws:iam::123456789012:role/deploy"),
            Map.entry("externalId", "x")));

    private static BlueVioletDeployStep step(Map<String, Object> arguments) {
        return (BlueVioletDeployStep) new BlueVioletDeployStep.DescriptorImpl().newInstance(arguments);
    }

    /** The parameters that the procedure gets. */
    private static Map<String, String> given(BlueVioletDeployStep step) {
        Map<String, String> given = new TreeMap<>(step.parameters());
        given.values().removeIf(value -> value == null);
        return given;
    }

    @Test
    void everyFieldIsAParameterOfTheProcedure(JenkinsRule jenkins) {
        Map<String, String> expected = new TreeMap<>();
        EVERYTHING.forEach((name, value) -> expected.put(name, value.toString()));
        OF_AWS.forEach(expected::remove);
        assertEquals(expected, given(step(EVERYTHING)));
    }

    @Test
    void valuesAreTakenAsPeopleWriteThem(JenkinsRule jenkins) {
        BlueVioletDeployStep step = step(Map.of(
                "group",
                "web",
                "alarms",
                List.of("web-5xx", "web-latency"),
                "terminateRelative",
                "false",
                "bake",
                "60"));
        assertEquals("web-5xx,web-latency", step.alarms);
        assertEquals(60, step.bake);
        assertEquals(
                Map.of("group", "web", "alarms", "web-5xx,web-latency", "terminateRelative", "false", "bake", "60"),
                given(step));
    }
}
