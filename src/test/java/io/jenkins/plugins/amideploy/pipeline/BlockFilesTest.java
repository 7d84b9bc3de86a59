package io.jenkins.plugins.amideploy.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import hudson.slaves.DumbSlave;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.amideploy.fake.FakeBuild;
import io.jenkins.plugins.amideploy.fake.FakeWorld;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A block that needs a secret as a file on its agent, with a procedure that needs no AWS. */
@WithJenkins
@Timeout(180)
class BlockFilesTest {
    private static final List<String> SECRET =
            FakeBuild.KEY.lines().filter(line -> !line.startsWith("-")).toList();

    private JenkinsRule jenkins;
    private DumbSlave agent;

    @BeforeEach
    void connectAgent(JenkinsRule rule) throws Exception {
        jenkins = rule;
        agent = jenkins.createOnlineSlave();
    }

    private WorkflowRun start(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "build");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private String onAgent(String rest, String block) {
        return "node('" + agent.getNodeName()
                + "') { def ami = buildAmi(region: 'fake-1', sourceAmi: 'ami-1', name: 'web'"
                + rest + ") {" + block + "}\n"
                + "echo \"built $ami.imageId, ${ami.images['us-east-1']}, ${ami.snapshots[0]}\" }";
    }

    /** All files on the agent that hold the secret. */
    private List<Path> leaks() throws IOException {
        Path workspaces = Path.of(agent.getRemoteFS());
        try (Stream<Path> files = Files.walk(workspaces)) {
            return files.filter(Files::isRegularFile)
                    .filter(BlockFilesTest::leaks)
                    .toList();
        }
    }

    private static boolean leaks(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            return SECRET.stream().anyMatch(text::contains);
        } catch (IOException e) {
            return false; // deleted meanwhile
        }
    }

    private static void assertNoLeak(File directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory.toPath())) {
            assertEquals(
                    List.of(),
                    files.filter(Files::isRegularFile)
                            .filter(BlockFilesTest::leaks)
                            .toList());
        }
    }

    private void awaitNoLeaks() throws Exception {
        while (!leaks().isEmpty()) {
            Thread.sleep(50);
        }
    }

    private static void awaitNothingLive() throws InterruptedException {
        while (FakeWorld.somethingIsLive()) {
            Thread.sleep(50);
        }
    }

    @Test
    void blockHasTheSecretAsAFileThatNobodyElseReads() throws Exception {
        WorkflowRun run = start(
                onAgent(
                        "",
                        "sh 'stat -c \"mode %a\" \"$AMI_BUILD_KEY_FILE\" \"$(dirname \"$AMI_BUILD_KEY_FILE\")\"'\n"
                                + "sh 'cp \"$AMI_BUILD_KEY_FILE\" copy; wc -l < copy; rm copy; echo \"host $AMI_BUILD_HOST\"'"));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("mode 600", run);
        jenkins.assertLogContains("mode 700", run);
        jenkins.assertLogContains("host 192.0.2.1", run);
        jenkins.assertLogContains("built ami-1, ami-2, snap-1", run);
        assertEquals(List.of(), leaks());
    }

    @Test
    void consoleShowsNeitherTheSecretNorItsPath() throws Exception {
        WorkflowRun run = start(onAgent(
                "", "sh 'cat \"$AMI_BUILD_KEY_FILE\"; echo \"it is in $AMI_BUILD_KEY_FILE\"'; semaphore 'gate'"));
        SemaphoreStep.waitForStart("gate/1", run);
        assertEquals(1, leaks().size(), "the file is there");
        assertTrue(new File(run.getRootDir(), "program.dat").isFile());
        assertNoLeak(run.getRootDir());
        assertNoLeak(new File(jenkins.jenkins.getRootDir(), "ami-deploy"));
        SemaphoreStep.success("gate/1", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("it is in ****", run);
        jenkins.assertLogContains("-----BEGIN PRIVATE KEY-----", run);
        assertFalse(SECRET.stream().anyMatch(JenkinsRule.getLog(run)::contains), "the secret is masked");
        assertEquals(List.of(), leaks());
    }

    @Test
    void failedBlockLeavesNoFile() throws Exception {
        WorkflowRun run = start(onAgent("", "error 'playbook: no'"));
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("The block failed (provision): playbook: no", run);
        assertEquals(List.of(), leaks());
        assertEquals(0, FakeWorld.instances("web"));
    }

    @Test
    void abortedBlockLeavesNoFile() throws Exception {
        WorkflowRun run = start(onAgent("", "semaphore 'gate'"));
        SemaphoreStep.waitForStart("gate/1", run);
        assertEquals(1, leaks().size(), "the file is there");
        run.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertEquals(List.of(), leaks());
        assertEquals(0, FakeWorld.instances("web"));
    }

    @Test
    void blockOfADeploymentInTroubleLeavesNoFile() throws Exception {
        WorkflowRun run = start(onAgent(", timeout: 5", "sleep 600"));
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertEquals(List.of(), leaks());
    }

    @Test
    void killedBuildLeavesNoFile() throws Exception {
        WorkflowRun run = start(onAgent("", "semaphore 'gate'"));
        SemaphoreStep.waitForStart("gate/1", run);
        assertEquals(1, leaks().size(), "the file is there");
        run.doKill();
        jenkins.waitForCompletion(run);
        run.delete();
        awaitNothingLive();
        assertEquals(List.of(), leaks());
        assertEquals(0, FakeWorld.instances("web"));
    }

    @Test
    void fileThatCannotBeDeletedIsNamed() throws Exception {
        WorkflowRun run = start(onAgent("", "semaphore 'gate'"));
        SemaphoreStep.waitForStart("gate/1", run);
        agent.toComputer().disconnect(new OfflineCause.ByCLI("for the test")).get();
        SemaphoreStep.success("gate/1", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("WARNING: Could not delete ", run);
        jenkins.assertLogContains(" on agent " + agent.getNodeName() + ": the agent is not connected", run);
        assertEquals(1, leaks().size(), "it is still there");
    }

    @Test
    void blockWithoutAnAgentIsToldThatThereIsNoFile() throws Exception {
        WorkflowRun run = start("buildAmi(region: 'fake-1', sourceAmi: 'ami-1', name: 'web') {"
                + " echo \"host ${env.AMI_BUILD_HOST}, file ${env.AMI_BUILD_KEY_FILE}\" }");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("AMI_BUILD_KEY_FILE is not set in the block, for no agent surrounds this step", run);
        jenkins.assertLogContains("host 192.0.2.1, file null", run);
        jenkins.assertLogContains("Machine: false Addresses[own=[], internet=]", run);
    }

    @Test
    void outerFiltersAndVariablesStay() throws Exception {
        WorkflowRun run =
                start("withEnv(['OUTER=outside']) {" + onAgent("", "sh 'echo \"$OUTER and $AMI_BUILD_HOST\"'") + "}");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("outside and 192.0.2.1", run);
        awaitNoLeaks();
    }
}
