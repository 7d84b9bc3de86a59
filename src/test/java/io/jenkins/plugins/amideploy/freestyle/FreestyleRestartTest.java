package io.jenkins.plugins.amideploy.freestyle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.amideploy.fake.FakeWorld;
import java.io.File;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A freestyle build does not survive its controller; its deployment must not be left as it is. */
@Timeout(600)
class FreestyleRestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void deploymentIsUnwoundAfterTheStart() throws Throwable {
        sessions.then(jenkins -> {
            FreeStyleProject job = jenkins.createFreeStyleProject("deploy");
            RollingAmiDeployBuilder builder = new RollingAmiDeployBuilder("web", "ami-1");
            builder.region = "fake-1";
            builder.batchSize = "1000";
            job.getBuildersList().add(builder);
            job.scheduleBuild2(0).waitForStart();
            while (FakeWorld.instances("web") < 5) {
                Thread.sleep(20);
            }
        });
        sessions.then(jenkins -> {
            while (new File(Jenkins.get().getRootDir(), "ami-deploy").list().length > 0) {
                Thread.sleep(50);
            }
            assertEquals(0, FakeWorld.instances("web"));
        });
    }
}
