package io.jenkins.plugins.amideploy.page;

import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.badImage;
import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.createGroup;
import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.goodImage;
import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.images;
import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.sourceImage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.User;
import io.jenkins.plugins.amideploy.fake.SimulatedRegion;
import io.jenkins.plugins.amideploy.freestyle.RollingAmiDeployBuilder;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import jenkins.model.experimentalflags.NewBuildPageUserExperimentalFlag;
import jenkins.model.experimentalflags.UserExperimentalFlagsProperty;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The page of builds that deploy to groups on the simulated AWS. */
@WithJenkins
@Timeout(600)
class DeploymentPageTest {
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

    private HtmlPage page(Run<?, ?> run) throws Exception {
        return jenkins.createWebClient().withJavaScriptEnabled(false).getPage(run, "ami-deploy/");
    }

    private static List<DomElement> all(HtmlPage page, String selector) {
        return page.querySelectorAll(selector).stream()
                .map(DomElement.class::cast)
                .toList();
    }

    @Test
    void aDeploymentIsSeenWhileItRunsAndAfterwards() throws Exception {
        createGroup("web", 4);
        WorkflowRun run = start(deploy("web", goodImage(), ", checkpoints: [50]") + " { semaphore 'gate' }");
        SemaphoreStep.waitForStart("gate/1", run);
        HtmlPage live = page(run);
        while (!live.getBody().asNormalizedText().contains("after the block")) {
            live = page(run);
        }
        assertEquals("true", all(live, "section").get(0).getAttribute("data-live"));
        assertEquals("3", live.getElementById("ami-deploy-next").getAttribute("data-seconds"));
        assertEquals(4, all(live, "rect.ami-deploy-old.ami-deploy-in-service").size());
        assertEquals(2, all(live, "rect.ami-deploy-new.ami-deploy-in-service").size());
        assertEquals("2", live.getElementsByTagName("progress").get(0).getAttribute("value"));
        SemaphoreStep.success("gate/1", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));

        HtmlPage finished = page(run);
        assertEquals("false", all(finished, "section").get(0).getAttribute("data-live"));
        assertEquals("0", finished.getElementById("ami-deploy-next").getAttribute("data-seconds"));
        String text = finished.getBody().asNormalizedText();
        assertTrue(text.contains("Done in "), text);
        assertTrue(text.contains("4 of 4"), text);
        assertTrue(text.contains("4, never fewer than 4 in service"), text);
        assertTrue(text.contains("Replacing instances"), text);
        assertTrue(text.contains("Done: group web runs " + goodImage()), text);
        assertEquals(
                8,
                all(finished, "details table tbody tr th").stream()
                        .filter(cell -> cell.asNormalizedText().startsWith("i-"))
                        .count());
    }

    @Test
    void whatIsPlannedIsShownBesideIt() throws Exception {
        createGroup("web", 3);
        WorkflowRun run = start(deploy("web", goodImage(), ", plan: true"));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        HtmlPage page = page(run);
        assertTrue(page.getBody().asNormalizedText().contains("Plan: takes about "), page.asNormalizedText());
        assertEquals(3, all(page, "rect.ami-deploy-new.ami-deploy-booting").size());
    }

    @Test
    void aFailureSaysWhyAndWhatStateThingsAreIn() throws Exception {
        createGroup("web", 3);
        WorkflowRun run = start(deploy("web", badImage(), ", healthTimeout: 300"));
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        HtmlPage page = page(run);
        String trouble = all(page, ".ami-deploy-trouble").get(0).asNormalizedText();
        assertTrue(trouble.contains("was not in service within 5 min"), trouble);
        assertTrue(trouble.contains("Rolled back"), trouble);
        assertEquals(List.of(), all(page, "rect.ami-deploy-new.ami-deploy-in-service"));
    }

    @Test
    void severalDeploymentsOfABuildAreShownOneAfterTheOther() throws Exception {
        createGroup("one", 2);
        createGroup("two", 2);
        WorkflowRun run = start("parallel a: { " + deploy("one", goodImage(), "") + " }, b: { "
                + deploy("two", goodImage(), "") + " }");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        HtmlPage page = page(run);
        assertEquals(2, all(page, "section").size());
        List<String> ids = all(page, "[id]").stream().map(DomElement::getId).toList();
        assertEquals(ids.stream().distinct().count(), ids.size(), () -> "" + ids);
    }

    @Test
    void bothGroupsOfABlueVioletDeploymentAreSeen() throws Exception {
        createGroup("web", 2);
        WorkflowRun run = start("blueVioletDeploy(region: 'simulated-1', group: 'web', ami: '" + goodImage() + "')");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        HtmlPage page = page(run);
        assertEquals(2, all(page, "rect.ami-deploy-old.ami-deploy-in-service").size());
        assertEquals(2, all(page, "rect.ami-deploy-new.ami-deploy-in-service").size());
        assertTrue(page.getBody().asNormalizedText().contains("Retiring the old group"), page.asNormalizedText());
    }

    @Test
    void anImageBuildShowsItsPhasesAndItsInstance() throws Exception {
        WorkflowRun run = start("buildAmi(region: 'simulated-1', name: 'web', sourceAmi: '" + sourceImage()
                + "', iamInstanceProfile: 'builder', commands: ['true'])");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        HtmlPage page = page(run);
        String text = page.getBody().asNormalizedText();
        assertTrue(text.contains("Making the image"), text);
        assertEquals(1, all(page, "text.ami-deploy-id").size());
        assertEquals(1, all(page, "rect.ami-deploy-in-service").size());
        assertEquals(List.of(), all(page, "path.ami-deploy-floor-line"));
    }

    @Test
    void aFreestyleBuildHasThePageToo() throws Exception {
        createGroup("web", 2);
        FreeStyleProject project = jenkins.createFreeStyleProject();
        RollingAmiDeployBuilder builder = new RollingAmiDeployBuilder("web", goodImage());
        builder.region = "simulated-1";
        project.getBuildersList().add(builder);
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(project);
        assertTrue(page(build).getBody().asNormalizedText().contains("Done in "));
    }

    @Test
    void theBuildIsMarkedAndLeadsToThePage() throws Exception {
        createGroup("web", 2);
        WorkflowRun run = start(deploy("web", goodImage(), ""));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertEquals(
                1,
                run.getBadgeActions().stream()
                        .filter(DeploymentBadge.class::isInstance)
                        .count());
        String text = goodImage() + " to web";
        HtmlPage old = jenkins.createWebClient().withJavaScriptEnabled(false).getPage(run);
        assertTrue(old.getBody().asNormalizedText().contains(text), old.asNormalizedText());
        assertFalse(all(old, "#side-panel a[href$='ami-deploy/']").isEmpty());

        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        User.getById("alice", true)
                .addProperty(new UserExperimentalFlagsProperty(
                        Map.of(new NewBuildPageUserExperimentalFlag().getFlagKey(), "true")));
        WebClient alice = jenkins.createWebClient().withJavaScriptEnabled(false).login("alice");
        HtmlPage tabs = alice.getPage(run);
        assertFalse(all(tabs, ".app-build-tabs a[href$='ami-deploy']").isEmpty(), tabs.asXml());
        String header = all(tabs, ".jenkins-details").get(0).asNormalizedText();
        assertTrue(header.contains("web") && header.contains(goodImage()), header);
        assertTrue(((HtmlPage) alice.getPage(run, "ami-deploy/"))
                .getBody()
                .asNormalizedText()
                .contains("Done in "));
    }

    @Test
    void aBuildWithoutADeploymentHasNoPage() throws Exception {
        WorkflowRun run = start("echo 'nothing'");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertEquals(null, run.getAction(DeploymentPage.class));
        assertTrue(run.getBadgeActions().stream().noneMatch(DeploymentBadge.class::isInstance));
    }

    @Test
    void whoMayNotSeeTheBuildSeesNothingOfIt() throws Exception {
        createGroup("web", 2);
        WorkflowRun run = start(deploy("web", goodImage(), ""));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .everywhere()
                .to("reader")
                .grant(Item.DISCOVER)
                .everywhere()
                .to("discoverer"));
        for (String path : List.of("ami-deploy/", "ami-deploy/live")) {
            String url = run.getUrl() + path;
            WebClient client =
                    jenkins.createWebClient().withJavaScriptEnabled(false).withThrowExceptionOnFailingStatusCode(false);
            assertEquals(404, client.goTo(url, null).getWebResponse().getStatusCode());
            assertNotEquals(
                    200,
                    client.login("discoverer").goTo(url, null).getWebResponse().getStatusCode());
            String read =
                    client.login("reader").goTo(url, null).getWebResponse().getContentAsString();
            assertTrue(read.contains(goodImage()), path);
        }
    }

    @Test
    void noParameterIsMarkup() throws Exception {
        WorkflowRun run = start(deploy("<img src=x onerror=alert(1)>", "<script>alert(1)</script>", ""));
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        for (String path : List.of("ami-deploy/", "")) {
            HtmlPage page =
                    jenkins.createWebClient().withJavaScriptEnabled(false).getPage(run, path);
            String html = page.getWebResponse().getContentAsString();
            assertFalse(html.contains("<img src=x"), path);
            assertFalse(html.contains("<script>alert"), path);
        }
        HtmlPage job = jenkins.createWebClient().withJavaScriptEnabled(false).getPage(run.getParent());
        assertFalse(job.getWebResponse().getContentAsString().contains("<img src=x"));
    }

    @Test
    void thePageHasNoScriptOrStyleOfItsOwnInside() throws Exception {
        createGroup("web", 2);
        WorkflowRun run = start(deploy("web", goodImage(), ""));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        DomElement box = page(run).getElementById("ami-deploy");
        String html = box.asXml();
        assertEquals(0, box.getElementsByTagName("script").size());
        assertEquals(0, box.getElementsByTagName("style").size());
        assertFalse(html.matches("(?s).*<[^>]* (style|on[a-z]+)=.*"), html);
    }

    @Test
    void aDeletedBuildTakesItsHistoryAlong() throws Exception {
        createGroup("web", 2);
        WorkflowRun run = start(deploy("web", goodImage(), ""));
        while (!images("web").contains(goodImage())) {
            Thread.sleep(50);
        }
        run.doKill();
        jenkins.waitForCompletion(run);
        java.io.File directory = run.getRootDir();
        run.delete();
        while (SimulatedRegion.leased("web")) {
            Thread.sleep(50);
        }
        assertFalse(directory.exists());
    }
}
