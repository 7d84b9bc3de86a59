package io.jenkins.plugins.amideploy.driver;

import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.leftovers;
import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.sourceImage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.Util;
import hudson.XmlFile;
import hudson.model.Result;
import hudson.model.TaskListener;
import io.jenkins.plugins.amideploy.fake.SimulatedRegion;
import java.io.File;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
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
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What builds left behind, and what they did not. */
@Timeout(300)
class LeftoverSweepTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @BeforeEach
    void begin() {
        SimulatedRegion.begin();
    }

    /** A build in its block, with an instance, a key pair and a security group. */
    private static WorkflowRun startAndAwaitBlock(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "build");
        job.setDefinition(new CpsFlowDefinition(
                "buildAmi(region: 'simulated-1', sourceAmi: '" + sourceImage()
                        + "', waitFor: 'running', sshFrom: '192.0.2.0/24') { semaphore 'gate' }",
                true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        SemaphoreStep.waitForStart("gate/1", run);
        assertEquals(3, leftovers().size(), leftovers().toString());
        return run;
    }

    private static File record(File home) {
        return new File(home, "ami-deploy").listFiles((parent, name) -> name.endsWith(".xml"))[0];
    }

    private static void sweep() {
        LeftoverSweep.get().execute(TaskListener.NULL);
    }

    private static void sweepUntilNothingIsLeft() throws InterruptedException {
        while (!leftovers().isEmpty()) {
            sweep(); // a security group goes only after its instance
            Thread.sleep(200);
        }
    }

    @Test
    void thingsOfALiveBuildAreLeftAlone() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = startAndAwaitBlock(jenkins);
            List<String> before = leftovers();
            sweep();
            assertEquals(before, leftovers());
            SemaphoreStep.success("gate/1", null);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            sweep();
            assertEquals(
                    1,
                    SimulatedRegion.aws().leftovers().stream()
                            .filter(left -> left.kind().equals("image") && left.fromCaller())
                            .count());
        });
    }

    @Test
    void thingsOfABuildOfWhichNothingIsKnownAreRemoved() throws Throwable {
        sessions.then(LeftoverSweepTest::startAndAwaitBlock);
        Util.deleteRecursive(new File(sessions.getHome(), "jobs/build/builds/1"));
        Util.deleteFile(record(sessions.getHome()));
        sessions.then(jenkins -> {
            try (LogRecorder log =
                    new LogRecorder().record(LeftoverSweep.class, Level.INFO).capture(100)) {
                sweepUntilNothingIsLeft();
                assertTrue(log.getMessages().stream().anyMatch(line -> line.contains("Removed instance i-")));
            }
        });
    }

    @Test
    void recordThatCannotBeReadIsReasonToSweepAtOnce() throws Throwable {
        sessions.then(LeftoverSweepTest::startAndAwaitBlock);
        Files.writeString(record(sessions.getHome()).toPath(), "<nonsense>");
        sessions.then(jenkins -> {
            WorkflowRun run =
                    Jenkins.get().getItemByFullName("build", WorkflowJob.class).getBuildByNumber(1);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("What this deployment had saved cannot be read", run);
            while (leftovers().stream().anyMatch(left -> left.startsWith("instance"))) {
                Thread.sleep(100);
            }
            sweepUntilNothingIsLeft();
        });
    }

    @Test
    void placesWhereNothingTurnsUpAreForgotten() throws Throwable {
        sessions.then(jenkins -> {
            startAndAwaitBlock(jenkins);
            assertEquals(1, ImageBuilds.get().all().size());
            ImageBuilds.get().forget();
            assertEquals(1, ImageBuilds.get().all().size());
            BuiltWith old = ImageBuilds.get().all().get(0).needed(Instant.now().minus(Duration.ofDays(31)));
            new XmlFile(Jenkins.XSTREAM2, new File(jenkins.jenkins.getRootDir(), "ami-deploy/image-builds"))
                    .write(new BuiltWith[] {old});
            ImageBuilds.get().forget();
            assertEquals(List.of(), ImageBuilds.get().all());
        });
    }

    @Test
    void placesFollowTheirJob() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = startAndAwaitBlock(jenkins);
            SemaphoreStep.success("gate/1", null);
            jenkins.waitForCompletion(run);
            run.getParent().renameTo("images");
            assertEquals("images", ImageBuilds.get().all().get(0).build().jobName());
        });
    }
}
