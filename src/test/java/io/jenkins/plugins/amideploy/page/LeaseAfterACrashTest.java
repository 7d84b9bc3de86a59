package io.jenkins.plugins.amideploy.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.amideploy.config.AmiDeployConfiguration;
import io.jenkins.plugins.amideploy.driver.Deployments;
import io.jenkins.plugins.amideploy.fake.SimulatedRegion;
import java.io.File;
import java.nio.file.Files;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A controller that loses what a deployment had saved, and its administrator. */
@Timeout(600)
class LeaseAfterACrashTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @BeforeEach
    void begin() {
        SimulatedRegion.begin();
        SimulatedRegion.createGroup("web", 6);
    }

    private static WorkflowRun run() {
        return Jenkins.get().getItemByFullName("deploy", WorkflowJob.class).getBuildByNumber(1);
    }

    private static void startAndAwaitSurge(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "deploy");
        job.setDefinition(new CpsFlowDefinition(
                "rollingAmiDeploy(region: 'simulated-1', group: 'web', ami: '" + SimulatedRegion.goodImage() + "')",
                true));
        job.scheduleBuild2(0).waitForStart();
        while (!SimulatedRegion.images("web").contains(SimulatedRegion.goodImage())) {
            Thread.sleep(50);
        }
        assertTrue(SimulatedRegion.group("web").desiredCapacity() > 6);
    }

    /** As a disk that was full when the power failed leaves it. */
    private void breakTheFiles() throws Exception {
        File[] files = new File(sessions.getHome(), "ami-deploy").listFiles((parent, name) -> name.endsWith(".xml"));
        assertEquals(1, files.length);
        Files.writeString(files[0].toPath(), "<?xml version='1.1'");
    }

    /** No default region is set: that of the lost deployment is remembered. */
    @Test
    void groupOfALostDeploymentIsRestoredFromThePage() throws Throwable {
        sessions.then(LeaseAfterACrashTest::startAndAwaitSurge);
        breakTheFiles();
        sessions.then(jenkins -> {
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run()));
            order(jenkins);
            awaitRestored(jenkins, "Restoring after deploy 1");
            jenkins.assertLogContains("Group web is restored", run());
        });
        assertRestored();
    }

    @Test
    void restorationThatWasOrderedInTheLastMomentGoesOnAfterTheRestart() throws Throwable {
        sessions.then(LeaseAfterACrashTest::startAndAwaitSurge);
        breakTheFiles();
        sessions.then(jenkins -> {
            AmiDeployConfiguration.get().setRegion(SimulatedRegion.NAME);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run()));
            Deployments.get().stop(); // as at the controller's end, of which the page knows nothing yet
            order(jenkins);
            assertTrue(SimulatedRegion.leased("web"));
        });
        sessions.then(jenkins -> awaitRestored(jenkins, "Group web is restored"));
        assertRestored();
    }

    private static void order(JenkinsRule jenkins) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getOptions().setJavaScriptEnabled(false);
            HtmlPage page = client.goTo("manage/ami-deploy-leases/");
            HtmlAnchor restore = page.getFirstByXPath("//a[starts-with(@href, 'confirm')]");
            HtmlPage confirm = restore.click();
            jenkins.submit(confirm.getFormByName("restore"));
        }
    }

    private static void awaitRestored(JenkinsRule jenkins, String said) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getOptions().setJavaScriptEnabled(false);
            String text;
            do {
                Thread.sleep(100);
                text = client.goTo("manage/ami-deploy-leases/").asNormalizedText();
            } while (!text.contains("web in simulated-1: Done"));
            assertTrue(text.contains(said), text);
        }
    }

    private static void assertRestored() {
        assertEquals(6, SimulatedRegion.group("web").desiredCapacity());
        assertEquals(8, SimulatedRegion.group("web").maxSize());
        assertTrue(SimulatedRegion.group("web").suspendedProcesses().isEmpty());
        assertFalse(SimulatedRegion.leased("web"));
    }
}
