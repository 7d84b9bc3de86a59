package io.jenkins.plugins.amideploy.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.Failure;
import io.jenkins.plugins.amideploy.config.AmiDeployConfiguration;
import io.jenkins.plugins.amideploy.core.deployment.Lease;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.deployment.WayBack;
import io.jenkins.plugins.amideploy.fake.FakeEndpoint;
import io.jenkins.plugins.amideploy.fake.FakeEndpoint.Answer;
import io.jenkins.plugins.amideploy.fake.SimulatedRegion;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import jenkins.model.Jenkins;
import org.htmlunit.FailingHttpStatusCodeException;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import software.amazon.awssdk.services.autoscaling.model.Tag;

/** Manage Jenkins » AMI Deploy leases, with groups on the simulated AWS. */
@WithJenkins
@Timeout(300)
class LeasesPageTest {
    private static final String PAGE = "manage/ami-deploy-leases/";

    private JenkinsRule jenkins;
    private JenkinsRule.WebClient client;

    @BeforeEach
    void begin(JenkinsRule rule) {
        jenkins = rule;
        client = jenkins.createWebClient();
        client.getOptions().setJavaScriptEnabled(false);
        SimulatedRegion.begin();
        AmiDeployConfiguration.get().setRegion(SimulatedRegion.NAME);
    }

    @AfterEach
    void close() {
        client.close();
    }

    private String text() throws Exception {
        return client.goTo(PAGE).asNormalizedText();
    }

    private WorkflowRun start(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "deploy");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private static void leaseTo(String group, String controller) {
        Map<String, String> tags = new Lease(
                        new Owner(controller, "web/deploy 42", "0123456789ab"),
                        new WayBack(1, 4, 2, 0, 0, Set.of(), "lt-1"),
                        Set.of())
                .tags();
        List<Tag> asTags = tags.entrySet().stream()
                .map(tag -> Tag.builder()
                        .resourceId(group)
                        .resourceType("auto-scaling-group")
                        .key(tag.getKey())
                        .value(tag.getValue())
                        .propagateAtLaunch(false)
                        .build())
                .toList();
        SimulatedRegion.aws().operator().autoScaling().createOrUpdateTags(r -> r.tags(asTags));
    }

    @Test
    void nothingIsHeldAtFirst() throws Exception {
        SimulatedRegion.createGroup("web", 2);
        assertTrue(text().contains("No group is held by a deployment."), this::shown);
    }

    private String shown() {
        try {
            return text();
        } catch (Exception e) {
            return e.toString();
        }
    }

    @Test
    void groupBeingDeployedToIsShownWithItsBuildAndCannotBeRestored() throws Exception {
        SimulatedRegion.createGroup("web", 2);
        WorkflowRun run = start("rollingAmiDeploy(region: 'simulated-1', group: 'web', ami: '"
                + SimulatedRegion.goodImage() + "') { semaphore 'gate' }");
        SemaphoreStep.waitForStart("gate/1", run);
        HtmlPage page = client.goTo(PAGE);
        String text = page.asNormalizedText();
        assertTrue(text.contains("Being deployed to") && text.contains("waiting for the block"), text);
        assertTrue(text.contains("1 / 2 / 4"), text);
        assertEquals(
                jenkins.contextPath + "/job/deploy/1/",
                page.getAnchorByText("deploy 1").getHrefAttribute());
        assertTrue(page.getByXPath("//a[starts-with(@href, 'confirm')]").isEmpty());
        SemaphoreStep.success("gate/1", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }

    @Test
    void groupOfADeploymentThatIsOverIsRestored() throws Exception {
        SimulatedRegion.createGroup("web", 2);
        leaseTo("web", jenkins.jenkins.getRootUrl());
        HtmlPage page = client.goTo(PAGE);
        assertTrue(page.asNormalizedText().contains("Left behind"), page.asNormalizedText());
        HtmlPage confirm = page.<HtmlAnchor>getFirstByXPath("//a[starts-with(@href, 'confirm')]")
                .click();
        assertTrue(confirm.asNormalizedText().contains("Restore web in simulated-1?"), confirm.asNormalizedText());
        jenkins.submit(confirm.getFormByName("restore"));
        while (SimulatedRegion.leased("web") || text().contains("Running")) {
            Thread.sleep(50);
        }
        String text = text();
        assertTrue(text.contains("web in simulated-1: Done"), text);
        assertTrue(text.contains("Restoring after web/deploy 42"), text);
        assertTrue(text.contains("Group web is restored"), text);
    }

    @Test
    void groupOfAnotherControllerIsShownAndLeftAlone() throws Exception {
        SimulatedRegion.createGroup("web", 2);
        leaseTo("web", "https://other.example.com/");
        HtmlPage page = client.goTo(PAGE);
        String text = page.asNormalizedText();
        assertTrue(text.contains("Held by another controller") && text.contains("https://other.example.com/"), text);
        assertTrue(page.getByXPath("//a[starts-with(@href, 'confirm')]").isEmpty());
        assertThrows(Failure.class, () -> new LeasesLink().doRestore(SimulatedRegion.NAME, "web", "0123456789ab"));
        assertTrue(SimulatedRegion.leased("web"));
    }

    @Test
    void groupThatWasGivenBackMeanwhileIsNotRestored() throws Exception {
        SimulatedRegion.createGroup("web", 2);
        HtmlPage confirm = client.goTo(PAGE + "confirm?region=simulated-1&group=web&deployment=0123456789ab");
        assertTrue(confirm.asNormalizedText().contains("Nothing to restore"), confirm.asNormalizedText());
    }

    @Test
    void placesThatCannotBeReadAreToldInAwssWords() throws Exception {
        addCredentials();
        try (FakeEndpoint aws = new FakeEndpoint(call -> Answer.error(
                403, "AccessDenied", "me is not authorized to perform: autoscaling:DescribeAutoScalingGroups"))) {
            configure(aws);
            String text = text();
            while (text.contains("AWS has not answered yet")) { // the first call of a controller is slow
                text = text();
            }
            assertTrue(text.contains("These places could not be read"), text);
            assertTrue(text.contains("eu-west-1 with the administrator"), text);
            assertTrue(text.contains("not authorized to perform: autoscaling:DescribeAutoScalingGroups"), text);
        }
    }

    @Test
    void awsThatDoesNotAnswerDoesNotHoldThePage() throws Exception {
        addCredentials();
        CountDownLatch over = new CountDownLatch(1);
        try (FakeEndpoint aws = new FakeEndpoint(call -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Answer.of(call, "");
        })) {
            configure(aws);
            Instant before = Instant.now();
            String text = text();
            assertTrue(Duration.between(before, Instant.now()).toSeconds() < 12);
            assertTrue(text.contains("AWS has not answered yet") && text.contains("eu-west-1"), text);
            over.countDown();
        }
    }

    private void addCredentials() throws Exception {
        CredentialsProvider.lookupStores(jenkins.jenkins)
                .iterator()
                .next()
                .addCredentials(
                        Domain.global(),
                        new AWSCredentialsImpl(CredentialsScope.SYSTEM, "deploy", "AKIA", "a-secret", ""));
    }

    private static void configure(FakeEndpoint aws) {
        AmiDeployConfiguration.get().setRegion("eu-west-1");
        AmiDeployConfiguration.get().setCredentialsId("deploy");
        AmiDeployConfiguration.get().setEndpoint(aws.url().toString());
    }

    @Test
    void onlyAdministratorsSeeThePage() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Jenkins.MANAGE, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("manager")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        client.login("manager");
        for (String path : List.of("", "renewed", "confirm")) {
            var refused = assertThrows(FailingHttpStatusCodeException.class, () -> client.goTo(PAGE + path));
            assertEquals(HttpURLConnection.HTTP_FORBIDDEN, refused.getStatusCode());
        }
        client.login("admin");
        assertTrue(text().contains("No group is held"));
        assertFalse(client.goTo(PAGE).getByXPath("//*[@id='ami-deploy-leases']").isEmpty());
    }
}
