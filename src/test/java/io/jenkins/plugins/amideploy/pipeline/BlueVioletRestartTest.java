package io.jenkins.plugins.amideploy.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.amideploy.fake.SimulatedRegion;
import java.time.Duration;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A controller that restarts in the middle of a blue/violet deployment, while the simulated AWS goes on. */
@Timeout(600)
class BlueVioletRestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @BeforeEach
    void begin() {
        SimulatedRegion.begin();
        SimulatedRegion.createGroup("web", 3, Duration.ofMinutes(10));
    }

    private static WorkflowRun start(JenkinsRule jenkins, String block) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "deploy");
        job.setDefinition(new CpsFlowDefinition(
                "blueVioletDeploy(region: 'simulated-1', group: 'web', ami: '" + SimulatedRegion.goodImage() + "')"
                        + block,
                true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private static void awaitNewInstances() throws InterruptedException {
        while (!SimulatedRegion.exists("web-blue")
                || SimulatedRegion.images("web-blue").isEmpty()) {
            Thread.sleep(50);
        }
    }

    private static WorkflowRun run() {
        return Jenkins.get().getItemByFullName("deploy", WorkflowJob.class).getBuildByNumber(1);
    }

    private static void assertOnly(String name, String other, String image) throws InterruptedException {
        while (SimulatedRegion.exists(other)) {
            Thread.sleep(50);
        }
        assertEquals(Set.of(image), SimulatedRegion.images(name));
        assertEquals(3, SimulatedRegion.group(name).desiredCapacity());
        assertEquals(5, SimulatedRegion.group(name).maxSize());
        assertEquals(3, SimulatedRegion.aws().watch(name).serving());
        assertFalse(SimulatedRegion.leased(name));
    }

    @Test
    void restartBetweenCutAndDeletionIsFinished() throws Throwable {
        sessions.then(jenkins -> {
            start(jenkins, "");
            while (SimulatedRegion.group("web").maxSize() > 0) {
                Thread.sleep(20);
            }
            assertTrue(SimulatedRegion.exists("web"), "it drains for longer than the controller needs to stop");
        });
        sessions.then(jenkins -> {
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run()));
            assertOnly("web-blue", "web", SimulatedRegion.goodImage());
        });
    }

    @Test
    void restartWhileTheNewGroupComesUpGoesOn() throws Throwable {
        sessions.then(jenkins -> {
            start(jenkins, "");
            awaitNewInstances();
        });
        sessions.then(jenkins -> {
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run()));
            assertOnly("web-blue", "web", SimulatedRegion.goodImage());
        });
    }

    @Test
    void restartWhileTheNewGroupIsRemovedGoesOn() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = start(jenkins, "");
            awaitNewInstances();
            run.getExecutor().interrupt();
            Thread.sleep(500);
        });
        sessions.then(jenkins -> {
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run()));
            assertOnly("web", "web-blue", SimulatedRegion.formerImage());
        });
    }

    @Test
    void restartWhileTheBlockRunsAsksItsAnswerAfterwards() throws Throwable {
        sessions.then(jenkins -> SemaphoreStep.waitForStart("gate/1", start(jenkins, " { semaphore 'gate' }")));
        sessions.then(jenkins -> {
            assertOldGroupServes();
            SemaphoreStep.success("gate/1", null);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run()));
            assertOnly("web-blue", "web", SimulatedRegion.goodImage());
        });
    }

    private static void assertOldGroupServes() {
        assertEquals(5, SimulatedRegion.group("web").maxSize());
        assertEquals(3, SimulatedRegion.aws().watch("web").serving());
    }
}
