package io.jenkins.plugins.amideploy.freestyle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.FreeStyleProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.CaptureEnvironmentBuilder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
@Timeout(180)
class BuildAmiBuilderTest {
    private JenkinsRule jenkins;

    @BeforeEach
    void keep(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void nextBuildStepsSeeTheResult() throws Exception {
        BuildAmiBuilder builder = new BuildAmiBuilder("ami-1");
        builder.region = "fake-1";
        builder.name = "web-$BUILD_NUMBER";
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
