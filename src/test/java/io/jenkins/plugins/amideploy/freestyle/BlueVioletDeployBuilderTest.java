package io.jenkins.plugins.amideploy.freestyle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class BlueVioletDeployBuilderTest {

    /** All fields, with numbers as variables of the build, as they may be here. */
    private static BlueVioletDeployBuilder withEverything() {
        BlueVioletDeployBuilder builder = new BlueVioletDeployBuilder("web");
        builder.ami = "$AMI";
        builder.terminateRelative = false;
        builder.keepOld = "standby";
        builder.warmup = "$WARMUP";
        builder.bake = "300";
        builder.healthTimeout = "600";
        builder.timeout = "7200";
        builder.alarms = "web-5xx, web-latency";
        builder.onFailure = "stop";
        builder.minSize = "0";
        builder.desiredCapacity = "4";
        builder.maxSize = "8";
        builder.convertToLaunchTemplate = true;
        builder.plan = true;
        builder.credentialsId = "aws";
        builder.region = "eu-central-1";
        builder.roleArn = "arn:aws:iam::123456789012:role/deploy";
        builder.externalId = "x";
        return builder;
    }

    @Test
    void formKeepsEveryField(JenkinsRule jenkins) throws Exception {
        BlueVioletDeployBuilder before = withEverything();
        BlueVioletDeployBuilder after = jenkins.configRoundtrip(before);
        jenkins.assertEqualDataBoundBeans(before, after);
        assertEquals(before.parameters(), after.parameters());
        assertEquals(
                15,
                after.parameters().values().stream()
                        .filter(value -> value != null)
                        .count());
    }

    @Test
    void formLeavesEmptyFieldsOut(JenkinsRule jenkins) throws Exception {
        BlueVioletDeployBuilder after = jenkins.configRoundtrip(new BlueVioletDeployBuilder("web"));
        Map<String, String> given = new TreeMap<>(after.parameters());
        given.values().removeIf(value -> value == null);
        assertEquals(Map.of("group", "web"), given);
    }
}
