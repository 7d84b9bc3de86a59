package io.jenkins.plugins.amideploy.pipeline;

import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.badImage;
import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.createGroup;
import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.formerImage;
import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.goodImage;
import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.group;
import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.images;
import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.leased;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.amideploy.fake.SimulatedRegion;
import io.jenkins.plugins.amideploy.freestyle.RollingAmiDeployBuilder;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Rolling deployments by builds, to groups on the simulated AWS. */
@WithJenkins
@Timeout(600)
class RollingPipelineTest {
    private JenkinsRule jenkins;

    @BeforeEach
    void begin(JenkinsRule rule) {
        jenkins = rule;
        SimulatedRegion.begin();
    }

    private WorkflowRun start(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private static String deploy(String group, String ami, String rest) {
        return "rollingAmiDeploy(region: 'simulated-1', group: '" + group + "', ami: '" + ami + "', batchSize: 2" + rest
                + ")";
    }

    private static void awaitNewInstance(String group) throws InterruptedException {
        while (!images(group).contains(goodImage())) {
            Thread.sleep(50);
        }
    }

    private static void assertAsBefore(String name, int size) {
        assertEquals(size, group(name).desiredCapacity());
        assertEquals(size + 2, group(name).maxSize());
        assertEquals(Set.of(formerImage()), images(name));
        assertFalse(leased(name));
        assertTrue(group(name).suspendedProcesses().isEmpty());
    }

    private static void assertDeployed(String name, int size) {
        assertEquals(Set.of(goodImage()), images(name));
        assertEquals(size, group(name).desiredCapacity());
        assertEquals(size + 2, group(name).maxSize());
        assertFalse(leased(name));
        assertTrue(SimulatedRegion.aws().watch(name).minimum() >= size, "the floor holds");
    }

    @Test
    void goodImageIsDeployed() throws Exception {
        createGroup("web", 4);
        WorkflowRun run =
                start("def r = " + deploy("web", goodImage(), "") + "\necho \"replaced $r.replaced of $r.group\"");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("replaced 4 of web", run);
        assertDeployed("web", 4);
    }

    @Test
    void badImageIsRolledBack() throws Exception {
        createGroup("web", 4);
        WorkflowRun run = start(deploy("web", badImage(), ", healthTimeout: 300"));
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        assertAsBefore("web", 4);
    }

    @Test
    void abortIsRolledBack() throws Exception {
        createGroup("web", 4);
        WorkflowRun run = start(deploy("web", goodImage(), ""));
        awaitNewInstance("web");
        run.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertAsBefore("web", 4);
    }

    @Test
    void killedBuildIsRolledBack() throws Exception {
        createGroup("web", 3);
        WorkflowRun run = start(deploy("web", goodImage(), ""));
        awaitNewInstance("web");
        run.doKill();
        jenkins.waitForCompletion(run);
        while (leased("web")) {
            Thread.sleep(50);
        }
        assertAsBefore("web", 3);
    }

    @Test
    void blockRunsAtEachCheckpointWithWhatThereIsToTest() throws Exception {
        createGroup("web", 4);
        WorkflowRun run = start(deploy("web", goodImage(), ", checkpoints: [50, 100]")
                + " { echo \"at $AMI_DEPLOY_CHECKPOINT of $AMI_DEPLOY_GROUP\" }");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("at 50% of web", run);
        jenkins.assertLogContains("at 100% of web", run);
        assertDeployed("web", 4);
    }

    @Test
    void failedBlockIsRolledBack() throws Exception {
        createGroup("web", 3);
        WorkflowRun run = start(deploy("web", goodImage(), "") + " { error 'smoke test: 500' }");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("smoke test: 500", run);
        assertAsBefore("web", 3);
    }

    @Test
    void tenGroupsInParallel() throws Exception {
        IntStream.range(0, 10).forEach(i -> createGroup("web" + i, 2));
        String branches = IntStream.range(0, 10)
                .mapToObj(i -> "b" + i + ": {" + deploy("web" + i, goodImage(), "") + "}")
                .collect(Collectors.joining(", "));
        WorkflowRun run = start("parallel " + branches);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        IntStream.range(0, 10).forEach(i -> assertDeployed("web" + i, 2));
    }

    @Test
    void everythingWrongIsToldAtOnce() throws Exception {
        createGroup("web", 2);
        WorkflowRun run = start("rollingAmiDeploy(region: 'simulated-1', group: 'web', ami: 'web-2', batchsize: 2,"
                + " minHealthyPercentage: 120, warmup: 'soon')");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("ami: 'web-2' is not an image id", run);
        jenkins.assertLogContains("batchsize: there is no such parameter", run);
        jenkins.assertLogContains("minHealthyPercentage: '120' must be", run);
        jenkins.assertLogContains("warmup: 'soon' must be a whole number", run);
        assertAsBefore("web", 2);
    }

    @Test
    void planChangesNothing() throws Exception {
        createGroup("web", 4);
        WorkflowRun run = start(deploy("web", goodImage(), ", plan: true"));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("Plan for group web", run);
        assertAsBefore("web", 4);
    }

    @Test
    void secondDeploymentToAGroupIsRefused() throws Exception {
        createGroup("web", 3);
        WorkflowRun first = start(deploy("web", goodImage(), "") + " { semaphore 'gate' }");
        SemaphoreStep.waitForStart("gate/1", first);
        WorkflowRun second = start(deploy("web", goodImage(), ""));
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(second));
        jenkins.assertLogContains(
                "The group is being deployed to by " + first.getParent().getFullName() + " 1", second);
        SemaphoreStep.success("gate/1", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(first));
        assertDeployed("web", 3);
    }

    @Test
    void restoreHasNothingToDoWhereNothingIsLeft() throws Exception {
        createGroup("web", 2);
        WorkflowRun run = start("echo \"${restoreAutoScalingGroup(region: 'simulated-1', group: 'web').restored}\"");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("nothing to restore", run);
        jenkins.assertLogContains("false", run);
    }

    @Test
    void blockIsOptionalInDeclarativePipelines() throws Exception {
        createGroup("web", 2);
        createGroup("api", 2);
        WorkflowRun run = start("pipeline { agent none\n stages { stage('deploy') { steps {\n"
                + deploy("web", goodImage(), ", warmup: 10").replace("batchSize: 2", "batchSize: '2'") + "\n"
                + deploy("api", goodImage(), "").replace("batchSize: 2", "batchSize: '50%'") + " { echo 'tested' }\n"
                + "} } } }");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("tested", run);
        assertDeployed("web", 2);
        assertDeployed("api", 2);
    }

    @Test
    void freestyleBuildDeploys() throws Exception {
        createGroup("web", 3);
        FreeStyleProject job = jenkins.createFreeStyleProject();
        RollingAmiDeployBuilder builder = new RollingAmiDeployBuilder("web", goodImage());
        builder.region = SimulatedRegion.NAME;
        job.getBuildersList().add(builder);
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("3/3", build);
        assertDeployed("web", 3);
    }
}
