package io.jenkins.plugins.amideploy.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import io.jenkins.plugins.amideploy.config.AmiDeployConfiguration;
import io.jenkins.plugins.amideploy.core.wire.MotoServer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** A Pipeline with credentials from Jenkins, over the wire. It waits in real time, so there are few of these. */
@WithJenkins
@Timeout(600)
class RollingMotoTest {
    @RegisterExtension
    static final MotoServer MOTO = new MotoServer();

    private static final String REGION = "us-east-1";
    private static final String GROUP = "web";

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        AmiDeployConfiguration.get().setEndpoint(MOTO.endpoint().toString());
        CredentialsProvider.lookupStores(jenkins.jenkins)
                .iterator()
                .next()
                .addCredentials(
                        Domain.global(),
                        new AWSCredentialsImpl(CredentialsScope.GLOBAL, "deployer", "DEPLOYER", "a-secret", ""));
    }

    private static StaticCredentialsProvider operator() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("SOMEONE", "secret"));
    }

    private static AutoScalingClient autoScaling() {
        return AutoScalingClient.builder()
                .region(Region.of(REGION))
                .endpointOverride(MOTO.endpoint())
                .credentialsProvider(operator())
                .build();
    }

    private static Ec2Client ec2() {
        return Ec2Client.builder()
                .region(Region.of(REGION))
                .endpointOverride(MOTO.endpoint())
                .credentialsProvider(operator())
                .build();
    }

    private static AutoScalingGroup group() {
        try (AutoScalingClient client = autoScaling()) {
            return client.describeAutoScalingGroups(r -> r.autoScalingGroupNames(GROUP))
                    .autoScalingGroups()
                    .get(0);
        }
    }

    private static Set<String> images() {
        List<String> ids = group().instances().stream().map(i -> i.instanceId()).toList();
        try (Ec2Client client = ec2()) {
            return client.describeInstances(r -> r.instanceIds(ids)).reservations().stream()
                    .flatMap(r -> r.instances().stream())
                    .map(i -> i.imageId())
                    .collect(Collectors.toSet());
        }
    }

    private static void createGroup() {
        try (AutoScalingClient client = autoScaling();
                Ec2Client ec2 = ec2()) {
            String template = ec2.createLaunchTemplate(r -> r.launchTemplateName(GROUP)
                            .launchTemplateData(
                                    d -> d.imageId(MotoServer.FORMER_AMI).instanceType("t3.small")))
                    .launchTemplate()
                    .launchTemplateId();
            client.createAutoScalingGroup(r -> r.autoScalingGroupName(GROUP)
                    .launchTemplate(t -> t.launchTemplateId(template).version("1"))
                    .minSize(1)
                    .desiredCapacity(3)
                    .maxSize(3)
                    .availabilityZones(REGION + "a"));
        }
    }

    @Test
    void pipelineDeploysOverTheWireWithCredentialsFromJenkins() throws Exception {
        createGroup();
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "def r = rollingAmiDeploy(group: '" + GROUP + "', ami: '" + MotoServer.NEW_AMI
                        + "', batchSize: 3, region: '" + REGION + "', credentialsId: 'deployer')\n"
                        + "echo \"replaced $r.replaced\"",
                true));
        WorkflowRun run = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("replaced 3", run);
        assertEquals(Set.of(MotoServer.NEW_AMI), images());
        assertEquals(List.of(1, 3, 3), List.of(group().minSize(), group().desiredCapacity(), group().maxSize()));
        assertTrue(group().tags().isEmpty());
        jenkins.assertLogNotContains("a-secret", run);
    }
}
