package io.jenkins.plugins.amideploy.freestyle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class CfnUpdatePolicyDeployBuilderTest {

    /** All fields, with variables of the build, as they may be here. */
    private static CfnUpdatePolicyDeployBuilder withEverything() {
        CfnUpdatePolicyDeployBuilder builder = new CfnUpdatePolicyDeployBuilder("web", "$AMI");
        builder.setAmiParameter("Image");
        builder.setTemplate("deploy/web.yaml");
        builder.setParameters("MaxSize=$MAX\nTopic=news");
        builder.setCapabilities("CAPABILITY_IAM");
        builder.setTags("team=shop\nowner=web");
        builder.setCfnRoleArn("arn:aws:iam::123456789012:role/cloudformation");
        builder.setNotificationArns("arn:aws:sns:eu-west-1:123456789012:deployments");
        builder.setRollbackAlarms("web 5xx");
        builder.setMonitoringMinutes("$MINUTES");
        builder.setOnMissing("create");
        builder.setDisableRollback(true);
        builder.setAllowReplacements(true);
        builder.setTimeout("7200");
        builder.setPlan(true);
        builder.setCredentialsId("aws");
        builder.setRegion("eu-central-1");
        builder.setRoleArn("arn:aws:iam::123456789012:role/deploy");
        builder.setExternalId("x");
        return builder;
    }

    @Test
    void formKeepsEveryField(JenkinsRule jenkins) throws Exception {
        CfnUpdatePolicyDeployBuilder before = withEverything();
        CfnUpdatePolicyDeployBuilder after = jenkins.configRoundtrip(before);
        jenkins.assertEqualDataBoundBeans(before, after);
        assertEquals(before.parameters(), after.parameters());
        assertEquals(
                16,
                after.parameters().values().stream()
                        .filter(value -> value != null)
                        .count());
    }

    @Test
    void formLeavesEmptyFieldsOut(JenkinsRule jenkins) throws Exception {
        CfnUpdatePolicyDeployBuilder after = jenkins.configRoundtrip(new CfnUpdatePolicyDeployBuilder("web", "ami-1"));
        Map<String, String> given = new TreeMap<>(after.parameters());
        given.values().removeIf(value -> value == null);
        assertEquals(Map.of("stack", "web", "ami", "ami-1"), given);
    }
}
