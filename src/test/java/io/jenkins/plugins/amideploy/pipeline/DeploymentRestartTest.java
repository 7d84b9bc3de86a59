package io.jenkins.plugins.amideploy.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.AbortException;
import hudson.model.Result;
import io.jenkins.plugins.amideploy.fake.FakeWorld;
import java.io.File;
import java.util.List;
import java.util.stream.IntStream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A controller that stops and starts in the middle of a deployment. */
@Timeout(600)
class DeploymentRestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static String deploy(String rest) {
        return "rollingAmiDeploy(region: 'fake-1', group: 'web', ami: 'ami-1'" + rest + ")";
    }

    private static WorkflowRun start(JenkinsRule jenkins, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "deploy");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private static WorkflowRun run() {
        return Jenkins.get().getItemByFullName("deploy", WorkflowJob.class).getBuildByNumber(1);
    }

    private static void awaitInstances(int number) throws InterruptedException {
        while (FakeWorld.instances("web") != number) {
            Thread.sleep(20);
        }
    }

    private static List<String> upTo(int number) {
        return IntStream.rangeClosed(1, number).mapToObj(Integer::toString).toList();
    }

    private static void awaitNothingLive() throws InterruptedException {
        while (new File(Jenkins.get().getRootDir(), "ami-deploy").list().length > 0) {
            Thread.sleep(50);
        }
    }

    @Test
    void deploymentGoesOnAfterARestart() throws Throwable {
        sessions.then(jenkins -> {
            start(jenkins, deploy(", batchSize: 30, warmup: 100"));
            awaitInstances(5);
        });
        sessions.then(jenkins -> {
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run()));
            assertEquals(upTo(30), FakeWorld.history("web"));
            jenkins.assertLogContains("30/30 There are 30 instances in web", run());
        });
    }

    @Test
    void fastestDurabilityLosesNothing() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "deploy");
            job.addProperty(new DurabilityHintJobProperty(FlowDurabilityHint.PERFORMANCE_OPTIMIZED));
            job.setDefinition(new CpsFlowDefinition(deploy(", batchSize: 30, warmup: 100"), true));
            job.scheduleBuild2(0).waitForStart();
            awaitInstances(5);
        });
        sessions.then(jenkins -> {
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run()));
            assertEquals(upTo(30), FakeWorld.history("web"));
        });
    }

    @Test
    void blockGoesOnAfterARestart() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = start(jenkins, deploy("") + "{ semaphore 'gate'; echo 'passed' }");
            SemaphoreStep.waitForStart("gate/1", run);
        });
        sessions.then(jenkins -> {
            SemaphoreStep.success("gate/1", null);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run()));
            assertEquals(upTo(3), FakeWorld.history("web"));
            assertEquals(
                    1,
                    JenkinsRule.getLog(run()).lines().filter("passed"::equals).count());
        });
    }

    @Test
    void blockThatFailsAfterARestartUnwinds() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = start(jenkins, deploy("") + "{ semaphore 'gate' }");
            SemaphoreStep.waitForStart("gate/1", run);
        });
        sessions.then(jenkins -> {
            SemaphoreStep.failure("gate/1", new AbortException("smoke test: 500"));
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run()));
            jenkins.assertLogContains("The block failed (end): smoke test: 500", run());
            assertEquals(0, FakeWorld.instances("web"));
        });
    }

    @Test
    void abortGoesOnUnwindingAfterARestart() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = start(jenkins, deploy(", batchSize: 1000, warmup: 100"));
            awaitInstances(20);
            run.getExecutor().interrupt();
            awaitInstances(15);
        });
        sessions.then(jenkins -> {
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run()));
            assertEquals(0, FakeWorld.instances("web"));
            assertTrue(
                    FakeWorld.history("web").size() <= 42, "up to twenty or so, and down: " + FakeWorld.history("web"));
        });
    }

    @Test
    void killedStepIsUnwoundAfterARestart() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = start(jenkins, deploy(", batchSize: 1000, warmup: 100"));
            awaitInstances(20);
            run.doTerm();
            jenkins.waitForCompletion(run);
            awaitInstances(15);
        });
        sessions.then(jenkins -> {
            awaitNothingLive();
            assertEquals(0, FakeWorld.instances("web"));
            jenkins.assertLogContains("The group has its 0 instances again.", run());
        });
    }

    @Test
    void deletedJobIsUnwoundAfterARestart() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = start(jenkins, deploy(", batchSize: 1000, warmup: 100"));
            awaitInstances(10);
            run.doKill();
            jenkins.waitForCompletion(run);
            run.getParent().delete();
        });
        sessions.then(jenkins -> {
            awaitNothingLive();
            assertEquals(0, FakeWorld.instances("web"));
        });
    }
}
