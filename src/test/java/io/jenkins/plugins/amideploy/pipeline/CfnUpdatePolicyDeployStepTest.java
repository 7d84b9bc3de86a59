package io.jenkins.plugins.amideploy.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class CfnUpdatePolicyDeployStepTest {
    private static final List<String> OF_AWS = List.of("credentialsId", "region", "roleArn", "externalId");

    private static final Map<String, Object> EVERYTHING = new TreeMap<>(Map.ofEntries(
            Map.entry("stack", "web"),
            Map.entry("ami", "ami-0123456789abcdef0"),
            Map.entry("amiParameter", "Image"),
            Map.entry("template", "deploy/web.yaml"),
            Map.entry("parameters", "MaxSize=12\nSubnets=subnet-1,subnet-2"),
            Map.entry("capabilities", "CAPABILITY_IAM,CAPABILITY_AUTO_EXPAND"),
            Map.entry("tags", "team=shop\nowner=web, Ltd."),
            Map.entry("cfnRoleArn", "arn:aws:iam::123456789012:role/cloudformation"),
            Map.entry("notificationArns", "arn:aws:sns:eu-west-1:123456789012:deployments"),
            Map.entry("rollbackAlarms", "web 5xx\nweb latency"),
            Map.entry("monitoringMinutes", 10),
            Map.entry("onMissing", "create"),
            Map.entry("disableRollback", true),
            Map.entry("allowReplacements", true),
            Map.entry("timeout", 7200),
            Map.entry("plan", true),
            Map.entry("credentialsId", "aws"),
            Map.entry("region", "eu-central-1"),
            Map.entry("roleArn", "arn:aws:iam::123456789012:role/deploy"),
            Map.entry("externalId", "x")));

    private static CfnUpdatePolicyDeployStep step(Map<String, Object> arguments) {
        return (CfnUpdatePolicyDeployStep) new CfnUpdatePolicyDeployStep.DescriptorImpl().newInstance(arguments);
    }

    /** The parameters that the procedure gets. */
    private static Map<String, String> given(CfnUpdatePolicyDeployStep step) {
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
    void listsAndMapsAreTakenWhereTheyAreNatural(JenkinsRule jenkins) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("MaxSize", 12);
        parameters.put("Subnets", List.of("subnet-1", "subnet-2"));
        CfnUpdatePolicyDeployStep step = step(Map.of(
                "stack",
                "web",
                "ami",
                "ami-1",
                "parameters",
                parameters,
                "tags",
                Map.of("owner", "web, Ltd."),
                "capabilities",
                List.of("CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"),
                "rollbackAlarms",
                List.of("web 5xx", "web latency"),
                "monitoringMinutes",
                "10"));
        assertEquals("MaxSize=12\nSubnets=subnet-1,subnet-2", step.parameters);
        assertEquals("owner=web, Ltd.", step.tags);
        assertEquals("CAPABILITY_IAM,CAPABILITY_NAMED_IAM", step.capabilities);
        assertEquals("web 5xx\nweb latency", step.rollbackAlarms);
        assertEquals(10, step.monitoringMinutes);
    }
}
