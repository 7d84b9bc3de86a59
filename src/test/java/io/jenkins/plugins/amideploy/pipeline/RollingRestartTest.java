package io.jenkins.plugins.amideploy.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.amideploy.fake.SimulatedRegion;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A controller that restarts in the middle of a rolling deployment, while the simulated AWS goes on. */
@Timeout(600)
class RollingRestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @BeforeEach
    void begin() {
        SimulatedRegion.begin();
        SimulatedRegion.createGroup("web", 6);
    }

    private static WorkflowRun startAndAwaitSurge(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "deploy");
        job.setDefinition(new CpsFlowDefinition(
                "rollingAmiDeploy(region: 'simulated-1', group: 'web', ami: '" + SimulatedRegion.goodImage() + "')",
                true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        while (!SimulatedRegion.images("web").contains(SimulatedRegion.goodImage())) {
            Thread.sleep(50);
        }
        return run;
    }

    private static WorkflowRun run() {
        return Jenkins.get().getItemByFullName("deploy", WorkflowJob.class).getBuildByNumber(1);
    }

    private static void assertClosed(String image) {
        assertEquals(Set.of(image), SimulatedRegion.images("web"));
        assertEquals(6, SimulatedRegion.group("web").desiredCapacity());
        assertEquals(8, SimulatedRegion.group("web").maxSize());
        assertFalse(SimulatedRegion.leased("web"));
        assertTrue(SimulatedRegion.aws().watch("web").minimum() >= 6, "the floor holds");
    }

    @Test
    void restartDuringSurgeGoesOn() throws Throwable {
        sessions.then(RollingRestartTest::startAndAwaitSurge);
        sessions.then(jenkins -> {
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run()));
            assertClosed(SimulatedRegion.goodImage());
        });
    }

    @Test
    void restartWhileRollingBackGoesOn() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = startAndAwaitSurge(jenkins);
            run.getExecutor().interrupt();
            Thread.sleep(500);
        });
        sessions.then(jenkins -> {
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run()));
            assertClosed(SimulatedRegion.formerImage());
        });
    }
}
