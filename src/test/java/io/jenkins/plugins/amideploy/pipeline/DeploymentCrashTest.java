package io.jenkins.plugins.amideploy.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.amideploy.fake.FakeWorld;
import java.io.File;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller whose process is killed in the middle of a deployment. */
@Timeout(600)
class DeploymentCrashTest {
    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension()
            .addSyntheticPlugin(new RealJenkinsExtension.SyntheticPlugin(FakeWorld.class)
                    .header("Plugin-Dependencies", "ami-deploy:0"));

    private static void start(FlowDurabilityHint durability) throws Exception {
        WorkflowJob job = Jenkins.get().createProject(WorkflowJob.class, "deploy");
        job.addProperty(new DurabilityHintJobProperty(durability));
        job.setDefinition(new CpsFlowDefinition(
                "rollingAmiDeploy(region: 'fake-1', group: 'web', ami: 'ami-1', batchSize: 30, warmup: 200)", true));
        job.scheduleBuild2(0).waitForStart();
        while (FakeWorld.instances("web") != 5) {
            Thread.sleep(20);
        }
    }

    private static WorkflowRun run() {
        return Jenkins.get().getItemByFullName("deploy", WorkflowJob.class).getBuildByNumber(1);
    }

    @Test
    void deploymentGoesOnAfterACrash() throws Throwable {
        jenkins.startJenkins();
        jenkins.runRemotely(DeploymentCrashTest::startDurable);
        jenkins.stopJenkinsForcibly();
        jenkins.startJenkins();
        jenkins.runRemotely(DeploymentCrashTest::completes);
    }

    private static void startDurable(JenkinsRule rule) throws Throwable {
        start(FlowDurabilityHint.MAX_SURVIVABILITY);
    }

    private static void completes(JenkinsRule rule) throws Throwable {
        rule.assertBuildStatusSuccess(rule.waitForCompletion(run()));
        assertEquals(30, FakeWorld.instances("web"));
    }

    /** Such a Pipeline does not survive a crash; its deployment must not be left as it is. */
    @Test
    void deploymentOfAPipelineThatDidNotSurviveIsUnwound() throws Throwable {
        jenkins.startJenkins();
        jenkins.runRemotely(DeploymentCrashTest::startFast);
        jenkins.stopJenkinsForcibly();
        jenkins.startJenkins();
        jenkins.runRemotely(DeploymentCrashTest::unwinds);
    }

    private static void startFast(JenkinsRule rule) throws Throwable {
        start(FlowDurabilityHint.PERFORMANCE_OPTIMIZED);
    }

    private static void unwinds(JenkinsRule rule) throws Throwable {
        rule.assertBuildStatus(Result.FAILURE, rule.waitForCompletion(run()));
        while (new File(Jenkins.get().getRootDir(), "ami-deploy").list().length > 0) {
            Thread.sleep(50);
        }
        assertEquals(0, FakeWorld.instances("web"));
    }
}
