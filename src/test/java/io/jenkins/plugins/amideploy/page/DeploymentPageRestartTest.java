package io.jenkins.plugins.amideploy.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.history.History;
import io.jenkins.plugins.amideploy.core.history.Life;
import io.jenkins.plugins.amideploy.driver.DeploymentHistory;
import io.jenkins.plugins.amideploy.driver.DeploymentList;
import io.jenkins.plugins.amideploy.fake.SimulatedRegion;
import java.util.List;
import jenkins.model.Jenkins;
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

/** A controller that restarts while a deployment is looked at. */
@Timeout(600)
class DeploymentPageRestartTest {
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

    private static History history() throws Exception {
        return DeploymentHistory.of(run(), DeploymentList.of(run()).get(0).id());
    }

    private static void start(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "deploy");
        job.setDefinition(new CpsFlowDefinition(
                "rollingAmiDeploy(region: 'simulated-1', group: 'web', ami: '" + SimulatedRegion.goodImage()
                        + "', warmup: 60)",
                true));
        job.scheduleBuild2(0).waitForStart();
        while (DeploymentList.of(run()).isEmpty() || !history().progress().startsWith("2/")) {
            Thread.sleep(50);
        }
    }

    @Test
    void aRestartNeitherLosesNorDoublesWhatHappened() throws Throwable {
        sessions.then(DeploymentPageRestartTest::start);
        History[] before = new History[1];
        sessions.then(jenkins -> {
            before[0] = history();
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run()));
        });
        sessions.then(jenkins -> {
            History after = history();
            assertEquals(
                    before[0].events(),
                    after.events().subList(0, before[0].events().size()));
            List<String> texts = after.events().stream().map(Event::text).toList();
            assertEquals(texts.stream().distinct().toList(), texts);
            assertEquals(12, after.lives().size());
            assertEquals(
                    6,
                    after.lives().stream()
                            .filter(life -> life.latest().state()
                                    == io.jenkins.plugins.amideploy.core.deployment.Sight.State.IN_SERVICE)
                            .count());
            for (Life life : after.lives()) {
                List<?> states = life.spans().stream().map(Life.Span::state).toList();
                assertEquals(states.stream().distinct().toList(), states, () -> "" + life);
            }
            assertEquals(
                    1,
                    after.phases().stream()
                            .filter(phase -> phase.name().equals("REPLACE"))
                            .count());
            HtmlPage page =
                    jenkins.createWebClient().withJavaScriptEnabled(false).getPage(run(), "ami-deploy/");
            assertTrue(page.getBody().asNormalizedText().contains("Done in "));
        });
    }
}
