package io.jenkins.plugins.amideploy.pipeline;

import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.badImage;
import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.formerImage;
import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.goodImage;
import static io.jenkins.plugins.amideploy.fake.SimulatedStacks.images;
import static io.jenkins.plugins.amideploy.fake.SimulatedStacks.status;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Label;
import hudson.model.Result;
import io.jenkins.plugins.amideploy.fake.SimulatedRegion;
import io.jenkins.plugins.amideploy.fake.SimulatedStacks;
import io.jenkins.plugins.amideploy.freestyle.CfnUpdatePolicyDeployBuilder;
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
import org.jvnet.hudson.test.SingleFileSCM;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Updates of stacks by builds, on the simulated AWS. */
@WithJenkins
@Timeout(600)
class CfnPipelineTest {
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
        return "cfnUpdatePolicyDeploy(region: 'simulated-1', stack: 'web', ami: '" + ami + "'" + rest + ")";
    }

    private static void awaitUpdate() throws InterruptedException {
        while (!status("web").equals("UPDATE_IN_PROGRESS")) {
            Thread.sleep(20);
        }
    }

    private static void assertUntouched() {
        assertEquals("CREATE_COMPLETE", status("web"));
        assertEquals(Set.of(formerImage()), images("web"));
    }

    @Test
    void changeSetIsShownAndTheUpdateFollowed() throws Exception {
        SimulatedStacks.create("web");
        WorkflowRun run = start("def r = " + deploy(goodImage(), "")
                + "\necho \"$r.stack is $r.status with $r.ami, group $r.outputs.Group, changed: $r.changed\"");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("Change set ami-deploy-", run);
        jenkins.assertLogContains("Modify  WebTemplate", run);
        jenkins.assertLogContains("4/4", run);
        jenkins.assertLogContains("web is UPDATE_COMPLETE with " + goodImage() + ", group web-", run);
        jenkins.assertLogContains("changed: true", run);
        assertEquals("UPDATE_COMPLETE", status("web"));
        assertEquals(Set.of(goodImage()), images("web"));
    }

    @Test
    void nothingToChangeIsSuccess() throws Exception {
        SimulatedStacks.create("web");
        WorkflowRun run = start("echo \"changed: ${" + deploy(formerImage(), "") + ".changed}\"");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("Nothing to change", run);
        jenkins.assertLogContains("changed: false", run);
        assertUntouched();
    }

    @Test
    void blockDecidesWhetherTheChangeSetIsExecuted() throws Exception {
        SimulatedStacks.create("web");
        WorkflowRun run = start(deploy(goodImage(), "") + " { echo \"$AMI_DEPLOY_STACK: $AMI_DEPLOY_CHANGES changes"
                + " in $AMI_DEPLOY_CHANGE_SET\"; semaphore 'gate' }");
        SemaphoreStep.waitForStart("gate/1", run);
        jenkins.assertLogContains("web: 2 changes in ami-deploy-", run);
        assertUntouched();
        SemaphoreStep.success("gate/1", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertEquals(Set.of(goodImage()), images("web"));
    }

    @Test
    void failedBlockDeletesTheChangeSet() throws Exception {
        SimulatedStacks.create("web");
        WorkflowRun run = start(deploy(goodImage(), "") + " { error 'not today' }");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("not today", run);
        jenkins.assertLogContains("The change set was deleted; the stack web is as it was.", run);
        assertUntouched();
    }

    @Test
    void badImageFailsWithTheFirstFailedEventAndIsRolledBack() throws Exception {
        SimulatedStacks.create("web");
        WorkflowRun run = start(deploy(badImage(), ""));
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("FAILED: WebGroup (AWS::AutoScaling::AutoScalingGroup) UPDATE_FAILED: ", run);
        jenkins.assertLogContains("UPDATE_ROLLBACK_COMPLETE", run);
        assertEquals("UPDATE_ROLLBACK_COMPLETE", status("web"));
        assertEquals(Set.of(formerImage()), images("web"));
    }

    @Test
    void abortCancelsTheUpdateAndFollowsTheRollback() throws Exception {
        SimulatedStacks.create("web");
        WorkflowRun run = start(deploy(goodImage(), ""));
        awaitUpdate();
        run.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertEquals("UPDATE_ROLLBACK_COMPLETE", status("web"));
        assertEquals(Set.of(formerImage()), images("web"));
    }

    @Test
    void killedBuildIsCancelledWithoutIt() throws Exception {
        SimulatedStacks.create("web");
        WorkflowRun run = start(deploy(goodImage(), ""));
        awaitUpdate();
        run.doKill();
        jenkins.waitForCompletion(run);
        while (!status("web").equals("UPDATE_ROLLBACK_COMPLETE")) {
            Thread.sleep(50);
        }
        assertEquals(Set.of(formerImage()), images("web"));
    }

    @Test
    void planShowsTheChangeSetAndDeletesIt() throws Exception {
        SimulatedStacks.create("web");
        WorkflowRun run = start(deploy(goodImage(), ", plan: true"));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("Modify  WebTemplate", run);
        jenkins.assertLogContains("nothing was changed", run);
        assertUntouched();
    }

    @Test
    void everythingWrongIsToldAtOnce() throws Exception {
        SimulatedStacks.create("web");
        WorkflowRun run = start("cfnUpdatePolicyDeploy(region: 'simulated-1', stack: 'web', ami: 'ami-web',"
                + " parameter: 'Most=8', capabilities: ['ALL'], monitoringMinutes: 5, template: 'web.yaml')");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("ami: 'ami-web' is not an image id", run);
        jenkins.assertLogContains("parameter: there is no such parameter", run);
        jenkins.assertLogContains("capabilities: 'ALL' must be one of", run);
        jenkins.assertLogContains("monitoringMinutes: there are no rollbackAlarms", run);
        jenkins.assertLogContains("template: 'web.yaml' would be a file in the workspace, and there is no", run);
        jenkins.assertLogContains("Nothing was changed.", run);
        assertUntouched();
    }

    @Test
    void stackIsCreatedFromATemplateInTheWorkspaceOfTheAgent() throws Exception {
        jenkins.createOnlineSlave(Label.get("linux"));
        WorkflowRun run = start("node('linux') { dir('deploy') {\n"
                + "writeFile file: 'web.yaml', text: '''" + SimulatedStacks.TEMPLATE + "'''\n"
                + deploy(goodImage(), ", template: 'web.yaml', onMissing: 'create', parameters: [Most: 5]") + "\n} }");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertEquals("CREATE_COMPLETE", status("web"));
        assertEquals("5", SimulatedStacks.parameter("web", "Most"));
        assertEquals(Set.of(goodImage()), images("web"));
    }

    @Test
    void templateThatIsNotThereIsNamed() throws Exception {
        SimulatedStacks.create("web");
        WorkflowRun run = start("node { " + deploy(goodImage(), ", template: 'wep.yaml'") + " }");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("template: there is no file 'wep.yaml' in ", run);
        assertUntouched();
    }

    @Test
    void freestyleBuildUpdatesFromItsWorkspaceAndNextBuildStepsSeeTheResult() throws Exception {
        SimulatedStacks.create("web");
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.setScm(new SingleFileSCM("web.yaml", SimulatedStacks.TEMPLATE));
        CfnUpdatePolicyDeployBuilder builder = new CfnUpdatePolicyDeployBuilder("web", goodImage());
        builder.region = SimulatedRegion.NAME;
        builder.template = "web.yaml";
        builder.parameters = "Most=7";
        job.getBuildersList().add(builder);
        CaptureEnvironmentBuilder next = new CaptureEnvironmentBuilder();
        job.getBuildersList().add(next);
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("Change set ami-deploy-", build);
        assertEquals("7", SimulatedStacks.parameter("web", "Most"));
        assertEquals("web", next.getEnvVars().get("AMI_DEPLOY_STACK"));
        assertEquals("UPDATE_COMPLETE", next.getEnvVars().get("AMI_DEPLOY_STATUS"));
        assertEquals("true", next.getEnvVars().get("AMI_DEPLOY_CHANGED"));
        assertEquals(
                Set.of(goodImage()), SimulatedRegion.images(next.getEnvVars().get("AMI_DEPLOY_OUTPUTS_GROUP")));
    }
}
