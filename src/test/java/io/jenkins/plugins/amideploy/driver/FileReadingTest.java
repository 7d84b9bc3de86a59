package io.jenkins.plugins.amideploy.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.FilePath;
import io.jenkins.plugins.amideploy.config.AwsSettings;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.fake.SimulatedRegion;
import io.jenkins.plugins.amideploy.fake.SimulatedStacks;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A deployment whose template is on an agent that takes its time. */
@WithJenkins
@Timeout(600)
class FileReadingTest {
    private WorkflowRun run;

    @BeforeEach
    void begin(JenkinsRule jenkins) throws Exception {
        SimulatedRegion.begin();
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("semaphore 'build'", true));
        run = job.scheduleBuild2(0).waitForStart();
        SemaphoreStep.waitForStart("build/1", run);
    }

    private interface Agent {
        FilePath directory() throws IOException, InterruptedException;
    }

    /** Waits for one deployment, in a directory of that agent. */
    private static final class Waiting implements Attendant {
        private final Agent agent;
        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        private volatile String abortion;

        Waiting(Agent agent) {
            this.agent = agent;
        }

        @Override
        public Optional<FilePath> directory() throws IOException, InterruptedException {
            return Optional.of(agent.directory());
        }

        @Override
        public boolean print(String line) {
            return true;
        }

        @Override
        public Optional<String> abortion() {
            return Optional.ofNullable(abortion);
        }

        @Override
        public GateAnswer gate(Tick.Gate gate, Supplier<Optional<GateFiles>> files) {
            return GateAnswer.PASSED;
        }

        @Override
        public boolean blockRuns() {
            return false;
        }

        @Override
        public Optional<FilePath> workspace() {
            return Optional.empty();
        }

        @Override
        public void troubled(Trouble trouble) {
            // no block to stop
        }

        @Override
        public void suspended() {
            // the test ends with its controller
        }

        @Override
        public void ended(Outcome end) {
            outcome.complete(end);
        }
    }

    private Waiting deploy(Agent agent) {
        Waiting waiting = new Waiting(agent);
        DeploymentOrder order = new DeploymentOrder(
                CfnProcedure.NAME,
                Map.of(
                        "stack",
                        "web",
                        "ami",
                        SimulatedRegion.goodImage(),
                        "template",
                        "web.yaml",
                        "onMissing",
                        "create"),
                false,
                new AwsSettings("", SimulatedRegion.NAME, "", ""));
        Deployments.get().attend(run, Deployments.newId(), order, waiting);
        return waiting;
    }

    @Test
    void abortDoesNotWaitForAnAgentThatDoesNotAnswer() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Waiting waiting = deploy(() -> {
            asked.countDown();
            new CountDownLatch(1).await();
            throw new IOException("It never answers");
        });
        asked.await();
        waiting.abortion = "aborted by alice";
        Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, waiting.outcome.get());
        assertEquals(Trouble.Kind.ABORTED, failed.trouble().kind());
        assertTrue(failed.message().contains("aborted by alice"), failed::message);
        assertEquals("", SimulatedStacks.status("web"));
    }

    @Test
    void agentThatIsAwayForAMomentIsAskedAgain() throws Exception {
        FilePath directory = new FilePath(run.getRootDir());
        directory.child("web.yaml").write(SimulatedStacks.TEMPLATE, "UTF-8");
        CountDownLatch away = new CountDownLatch(1);
        Waiting waiting = deploy(() -> {
            if (away.getCount() > 0) {
                away.countDown();
                throw new IOException("The agent is not connected");
            }
            return directory;
        });
        assertInstanceOf(Outcome.Succeeded.class, waiting.outcome.get());
        assertEquals("CREATE_COMPLETE", SimulatedStacks.status("web"));
    }
}
