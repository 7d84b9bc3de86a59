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
        builder.setAmi("$AMI");
        builder.setTerminateRelative(false);
        builder.setKeepOld("standby");
        builder.setWarmup("$WARMUP");
        builder.setBake("300");
        builder.setHealthTimeout("600");
        builder.setTimeout("7200");
        builder.setAlarms("web-5xx, web-latency");
        builder.setOnFailure("stop");
        builder.setMinSize("0");
        builder.setDesiredCapacity("4");
        builder.setMaxSize("8");
        builder.setConvertToLaunchTemplate(true);
        builder.setPlan(true);
        builder.setCredentialsId("aws");
        builder.setRegion("eu-central-1");
        builder.setRoleArn("arn:aws:iam::123456789012:role/deploy");
        builder.setExternalId("x");
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
