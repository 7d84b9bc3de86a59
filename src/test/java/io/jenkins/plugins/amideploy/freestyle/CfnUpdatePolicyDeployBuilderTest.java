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
        builder.amiParameter = "Image";
        builder.template = "deploy/web.yaml";
        builder.parameters = "MaxSize=$MAX\nTopic=news";
        builder.capabilities = "CAPABILITY_IAM";
        builder.tags = "team=shop\nowner=web";
        builder.cfnRoleArn = "arn:aws:iam::123456789012:role/cloudformation";
        builder.notificationArns = "arn:aws:sns:eu-west-1:123456789012:deployments";
        builder.rollbackAlarms = "web 5xx";
        builder.monitoringMinutes = "$MINUTES";
        builder.onMissing = "create";
        builder.disableRollback = true;
        builder.allowReplacements = true;
        builder.timeout = "7200";
        builder.plan = true;
        builder.credentialsId = "aws";
        builder.region = "eu-central-1";
        builder.roleArn = "arn:aws:iam::123456789012:role/deploy";
        builder.externalId = "x";
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
