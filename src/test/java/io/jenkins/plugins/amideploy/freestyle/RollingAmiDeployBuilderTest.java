package io.jenkins.plugins.amideploy.freestyle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersAction;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.amideploy.fake.FakeWorld;
import java.io.File;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.CaptureEnvironmentBuilder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
@Timeout(600)
class RollingAmiDeployBuilderTest {
    private JenkinsRule jenkins;

    @BeforeEach
    void keep(JenkinsRule rule) {
        jenkins = rule;
    }

    private static RollingAmiDeployBuilder builder(int instances) {
        RollingAmiDeployBuilder builder = new RollingAmiDeployBuilder("web", "ami-1");
        builder.region = "fake-1";
        builder.batchSize = Integer.toString(instances);
        return builder;
    }

    private FreeStyleProject job(RollingAmiDeployBuilder builder) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(builder);
        return job;
    }

    private FreeStyleBuild startEndless() throws Exception {
        FreeStyleBuild build = job(builder(1000)).scheduleBuild2(0).waitForStart();
        while (FakeWorld.instances("web") < 5) {
            Thread.sleep(20);
        }
        return build;
    }

    private static void awaitNothingLive() throws InterruptedException {
        while (new File(Jenkins.get().getRootDir(), "ami-deploy").list().length > 0) {
            Thread.sleep(20);
        }
    }

    @Test
    void nextBuildStepsSeeTheResult() throws Exception {
        FreeStyleProject job = job(builder(3));
        CaptureEnvironmentBuilder next = new CaptureEnvironmentBuilder();
        job.getBuildersList().add(next);
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        assertEquals("web", next.getEnvVars().get("AMI_DEPLOY_GROUP"));
        assertEquals("3", next.getEnvVars().get("AMI_DEPLOY_REPLACED"));
        jenkins.assertLogContains("3/3 There are 3 instances in web", build);
    }

    @Test
    void fieldsMayHoldVariables() throws Exception {
        RollingAmiDeployBuilder builder = new RollingAmiDeployBuilder("${GROUP}-group", "ami-1");
        builder.region = "${REGION}";
        FreeStyleBuild build = jenkins.assertBuildStatusSuccess(job(builder)
                .scheduleBuild2(
                        0,
                        new ParametersAction(
                                List.of(
                                        new StringParameterValue("GROUP", "api"),
                                        new StringParameterValue("REGION", "fake-1")),
                                List.of("GROUP", "REGION"))));
        jenkins.assertLogContains("There are 3 instances in api-group", build);
    }

    @Test
    void failureTellsTheStateThingsAreIn() throws Exception {
        RollingAmiDeployBuilder builder = builder(3);
        builder.healthTimeout = "2";
        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job(builder));
        jenkins.assertLogContains("never became healthy", build);
        jenkins.assertLogContains("The group has its 0 instances again.", build);
    }

    @Test
    void abortUnwindsBeforeTheBuildEnds() throws Exception {
        FreeStyleBuild build = startEndless();
        build.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertEquals(0, FakeWorld.instances("web"));
        jenkins.assertLogContains("The group has its 0 instances again.", build);
    }

    @Test
    void secondAbortLeavesTheUnwindingToTheBackground() throws Exception {
        RollingAmiDeployBuilder slow = builder(1000);
        slow.warmup = "200";
        FreeStyleBuild build = job(slow).scheduleBuild2(0).waitForStart();
        while (FakeWorld.instances("web") < 5) {
            Thread.sleep(20);
        }
        build.getExecutor().interrupt();
        while (FakeWorld.instances("web") > 4) {
            Thread.sleep(20);
        }
        build.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertTrue(FakeWorld.instances("web") > 0, "the build has not waited");
        awaitNothingLive();
        assertEquals(0, FakeWorld.instances("web"));
        jenkins.assertLogContains("The group has its 0 instances again.", build);
    }
}
