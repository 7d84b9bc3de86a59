package io.jenkins.plugins.amideploy.pipeline;

import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.badImage;
import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.createGroup;
import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.exists;
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
import io.jenkins.plugins.amideploy.freestyle.BlueVioletDeployBuilder;
import java.time.Duration;
import java.util.Set;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.CaptureEnvironmentBuilder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Blue/violet deployments by builds, on the simulated AWS. */
@WithJenkins
@Timeout(600)
class BlueVioletPipelineTest {
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

    private static String deploy(String ami, String rest) {
        return "blueVioletDeploy(region: 'simulated-1', group: 'web', ami: '" + ami + "'" + rest + ")";
    }

    private static void awaitNewInstances() throws InterruptedException {
        while (!exists("web-blue") || images("web-blue").isEmpty()) {
            Thread.sleep(50);
        }
    }

    private static void awaitGone(String name) throws InterruptedException {
        while (exists(name)) {
            Thread.sleep(50);
        }
    }

    private static void assertServes(String name, String image, int size) {
        assertEquals(Set.of(image), images(name));
        assertEquals(size, group(name).desiredCapacity());
        assertEquals(size + 2, group(name).maxSize());
        assertEquals(size, SimulatedRegion.aws().watch(name).serving(), name);
        assertFalse(leased(name));
        assertTrue(group(name).suspendedProcesses().isEmpty());
    }

    private static void assertDeployed(int size) throws InterruptedException {
        awaitGone("web");
        assertServes("web-blue", goodImage(), size);
    }

    private static void assertAsBefore(int size) throws InterruptedException {
        awaitGone("web-blue");
        assertServes("web", formerImage(), size);
        assertTrue(SimulatedRegion.aws().watch("web").minimum() >= size, "the old group was not touched");
    }

    @Test
    void goodImageTakesOver() throws Exception {
        createGroup("web", 3);
        WorkflowRun run = start("def r = " + deploy(goodImage(), ", warmup: 30, bake: 30")
                + "\necho \"$r.group for $r.retired with $r.ami after ${r.seconds > 60}\"");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("web-blue for web with " + goodImage() + " after true", run);
        assertDeployed(3);
    }

    @Test
    void badImageIsRemovedAndTheOldGroupServesOn() throws Exception {
        createGroup("web", 3);
        WorkflowRun run = start(deploy(badImage(), ", healthTimeout: 300"));
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("web serves as before", run);
        assertAsBefore(3);
    }

    @Test
    void blockSeesBothGroups() throws Exception {
        createGroup("web", 2);
        WorkflowRun run = start(deploy(goodImage(), "")
                + " { echo \"$AMI_DEPLOY_GROUP beside $AMI_DEPLOY_OLD_GROUP behind $AMI_DEPLOY_TARGET_GROUPS\" }");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("web-blue beside web behind web", run);
        assertDeployed(2);
    }

    @Test
    void failedBlockRemovesTheNewGroup() throws Exception {
        createGroup("web", 3);
        WorkflowRun run = start(deploy(goodImage(), "") + " { error 'smoke test: 500' }");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("smoke test: 500", run);
        assertAsBefore(3);
    }

    @Test
    void abortWhileTheNewGroupComesUpRemovesIt() throws Exception {
        createGroup("web", 3);
        WorkflowRun run = start(deploy(goodImage(), ""));
        awaitNewInstances();
        run.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertAsBefore(3);
    }

    @Test
    void abortedBlockRemovesTheNewGroup() throws Exception {
        createGroup("web", 2);
        WorkflowRun run = start(deploy(goodImage(), "") + " { semaphore 'gate' }");
        SemaphoreStep.waitForStart("gate/1", run);
        run.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertAsBefore(2);
    }

    @Test
    void killedBuildIsUnwoundWithoutIt() throws Exception {
        createGroup("web", 2);
        WorkflowRun run = start(deploy(goodImage(), ""));
        awaitNewInstances();
        run.doKill();
        jenkins.waitForCompletion(run);
        while (exists("web-blue") || leased("web")) {
            Thread.sleep(50);
        }
        assertAsBefore(2);
    }

    @Test
    void abortAfterTheCutIsFinished() throws Exception {
        createGroup("web", 2, Duration.ofMinutes(10));
        WorkflowRun run = start(deploy(goodImage(), ""));
        while (group("web").maxSize() > 0) {
            Thread.sleep(20);
        }
        run.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("web-blue serves with " + goodImage(), run);
        assertDeployed(2);
    }

    @Test
    void bothServeUntilTheOlderIsRetired() throws Exception {
        createGroup("web", 2);
        WorkflowRun both = start(
                "def r = " + deploy(goodImage(), ", terminateRelative: false") + "\necho \"retired: '$r.retired'\"");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(both));
        jenkins.assertLogContains("retired: ''", both);
        assertServes("web", formerImage(), 2);
        assertServes("web-blue", goodImage(), 2);

        WorkflowRun retire =
                start("def r = blueVioletDeploy(region: 'simulated-1', group: 'web')\necho \"retired: '$r.retired'\"");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(retire));
        jenkins.assertLogContains("retired: 'web'", retire);
        assertDeployed(2);
    }

    @Test
    void oldGroupStandsByForAnInstantWayBack() throws Exception {
        createGroup("web", 2);
        WorkflowRun run = start(deploy(goodImage(), ", keepOld: 'standby'"));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertServes("web-blue", goodImage(), 2);
        assertEquals(0, group("web").desiredCapacity());

        WorkflowRun back = start("restoreAutoScalingGroup(region: 'simulated-1', group: 'web')");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(back));
        while (SimulatedRegion.aws().watch("web").serving() < 2) {
            Thread.sleep(50);
        }
        assertServes("web", formerImage(), 2);
    }

    @Test
    void everythingWrongIsToldAtOnce() throws Exception {
        createGroup("web", 2);
        WorkflowRun run = start("blueVioletDeploy(region: 'simulated-1', group: 'web', ami: 'web-2', batchSize: 2,"
                + " keepOld: 'yes', warmup: 'soon', terminateRelative: 'maybe')");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("ami: 'web-2' is not an image id", run);
        jenkins.assertLogContains("batchSize: there is no such parameter", run);
        jenkins.assertLogContains("keepOld: 'yes' must be one of standby, terminate", run);
        jenkins.assertLogContains("terminateRelative: 'maybe' must be true or false", run);
        jenkins.assertLogContains("warmup: 'soon' must be a whole number", run);
        assertAsBefore(2);
    }

    @Test
    void planChangesNothing() throws Exception {
        createGroup("web", 3);
        WorkflowRun run =
                start("def r = " + deploy(goodImage(), ", plan: true") + "\necho \"plan of $r.group: $r.plan\"");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("Nothing was changed.", run);
        jenkins.assertLogContains(": true", run);
        assertAsBefore(3);
    }

    @Test
    void blockIsOptionalInDeclarativePipelines() throws Exception {
        createGroup("web", 2);
        WorkflowRun run = start("pipeline { agent none\n stages { stage('deploy') { steps {\n"
                + deploy(goodImage(), ", warmup: 10, terminateRelative: false, desiredCapacity: 2") + "\n"
                + "blueVioletDeploy(region: 'simulated-1', group: 'web') { echo 'tested' }\n"
                + "} } } }");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("tested", run);
        assertDeployed(2);
    }

    @Test
    void freestyleBuildDeploysAndNextBuildStepsSeeTheResult() throws Exception {
        createGroup("web", 2);
        FreeStyleProject job = jenkins.createFreeStyleProject();
        BlueVioletDeployBuilder builder = new BlueVioletDeployBuilder("web");
        builder.ami = goodImage();
        builder.region = SimulatedRegion.NAME;
        job.getBuildersList().add(builder);
        CaptureEnvironmentBuilder next = new CaptureEnvironmentBuilder();
        job.getBuildersList().add(next);
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("web is gone", build);
        assertEquals("web-blue", next.getEnvVars().get("AMI_DEPLOY_GROUP"));
        assertEquals("web", next.getEnvVars().get("AMI_DEPLOY_RETIRED"));
        assertEquals(goodImage(), next.getEnvVars().get("AMI_DEPLOY_AMI"));
        assertDeployed(2);
    }

    @Test
    void abortedFreestyleBuildRemovesTheNewGroupBeforeItEnds() throws Exception {
        createGroup("web", 2);
        FreeStyleProject job = jenkins.createFreeStyleProject();
        BlueVioletDeployBuilder builder = new BlueVioletDeployBuilder("web");
        builder.ami = goodImage();
        builder.region = SimulatedRegion.NAME;
        job.getBuildersList().add(builder);
        FreeStyleBuild build = job.scheduleBuild2(0).waitForStart();
        awaitNewInstances();
        build.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("web serves as before", build);
        assertAsBefore(2);
    }
}
