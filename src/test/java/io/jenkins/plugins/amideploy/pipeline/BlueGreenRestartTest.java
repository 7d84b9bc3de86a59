package io.jenkins.plugins.amideploy.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hudson.model.Result;
import io.jenkins.plugins.amideploy.fake.SimulatedName;
import io.jenkins.plugins.amideploy.fake.SimulatedRegion;
import java.util.List;
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

/** A controller that restarts while traffic moves, and people who notice nothing of it. */
@Timeout(600)
class BlueGreenRestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private SimulatedName name;
    private String old;

    @BeforeEach
    void begin() {
        SimulatedRegion.begin();
        SimulatedRegion.createGroup("web", 2);
        name = SimulatedName.create();
        old = SimulatedName.balancers().get(0).dnsName();
    }

    private WorkflowRun start(JenkinsRule jenkins, String rest) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "deploy");
        job.setDefinition(new CpsFlowDefinition(
                "blueGreenCutover(region: 'simulated-1', group: 'web', ami: '" + SimulatedRegion.goodImage()
                        + "', hostedZone: '" + name.zone() + "', recordName: '" + SimulatedName.NAME
                        + "', drainQuiet: 60" + rest,
                true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private void awaitMoved(long percent) throws InterruptedException {
        while (name.percentMoved(old) != percent) {
            Thread.sleep(50);
        }
    }

    private static WorkflowRun run() {
        return Jenkins.get().getItemByFullName("deploy", WorkflowJob.class).getBuildByNumber(1);
    }

    private void assertOnly(String group, String other, String image) throws InterruptedException {
        while (SimulatedRegion.exists(other)) {
            Thread.sleep(50); // AWS has a group for a while after it was deleted
        }
        assertEquals(Set.of(image), SimulatedRegion.images(group));
        assertEquals(2, SimulatedRegion.aws().watch(group).serving());
        assertFalse(SimulatedRegion.leased(group));
        assertEquals(1, SimulatedName.balancers().size());
        assertEquals(1, name.records().size());
        assertEquals(List.of(), name.refused());
    }

    @Test
    void restartBetweenStepsGoesOnAtTheStepThatTheRecordsShow() throws Throwable {
        sessions.then(jenkins -> {
            start(jenkins, ", steps: '20,60,100', interval: 600)");
            awaitMoved(60);
        });
        sessions.then(jenkins -> {
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run()));
            jenkins.assertLogContains("60 % → 100 %", run());
            assertOnly("web-blue", "web", SimulatedRegion.goodImage());
        });
    }

    @Test
    void restartWhileTheTrafficGoesBackIsFinished() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = start(jenkins, ", steps: '50,100', interval: 3600)");
            awaitMoved(50);
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
        sessions.then(jenkins -> {
            start(jenkins, ", steps: '50,100') { if (env.AMI_DEPLOY_PERCENT == '50') semaphore 'gate' }");
            SemaphoreStep.waitForStart("gate/1", run());
        });
        sessions.then(jenkins -> {
            assertEquals(50, name.percentMoved(old));
            SemaphoreStep.success("gate/1", null);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run()));
            assertOnly("web-blue", "web", SimulatedRegion.goodImage());
        });
    }
}
