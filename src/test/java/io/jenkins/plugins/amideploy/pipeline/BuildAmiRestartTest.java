package io.jenkins.plugins.amideploy.pipeline;

import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.leftovers;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.amideploy.fake.SimulatedRegion;
import java.util.List;
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

/** A controller that restarts while an image is built, and the simulated AWS goes on. */
@Timeout(300)
class BuildAmiRestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @BeforeEach
    void begin() {
        SimulatedRegion.begin();
    }

    private static void startAndAwaitBlock(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "build");
        job.setDefinition(new CpsFlowDefinition(
                "def ami = buildAmi(region: 'simulated-1', sourceAmi: '" + SimulatedRegion.sourceImage()
                        + "', waitFor: 'running', sshFrom: '192.0.2.0/24') { semaphore 'gate' }\n"
                        + "echo \"built ${ami.images['eu-west-1']} with ${ami.snapshots.size()} snapshot\"",
                true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        SemaphoreStep.waitForStart("gate/1", run);
    }

    private static WorkflowRun run() {
        return Jenkins.get().getItemByFullName("build", WorkflowJob.class).getBuildByNumber(1);
    }

    @Test
    void restartInTheBlockGoesOnToTheImage() throws Throwable {
        sessions.then(BuildAmiRestartTest::startAndAwaitBlock);
        sessions.then(jenkins -> {
            SemaphoreStep.success("gate/1", null);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run()));
            jenkins.assertLogContains("built ami-", run());
            jenkins.assertLogContains("with 1 snapshot", run());
            assertEquals(List.of(), leftovers());
        });
    }

    @Test
    void abortInTheBlockAfterARestartLeavesNothing() throws Throwable {
        sessions.then(BuildAmiRestartTest::startAndAwaitBlock);
        sessions.then(jenkins -> {
            while (run().getExecutor() == null) {
                Thread.sleep(50); // it comes back a moment after the controller
            }
            run().getExecutor().interrupt();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run()));
            assertEquals(List.of(), leftovers());
        });
    }
}
