package io.jenkins.plugins.amideploy.pipeline;

import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.createGroup;
import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.images;
import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.leftovers;
import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.sourceImage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.amideploy.fake.FakeWorld;
import io.jenkins.plugins.amideploy.fake.SimulatedRegion;
import io.jenkins.plugins.amideploy.freestyle.BuildAmiBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.CaptureEnvironmentBuilder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import software.amazon.awssdk.services.ec2.model.Image;

/** Images built by builds, on the simulated AWS. */
@WithJenkins
@Timeout(300)
class BuildAmiPipelineTest {
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

    private static String build(String rest) {
        return "buildAmi(region: 'simulated-1', sourceAmi: '" + sourceImage() + "'" + rest + ")";
    }

    private String onAgent(String script) throws Exception {
        return "node('" + jenkins.createOnlineSlave().getNodeName() + "') {" + script + "}";
    }

    private static List<Image> built() {
        return SimulatedRegion.aws().operator().ec2().describeImages(r -> r.owners("self")).images().stream()
                .filter(image -> image.tags().stream().anyMatch(tag -> tag.key().equals("ami-deploy:family")))
                .toList();
    }

    private static void awaitNothingLive() throws InterruptedException {
        while (FakeWorld.somethingIsLive()) {
            Thread.sleep(50);
        }
    }

    @Test
    void imageIsBuiltByABlockAndRolledOut() throws Exception {
        createGroup("web", 2);
        WorkflowRun run = start(onAgent("def ami = "
                + build(", name: 'app {build}', waitFor: 'running', sshFrom: '192.0.2.0/24', tags: [stage: 'test']")
                + "{ sh 'echo \"provisioning $AMI_BUILD_INSTANCE_ID\"; head -1 \"$AMI_BUILD_KEY_FILE\"' }\n"
                + "echo \"built ${ami.images['eu-west-1']} with ${ami.snapshots[0]} from $ami.sourceAmi\"\n"
                + "rollingAmiDeploy(region: 'simulated-1', group: 'web', ami: ami.imageId)"));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("provisioning i-", run);
        jenkins.assertLogContains("-----BEGIN PRIVATE KEY-----", run);
        Image image = built().get(0);
        assertEquals("app 1", image.name());
        assertEquals(Set.of(image.imageId()), images("web"));
        jenkins.assertLogContains("built " + image.imageId() + " with snap-", run);
        jenkins.assertLogContains("from " + sourceImage(), run);
        assertEquals(List.of(), leftovers());
    }

    /** As it stands there, in another region, and with a command {@code ssh} that only says what it is told. */
    @Test
    void exampleOfTheReadmeRunsAsItIsPasted(@TempDir Path programs) throws Exception {
        createGroup("web", 2);
        Path ssh = Files.writeString(programs.resolve("ssh"), "#!/bin/sh\necho \"told: $*\"\n");
        assertTrue(ssh.toFile().setExecutable(true));
        String example = Files.readString(Path.of("README.md")).replaceFirst("(?s).*?```groovy\n(.*?)```.*", "$1");
        WorkflowRun run = start("withEnv(['PATH+SSH=" + programs + "']) {\n"
                + example.replace("'eu-west-1'", "'simulated-1'")
                        .replace(",\n        credentialsId: 'aws-deploy'", "")
                        .replace("keep: 5", "keep: 5, waitFor: 'running', sshFrom: '192.0.2.0/24'")
                + "}");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("sudo dnf -y install nginx", run);
        jenkins.assertLogContains("told: -o StrictHostKeyChecking=no", run);
        assertEquals(Set.of(built().get(0).imageId()), images("web"));
    }

    @Test
    void commandsRunWithoutABlockOrAnAgent() throws Exception {
        WorkflowRun run = start(build(", iamInstanceProfile: 'builder', commands: ['echo one, two', 'echo three']"));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("| echo one, two", run);
        jenkins.assertLogContains("echo three", run);
        assertEquals(1, built().size());
        assertEquals(List.of(), leftovers());
    }

    @Test
    void failedBlockLeavesNothing() throws Exception {
        WorkflowRun run =
                start(onAgent(build(", waitFor: 'running', sshFrom: '192.0.2.0/24'") + "{ error 'playbook: no' }"));
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("playbook: no", run);
        assertEquals(List.of(), leftovers());
        assertEquals(List.of(), built());
    }

    @Test
    void abortInTheBlockLeavesNothing() throws Exception {
        WorkflowRun run =
                start(onAgent(build(", waitFor: 'running', sshFrom: '192.0.2.0/24'") + "{ semaphore 'gate' }"));
        SemaphoreStep.waitForStart("gate/1", run);
        assertFalse(leftovers().isEmpty());
        run.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertEquals(List.of(), leftovers());
        assertEquals(List.of(), built());
    }

    @Test
    void buildDeletedMidwayLeavesNothing() throws Exception {
        WorkflowRun run =
                start(onAgent(build(", waitFor: 'running', sshFrom: '192.0.2.0/24'") + "{ semaphore 'gate' }"));
        SemaphoreStep.waitForStart("gate/1", run);
        run.doKill();
        jenkins.waitForCompletion(run);
        run.delete();
        awaitNothingLive();
        assertEquals(List.of(), leftovers());
        assertEquals(List.of(), built());
    }

    @Test
    void planMakesNothing() throws Exception {
        WorkflowRun run = start(build(", plan: true"));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertEquals(List.of(), leftovers());
        assertEquals(List.of(), built());
        assertEquals(
                List.of(),
                SimulatedRegion.aws().operator().ec2().describeInstances().reservations());
    }

    @Test
    void everythingWrongIsToldAtOnce() throws Exception {
        WorkflowRun run = start(build(", rootVolumeSize: 'much', httpTokens: 'none', encrypted: 'yes', sshport: 2222"));
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("rootVolumeSize: 'much' must be a whole number", run);
        jenkins.assertLogContains("httpTokens: 'none' must be one of", run);
        jenkins.assertLogContains("encrypted: 'yes' must be true or false", run);
        jenkins.assertLogContains("sshport: there is no such parameter", run);
        assertEquals(List.of(), leftovers());
    }

    @Test
    void declarativePipelinesTakeListsAndMaps() throws Exception {
        WorkflowRun run = start("pipeline { agent none\n stages { stage('build') { steps {\n"
                + build(", iamInstanceProfile: 'builder', commands: ['echo one', 'echo two'], tags: [stage: 'test'],"
                        + " rootVolumeSize: 20, associatePublicIp: false, encrypted: true")
                + "\n} } } }");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertTrue(built().get(0).tags().stream()
                .anyMatch(tag -> tag.key().equals("stage") && tag.value().equals("test")));
        assertEquals(List.of(), leftovers());
    }

    @Test
    void freestyleBuildTellsItsNextStepsTheImage() throws Exception {
        BuildAmiBuilder builder = new BuildAmiBuilder(sourceImage());
        builder.region = SimulatedRegion.NAME;
        builder.name = "app $BUILD_NUMBER";
        builder.iamInstanceProfile = "builder";
        builder.commands = "echo one\necho two";
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(builder);
        CaptureEnvironmentBuilder next = new CaptureEnvironmentBuilder();
        job.getBuildersList().add(next);
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("| echo one", build);
        assertEquals(built().get(0).imageId(), next.getEnvVars().get("AMI_BUILD_IMAGE_ID"));
        assertEquals("app 1", next.getEnvVars().get("AMI_BUILD_NAME"));
        assertEquals(sourceImage(), next.getEnvVars().get("AMI_BUILD_SOURCE_AMI"));
        assertEquals(built().get(0).imageId(), next.getEnvVars().get("AMI_BUILD_IMAGES_EU_WEST_1"));
        assertEquals(List.of(), leftovers());
    }
}
