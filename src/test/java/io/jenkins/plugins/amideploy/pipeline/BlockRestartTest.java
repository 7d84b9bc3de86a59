package io.jenkins.plugins.amideploy.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.amideploy.fake.FakeBuild;
import io.jenkins.plugins.amideploy.fake.FakeWorld;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
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
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A controller that restarts while a block on an agent has a secret in a file. */
@Timeout(240)
class BlockRestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path workspaces;

    private WorkflowRun startAndAwaitBlock(JenkinsRule jenkins, FlowDurabilityHint durability, String block)
            throws Exception {
        DumbSlave agent = new DumbSlave("machine", workspaces.toString(), jenkins.createComputerLauncher(null));
        jenkins.jenkins.addNode(agent);
        jenkins.waitOnline(agent);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "build");
        job.addProperty(new DurabilityHintJobProperty(durability));
        job.setDefinition(new CpsFlowDefinition(
                "node('machine') { buildAmi(region: 'fake-1', sourceAmi: 'ami-1', name: 'web') {" + block + "} }",
                true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        SemaphoreStep.waitForStart("gate/1", run);
        assertTrue(leaks(), "the file is there");
        return run;
    }

    private static WorkflowRun run() {
        return Jenkins.get().getItemByFullName("build", WorkflowJob.class).getBuildByNumber(1);
    }

    private static void awaitAgent(JenkinsRule jenkins) throws Exception {
        jenkins.waitOnline((DumbSlave) jenkins.jenkins.getNode("machine"));
    }

    /** Whether a file of the agent holds the secret. */
    private boolean leaks() throws Exception {
        String line = FakeBuild.KEY.lines().skip(1).findFirst().orElseThrow();
        try (Stream<Path> files = Files.walk(workspaces)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.exists(file)
                        && Files.readString(file, StandardCharsets.ISO_8859_1).contains(line)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void blockGoesOnWithItsFileWhichIsGoneAfterIt() throws Throwable {
        sessions.then(jenkins -> startAndAwaitBlock(
                jenkins,
                FlowDurabilityHint.MAX_SURVIVABILITY,
                "semaphore 'gate'; sh 'grep -c PRIVATE \"$AMI_BUILD_KEY_FILE\"; cat \"$AMI_BUILD_KEY_FILE\"'"));
        sessions.then(jenkins -> {
            awaitAgent(jenkins);
            SemaphoreStep.success("gate/1", null);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run()));
            String log = JenkinsRule.getLog(run());
            assertTrue(log.lines().anyMatch("2"::equals), log);
            assertFalse(FakeBuild.KEY.lines().skip(1).limit(2).anyMatch(log::contains), "the secret is masked");
            assertFalse(leaks());
        });
    }

    @Test
    void abortAfterTheRestartLeavesNoFile() throws Throwable {
        sessions.then(jenkins -> startAndAwaitBlock(jenkins, FlowDurabilityHint.MAX_SURVIVABILITY, "semaphore 'gate'"));
        sessions.then(jenkins -> {
            awaitAgent(jenkins);
            while (run().getExecutor() == null) {
                Thread.sleep(50); // it comes back a moment after the controller
            }
            run().getExecutor().interrupt();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run()));
            assertFalse(leaks());
            assertEquals(0, FakeWorld.instances("web"));
        });
    }
}
