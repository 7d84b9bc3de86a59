package io.jenkins.plugins.amideploy.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class RollingAmiDeployStepTest {
    private static final Map<String, Object> EVERYTHING = new TreeMap<>(Map.ofEntries(
            Map.entry("group", "web"),
            Map.entry("ami", "ami-0123456789abcdef0"),
            Map.entry("batchSize", "25%"),
            Map.entry("minHealthyPercentage", 90),
            Map.entry("warmup", 30),
            Map.entry("healthTimeout", 600),
            Map.entry("timeout", 7200),
            Map.entry("checkpoints", "25,100"),
            Map.entry("alarms", "web-5xx"),
            Map.entry("onFailure", "stop"),
            Map.entry("replaceMatching", true),
            Map.entry("scaleInProtected", "skip"),
            Map.entry("standby", "replace"),
            Map.entry("convertToLaunchTemplate", true),
            Map.entry("plan", true),
            Map.entry("credentialsId", "aws"),
            Map.entry("region", "eu-central-1"),
            Map.entry("roleArn", "arn:aws:iam::123456789012:role/deploy"),
            Map.entry("externalId", "x")));

    private static RollingAmiDeployStep step(Map<String, Object> arguments) {
        return (RollingAmiDeployStep) new RollingAmiDeployStep.DescriptorImpl().newInstance(arguments);
    }

    private static Map<String, Object> arguments(RollingAmiDeployStep step) {
        return new TreeMap<>(DescribableModel.uninstantiate2_(step).getArguments());
    }

    @Test
    void formKeepsEveryField(JenkinsRule jenkins) throws Exception {
        RollingAmiDeployStep after = new StepConfigTester(jenkins).configRoundTrip(step(EVERYTHING));
        assertEquals(EVERYTHING, arguments(after));
    }

    @Test
    void formLeavesEmptyFieldsOut(JenkinsRule jenkins) throws Exception {
        Map<String, Object> least = Map.of("group", "web", "ami", "ami-0123456789abcdef0");
        RollingAmiDeployStep after = new StepConfigTester(jenkins).configRoundTrip(step(least));
        assertEquals(new TreeMap<>(least), arguments(after));
    }

    @Test
    void numbersAndListsAreTakenAsPeopleWriteThem(JenkinsRule jenkins) {
        RollingAmiDeployStep step = step(Map.of(
                "group",
                "web",
                "ami",
                "ami-1",
                "batchSize",
                2,
                "checkpoints",
                List.of(25, 50),
                "alarms",
                List.of("a")));
        assertEquals("2", step.batchSize);
        assertEquals("25,50", step.checkpoints);
        assertEquals("a", step.alarms);
    }

    @Test
    void everyFieldHasHelp(JenkinsRule jenkins) {
        for (String field : EVERYTHING.keySet()) {
            String file = "/help-" + field + ".html";
            assertTrue(
                    RollingAmiDeployStep.class.getResource("RollingAmiDeployStep" + file) != null
                            || DeploymentStep.class.getResource("DeploymentStep" + file) != null,
                    field);
        }
    }
}
