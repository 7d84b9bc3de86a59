package io.jenkins.plugins.amideploy.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.amideploy.fake.FakeWorld;
import java.io.File;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.CpsFlowExecution;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A step and what drives its deployment, with a procedure that needs no AWS. */
@WithJenkins
@Timeout(600)
class DeploymentStepTest {
    private JenkinsRule jenkins;

    @BeforeEach
    void keep(JenkinsRule rule) {
        jenkins = rule;
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private WorkflowRun start(String script) throws Exception {
        return job(script).scheduleBuild2(0).waitForStart();
    }

    private static String deploy(String rest) {
        return "rollingAmiDeploy(region: 'fake-1', group: 'web', ami: 'ami-1'" + rest + ")";
    }

    private static void awaitInstances(String group, int number) throws InterruptedException {
        while (FakeWorld.instances(group) != number) {
            Thread.sleep(20);
        }
    }

    private static boolean nothingIsLive() {
        String[] files = new File(Jenkins.get().getRootDir(), "ami-deploy").list();
        return files == null || files.length == 0;
    }

    private static void awaitNothingLive() throws InterruptedException {
        while (!nothingIsLive()) {
            Thread.sleep(20);
        }
    }

    @Test
    void resultIsTheReturnValue() throws Exception {
        WorkflowRun run = start("def r = " + deploy("") + "\necho \"$r.group has $r.replaced\"");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("web has 3", run);
        jenkins.assertLogContains("2/3 There are 2 instances in web", run);
        assertEquals(List.of("1", "2", "3"), FakeWorld.history("web"));
        assertTrue(nothingIsLive());
    }

    @Test
    void aStateThatCannotBeKeptFailsTheStep() throws Exception {
        Files.writeString(Jenkins.get().getRootDir().toPath().resolve("ami-deploy"), "in the way");
        WorkflowRun run = start(deploy(""));
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains(
                "Jenkins cannot begin the deployment: The state of the deployment cannot be saved", run);
        jenkins.assertLogContains("Nothing was changed.", run);
    }

    @Test
    void failureTellsTheStateThingsAreIn() throws Exception {
        WorkflowRun run = start(deploy(", healthTimeout: 2"));
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("ERROR: i-0123456789abcdef0 never became healthy", run);
        jenkins.assertLogContains("The group has its 0 instances again.", run);
        assertEquals(List.of("1", "2", "1", "0"), FakeWorld.history("web"));
    }

    @Test
    void abortUnwindsBeforeTheStepEnds() throws Exception {
        WorkflowRun run = start("try {" + deploy(", batchSize: 1000") + "} finally { echo 'after the step' }");
        awaitInstances("web", 5);
        run.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertEquals(0, FakeWorld.instances("web"));
        String log = JenkinsRule.getLog(run);
        assertTrue(log.indexOf("has its 0 instances again") < log.indexOf("after the step"), log);
    }

    @Test
    void abortRightAtTheStartChangesNothingForGood() throws Exception {
        WorkflowRun run = start("parallel a: {" + deploy(", batchSize: 1000") + "}, b: { error 'no' }, failFast: true");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        assertEquals(0, FakeWorld.instances("web"));
    }

    @Test
    void blockIsTheGate() throws Exception {
        WorkflowRun run = start(deploy("") + "{ echo \"testing ${env.DEPLOYED_GROUP}\"; semaphore 'gate' }");
        SemaphoreStep.waitForStart("gate/1", run);
        jenkins.assertLogContains("testing web", run);
        assertEquals(3, FakeWorld.instances("web"));
        SemaphoreStep.success("gate/1", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertEquals(3, FakeWorld.instances("web"));
    }

    @Test
    void failedBlockUnwinds() throws Exception {
        WorkflowRun run = start(deploy("") + "{ error 'smoke test: 500' }");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("The block failed (end): smoke test: 500", run);
        assertEquals(0, FakeWorld.instances("web"));
    }

    @Test
    void abortInTheBlockUnwindsAndCountsAsAbort() throws Exception {
        WorkflowRun run = start(deploy("") + "{ semaphore 'gate' }");
        SemaphoreStep.waitForStart("gate/1", run);
        run.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertEquals(0, FakeWorld.instances("web"));
    }

    @Test
    void troubleWhileTheBlockRunsCancelsTheBlock() throws Exception {
        WorkflowRun run = start(deploy(", timeout: 3") + "{ sleep 600 }");
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("Not done within the timeout of 3 s", run);
        assertEquals(0, FakeWorld.instances("web"));
    }

    @Test
    void enclosingTimeoutAbortsAndUnwinds() throws Exception {
        WorkflowRun run = start("timeout(time: 2, unit: 'SECONDS') {" + deploy(", batchSize: 1000") + "}");
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("Timeout has been exceeded", run);
        assertEquals(0, FakeWorld.instances("web"));
    }

    @Test
    void killedStepIsUnwoundWithoutIt() throws Exception {
        WorkflowRun run = start(deploy(", batchSize: 1000, warmup: 200"));
        awaitInstances("web", 5);
        run.doTerm();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertTrue(FakeWorld.instances("web") > 0, "the build has not waited");
        awaitNothingLive();
        assertEquals(0, FakeWorld.instances("web"));
        jenkins.assertLogContains("The group has its 0 instances again.", run);
    }

    @Test
    void killedBuildIsUnwoundWithoutIt() throws Exception {
        WorkflowRun run = start(deploy(", batchSize: 1000, warmup: 100"));
        awaitInstances("web", 5);
        run.doKill();
        jenkins.waitForCompletion(run);
        awaitNothingLive();
        assertEquals(0, FakeWorld.instances("web"));
        jenkins.assertLogContains("The build is over, and its deployment was not", run);
    }

    @Test
    void deletedBuildIsUnwoundWithoutIt() throws Exception {
        WorkflowRun run = start(deploy(", batchSize: 1000, warmup: 100"));
        awaitInstances("web", 5);
        run.doKill();
        jenkins.waitForCompletion(run);
        run.delete();
        awaitNothingLive();
        assertEquals(0, FakeWorld.instances("web"));
    }

    @Test
    void parallelDeploymentsGoOnSideBySide() throws Exception {
        String branches = IntStream.range(0, 10)
                .mapToObj(i -> "b" + i + ": {" + deploy("").replace("web", "web" + i) + "}")
                .collect(Collectors.joining(", "));
        WorkflowRun run = start("parallel " + branches);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        for (int i = 0; i < 10; i++) {
            assertEquals(List.of("1", "2", "3"), FakeWorld.history("web" + i));
        }
        assertTrue(nothingIsLive());
    }

    @Test
    void stepWithoutRegionSaysWhatToDo() throws Exception {
        WorkflowRun run = start("rollingAmiDeploy(group: 'web', ami: 'ami-1')");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("ERROR: No region: name one in the step", run);
        assertFalse(new File(Jenkins.get().getRootDir(), "ami-deploy").exists());
    }

    @Test
    void threadDumpSaysWhatTheStepWaitsFor() throws Exception {
        WorkflowRun run = start(deploy(", batchSize: 2, warmup: 3000"));
        awaitInstances("web", 1);
        String dump = "";
        while (!dump.contains("rollingAmiDeploy(1/2 There are 1 instances in web)") && run.isBuilding()) {
            Thread.sleep(100);
            dump = ((CpsFlowExecution) run.getExecution()).getThreadDump().toString();
        }
        assertTrue(run.isBuilding(), dump);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }
}
