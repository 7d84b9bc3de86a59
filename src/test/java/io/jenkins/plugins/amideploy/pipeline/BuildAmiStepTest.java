package io.jenkins.plugins.amideploy.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class BuildAmiStepTest {
    private static final Map<String, Object> EVERYTHING = new TreeMap<>(Map.ofEntries(
            Map.entry("sourceAmi", "name=al2023-ami-2023*, owners=amazon"),
            Map.entry("name", "{family} {build}"),
            Map.entry("instanceType", "t4g.micro"),
            Map.entry("subnetId", "subnet-0123456789abcdef0"),
            Map.entry("securityGroupIds", "sg-0123456789abcdef0,sg-0123456789abcdef1"),
            Map.entry("keyName", "mine"),
            Map.entry("iamInstanceProfile", "builder"),
            Map.entry("userData", "#!/bin/sh\ndnf update -y"),
            Map.entry("rootVolumeSize", 30),
            Map.entry("encrypted", true),
            Map.entry("kmsKeyId", "alias/images"),
            Map.entry("spot", true),
            Map.entry("associatePublicIp", false),
            Map.entry("httpTokens", "optional"),
            Map.entry("tags", "stage=test\nowner=web, Ltd."),
            Map.entry("runTags", "cost=ci"),
            Map.entry("sshUser", "admin"),
            Map.entry("sshPort", 2222),
            Map.entry("sshFrom", "203.0.113.7/32"),
            Map.entry("commands", "dnf install -y nginx\necho 'a, b'"),
            Map.entry("commandTimeout", 600),
            Map.entry("awaitUserData", true),
            Map.entry("waitFor", "ssh,ssm"),
            Map.entry("readyTimeout", 1200),
            Map.entry("imageTimeout", 3600),
            Map.entry("timeout", 14400),
            Map.entry("noReboot", true),
            Map.entry("copyTo", "eu-central-1,us-east-1=alias/images"),
            Map.entry("shareWith", "123456789012"),
            Map.entry("shareWithOrganizations", "arn:aws:organizations::123456789012:organization/o-abcdefghij"),
            Map.entry("deprecateAfter", 90),
            Map.entry("imdsSupport", "v2.0"),
            Map.entry("keep", 5),
            Map.entry("skipIfExists", true),
            Map.entry("provisioningDigest", "3f786850"),
            Map.entry("onFailure", "keep"),
            Map.entry("keepOnFailure", true),
            Map.entry("keepFor", 4),
            Map.entry("plan", true),
            Map.entry("family", "web"),
            Map.entry("description", "The web server"),
            Map.entry("credentialsId", "aws"),
            Map.entry("region", "eu-west-1"),
            Map.entry("roleArn", "arn:aws:iam::123456789012:role/build"),
            Map.entry("externalId", "x")));

    private static BuildAmiStep step(Map<String, Object> arguments) {
        return (BuildAmiStep) new BuildAmiStep.DescriptorImpl().newInstance(arguments);
    }

    /** The parameters that the procedure gets. */
    private static Map<String, String> given(BuildAmiStep step) {
        Map<String, String> given = new TreeMap<>(step.parameters());
        given.values().removeIf(value -> value == null);
        return given;
    }

    @Test
    void everyFieldIsAParameterOfTheProcedure(JenkinsRule jenkins) {
        Map<String, String> expected = new TreeMap<>();
        EVERYTHING.forEach((name, value) -> expected.put(name, value.toString()));
        List.of("credentialsId", "region", "roleArn", "externalId").forEach(expected::remove);
        assertEquals(expected, given(step(EVERYTHING)));
    }

    @Test
    void listsAndMapsAreTakenWhereTheyAreNatural(JenkinsRule jenkins) {
        Map<String, Object> filter = new LinkedHashMap<>();
        filter.put("name", "al2023-ami-2023*");
        filter.put("owners", List.of("amazon", "123456789012"));
        BuildAmiStep step = step(Map.of(
                "sourceAmi",
                filter,
                "commands",
                List.of("dnf install -y nginx", "echo 'a, b'"),
                "copyTo",
                List.of("eu-central-1", "us-east-1"),
                "shareWith",
                List.of("123456789012", 210987654321L),
                "securityGroupIds",
                List.of("sg-1", "sg-2"),
                "tags",
                Map.of("owner", "web, Ltd."),
                "waitFor",
                List.of("ssh", "ssm"),
                "encrypted",
                "true",
                "name",
                42));
        assertEquals("name=al2023-ami-2023*,owners=amazon 123456789012", step.sourceAmi);
        assertEquals("dnf install -y nginx\necho 'a, b'", step.commands);
        assertEquals("eu-central-1,us-east-1", step.copyTo);
        assertEquals("123456789012,210987654321", step.shareWith);
        assertEquals("sg-1,sg-2", step.securityGroupIds);
        assertEquals("owner=web, Ltd.", step.tags);
        assertEquals("ssh,ssm", step.waitFor);
        assertTrue(step.encrypted);
        assertEquals("42", step.name);
    }
}
