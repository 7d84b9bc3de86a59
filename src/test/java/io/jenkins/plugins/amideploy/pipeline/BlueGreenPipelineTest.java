package io.jenkins.plugins.amideploy.pipeline;

import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.createGroup;
import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.exists;
import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.formerImage;
import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.goodImage;
import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.images;
import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.leased;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.amideploy.fake.SimulatedName;
import io.jenkins.plugins.amideploy.fake.SimulatedRegion;
import io.jenkins.plugins.amideploy.freestyle.BlueGreenCutoverBuilder;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.CaptureEnvironmentBuilder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Cutovers by builds, on the simulated AWS, while people use the name. */
@WithJenkins
@Timeout(600)
class BlueGreenPipelineTest {
    private JenkinsRule jenkins;
    private SimulatedName name;
    private List<ResourceRecordSet> before;

    @BeforeEach
    void begin(JenkinsRule rule) {
        jenkins = rule;
        SimulatedRegion.begin();
        createGroup("web", 2);
        name = SimulatedName.create();
        before = name.records();
    }

    private WorkflowRun start(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private String cutover(String rest) {
        return "blueGreenCutover(region: 'simulated-1', group: 'web', ami: '" + goodImage() + "', hostedZone: '"
                + name.zone() + "', recordName: '" + SimulatedName.NAME + "', drainQuiet: 60" + rest + ")";
    }

    private void assertServesAlone(String group, String image) {
        assertEquals(Set.of(image), images(group));
        assertEquals(2, SimulatedRegion.aws().watch(group).serving(), group);
        assertFalse(leased(group));
        assertEquals(1, SimulatedName.balancers().size());
        assertEquals(1, name.records().size());
        assertEquals(List.of(), name.refused());
    }

    /** AWS has a group for a while after it was deleted. */
    private static void awaitGone(String group) throws InterruptedException {
        while (exists(group)) {
            Thread.sleep(50);
        }
    }

    private void assertAsBefore() throws InterruptedException {
        awaitGone("web-blue");
        assertServesAlone("web", formerImage());
        assertEquals(before, name.records());
    }

    @Test
    void trafficMovesToTheNewSideAndTheOldOneGoes() throws Exception {
        WorkflowRun run = start(
                "def r = " + cutover(", steps: [50, 100]") + "\necho \"$r.group for $r.retired behind $r.dnsName\"");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        String dnsName = SimulatedName.balancers().get(0).dnsName();
        jenkins.assertLogContains("web-blue for web behind " + dnsName, run);
        awaitGone("web");
        assertServesAlone("web-blue", goodImage());
    }

    @Test
    void gateThatFailsAtFiftyPercentSendsEverybodyBack() throws Exception {
        WorkflowRun run = start(cutover("")
                + " { if (env.AMI_DEPLOY_PERCENT == '50') error \"too slow behind $AMI_DEPLOY_DNS_NAME\" }");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("too slow behind web", run);
        assertAsBefore();
    }

    @Test
    void abortWhileTheOldSideDrainsLetsTheTrafficGoBack() throws Exception {
        String old = SimulatedName.balancers().get(0).dnsName();
        WorkflowRun run = start(cutover(", steps: 100, interval: 0"));
        while (name.percentMoved(old) < 100) {
            Thread.sleep(50);
        }
        run.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertAsBefore();
    }

    @Test
    void weightsOfAListenerMoveTheTrafficAtOnce() throws Exception {
        WorkflowRun run = start("blueGreenCutover(region: 'simulated-1', group: 'web', ami: '" + goodImage()
                + "', mode: 'listener', steps: '50,100', drainQuiet: 60)");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        awaitGone("web");
        assertServesAlone("web-blue", goodImage());
        assertEquals(before, name.records());
    }

    @Test
    void everythingWrongIsToldAtOnce() throws Exception {
        WorkflowRun run = start("blueGreenCutover(region: 'simulated-1', group: 'web', ami: 'web-2', mode: 'dns',"
                + " steps: [10, 50], bake: 3, bridge: 'maybe', prewarm: 'much')");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("ami: 'web-2' is not an image id", run);
        jenkins.assertLogContains("bake: there is no such parameter", run);
        jenkins.assertLogContains("bridge: 'maybe' must be true or false", run);
        jenkins.assertLogContains("hostedZone: is required in mode dns", run);
        jenkins.assertLogContains("prewarm: 'much' must be a whole number", run);
        jenkins.assertLogContains("steps: the last one must be 100", run);
        assertAsBefore();
    }

    @Test
    void planChangesNothing() throws Exception {
        WorkflowRun run = start("def r = " + cutover(", plan: true") + "\necho \"plan of $r.group: $r.plan\"");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("Nothing was changed.", run);
        jenkins.assertLogContains(": true", run);
        assertAsBefore();
    }

    @Test
    void freestyleBuildCutsOverAndNextBuildStepsSeeTheResult() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        BlueGreenCutoverBuilder builder = new BlueGreenCutoverBuilder("web");
        builder.ami = goodImage();
        builder.region = SimulatedRegion.NAME;
        builder.hostedZone = name.zone();
        builder.recordName = SimulatedName.NAME;
        builder.steps = "100";
        builder.drainQuiet = "60";
        job.getBuildersList().add(builder);
        CaptureEnvironmentBuilder next = new CaptureEnvironmentBuilder();
        job.getBuildersList().add(next);
        jenkins.buildAndAssertSuccess(job);
        assertEquals("web-blue", next.getEnvVars().get("AMI_DEPLOY_GROUP"));
        assertEquals("web", next.getEnvVars().get("AMI_DEPLOY_RETIRED"));
        assertEquals(
                SimulatedName.balancers().get(0).dnsName(), next.getEnvVars().get("AMI_DEPLOY_DNS_NAME"));
        assertServesAlone("web-blue", goodImage());
    }

    @Test
    void abortedFreestyleBuildTakesTheNewSideBackBeforeItEnds() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        BlueGreenCutoverBuilder builder = new BlueGreenCutoverBuilder("web");
        builder.ami = goodImage();
        builder.region = SimulatedRegion.NAME;
        builder.mode = "listener";
        builder.interval = "3600";
        job.getBuildersList().add(builder);
        FreeStyleBuild build = job.scheduleBuild2(0).waitForStart();
        while (!exists("web-blue") || images("web-blue").isEmpty()) {
            Thread.sleep(50);
        }
        build.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertAsBefore();
    }
}
