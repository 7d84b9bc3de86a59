package io.jenkins.plugins.amideploy.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class RollingAmiDeployStepTest {
    private static RollingAmiDeployStep step(Map<String, Object> arguments) {
        return (RollingAmiDeployStep) new RollingAmiDeployStep.DescriptorImpl().newInstance(arguments);
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
}
