package io.jenkins.plugins.amideploy.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.amideploy.fake.SimulatedRegion;
import io.jenkins.plugins.amideploy.fake.SimulatedStacks;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

/** A controller that restarts while a stack is updated, which goes on meanwhile. */
@Timeout(600)
class CfnRestartTest {
    private static final Pattern EVENT = Pattern.compile("(?:WebGroup|WebTemplate|Stack web) [A-Z]+_[A-Z_]+(?:: .*)?$");

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @BeforeEach
    void begin() throws InterruptedException {
        SimulatedRegion.begin();
        SimulatedStacks.create("web");
    }

    private static WorkflowRun start(JenkinsRule jenkins, String block) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "deploy");
        job.setDefinition(new CpsFlowDefinition(
                "cfnUpdatePolicyDeploy(region: 'simulated-1', stack: 'web', ami: '" + SimulatedRegion.goodImage() + "')"
                        + block,
                true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private static WorkflowRun run() {
        return Jenkins.get().getItemByFullName("deploy", WorkflowJob.class).getBuildByNumber(1);
    }

    private static List<String> told(WorkflowRun run) throws Exception {
        return run.getLog(100_000).stream()
                .map(EVENT::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .toList();
    }

    @Test
    void everyEventIsToldOnceAlthoughTheControllerRestarts() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = start(jenkins, "");
            while (told(run).size() < 3) {
                Thread.sleep(50);
            }
        });
        sessions.then(jenkins -> {
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run()));
            assertEquals(SimulatedStacks.events("web"), told(run()));
            assertTrue(told(run()).size() > 8, () -> "so that something happened after the restart, too");
            assertEquals(Set.of(SimulatedRegion.goodImage()), SimulatedStacks.images("web"));
        });
    }

    @Test
    void restartWhileTheUpdateIsRolledBackGoesOn() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = start(jenkins, "");
            while (!SimulatedStacks.status("web").equals("UPDATE_IN_PROGRESS")) {
                Thread.sleep(20);
            }
            run.getExecutor().interrupt();
            while (!SimulatedStacks.status("web").startsWith("UPDATE_ROLLBACK")) {
                Thread.sleep(20);
            }
        });
        sessions.then(jenkins -> {
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run()));
            assertEquals("UPDATE_ROLLBACK_COMPLETE", SimulatedStacks.status("web"));
            assertEquals(Set.of(SimulatedRegion.formerImage()), SimulatedStacks.images("web"));
        });
    }

    @Test
    void restartWhileTheBlockRunsAsksItsAnswerAfterwards() throws Throwable {
        sessions.then(jenkins -> SemaphoreStep.waitForStart("gate/1", start(jenkins, " { semaphore 'gate' }")));
        sessions.then(jenkins -> {
            assertEquals("CREATE_COMPLETE", SimulatedStacks.status("web"));
            SemaphoreStep.success("gate/1", null);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run()));
            assertEquals(Set.of(SimulatedRegion.goodImage()), SimulatedStacks.images("web"));
        });
    }
}
