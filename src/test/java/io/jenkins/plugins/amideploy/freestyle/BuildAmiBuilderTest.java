package io.jenkins.plugins.amideploy.freestyle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.util.ReflectionUtils;
import io.jenkins.plugins.amideploy.pipeline.BuildAmiStep;
import io.jenkins.plugins.amideploy.pipeline.DeploymentStep;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.CaptureEnvironmentBuilder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.DataBoundSetter;

@WithJenkins
@Timeout(180)
class BuildAmiBuilderTest {
    /** Values for the fields that take no other. */
    private static final Map<String, String> CHOICES = Map.of(
            "httpTokens",
            "optional",
            "imdsSupport",
            "v2.0",
            "onFailure",
            "keep",
            "associatePublicIp",
            "false",
            "awaitUserData",
            "true");

    private JenkinsRule jenkins;

    @BeforeEach
    void keep(JenkinsRule rule) {
        jenkins = rule;
    }

    private static List<Method> setters() {
        return Arrays.stream(BuildAmiBuilder.class.getMethods())
                .filter(method -> method.isAnnotationPresent(DataBoundSetter.class))
                .toList();
    }

    private static String field(Method setter) {
        return Character.toLowerCase(setter.getName().charAt(3))
                + setter.getName().substring(4);
    }

    private static BuildAmiBuilder withEverything() {
        BuildAmiBuilder builder = new BuildAmiBuilder("ami-0123456789abcdef0");
        for (Method setter : setters()) {
            String field = field(setter);
            boolean flag = setter.getParameterTypes()[0] == boolean.class;
            ReflectionUtils.invokeMethod(
                    setter, builder, flag ? Boolean.TRUE : CHOICES.getOrDefault(field, "value of " + field));
        }
        return builder;
    }

    @Test
    void formKeepsEveryField() throws Exception {
        BuildAmiBuilder before = withEverything();
        BuildAmiBuilder after = jenkins.configRoundtrip(before);
        jenkins.assertEqualDataBoundBeans(before, after);
        assertEquals(before.parameters(), after.parameters());
    }

    @Test
    void formLeavesEmptyFieldsOut() throws Exception {
        BuildAmiBuilder before = new BuildAmiBuilder("ami-0123456789abcdef0");
        BuildAmiBuilder after = jenkins.configRoundtrip(before);
        assertEquals(before.parameters(), after.parameters());
        Map<String, String> given = new TreeMap<>(after.parameters());
        given.values().removeIf(value -> value == null);
        assertEquals(Map.of("sourceAmi", "ami-0123456789abcdef0"), given);
    }

    @Test
    void everyFieldIsAParameterAndHasHelp() {
        Map<String, String> parameters = withEverything().parameters();
        for (Method setter : setters()) {
            String field = field(setter);
            boolean ofAws =
                    List.of("credentialsId", "region", "roleArn", "externalId").contains(field);
            assertTrue(ofAws || parameters.get(field) != null, field);
            String help = "/help-" + field + ".html";
            assertTrue(
                    BuildAmiStep.class.getResource("BuildAmiStep" + help) != null
                            || DeploymentStep.class.getResource("DeploymentStep" + help) != null,
                    field);
        }
    }

    @Test
    void nextBuildStepsSeeTheResult() throws Exception {
        BuildAmiBuilder builder = new BuildAmiBuilder("ami-1");
        builder.setRegion("fake-1");
        builder.setName("web-$BUILD_NUMBER");
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(builder);
        CaptureEnvironmentBuilder next = new CaptureEnvironmentBuilder();
        job.getBuildersList().add(next);
        jenkins.buildAndAssertSuccess(job);
        assertEquals("ami-1", next.getEnvVars().get("AMI_BUILD_IMAGE_ID"));
        assertEquals("ami-2", next.getEnvVars().get("AMI_BUILD_IMAGES_US_EAST_1"));
        assertEquals("snap-1,snap-2", next.getEnvVars().get("AMI_BUILD_SNAPSHOTS"));
        assertEquals("7", next.getEnvVars().get("AMI_BUILD_SECONDS"));
    }
}
