package io.jenkins.plugins.amideploy.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.Result;
import io.jenkins.plugins.amideploy.config.AmiDeployConfiguration;
import io.jenkins.plugins.amideploy.core.wire.MotoServer;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceType;

/** A controller of its own process, with credentials, that deploys over the wire to an AWS which no one here wrote. */
@Timeout(600)
class RollingMotoCrashTest {
    private static final String GROUP = "web";

    @RegisterExtension
    private static final MotoServer MOTO = new MotoServer();

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension();

    private AutoScalingClient autoScaling;
    private Ec2Client ec2;

    @BeforeEach
    void createGroup() {
        var keys = StaticCredentialsProvider.create(AwsBasicCredentials.create("operator", "secret"));
        autoScaling = AutoScalingClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(MOTO.endpoint())
                .credentialsProvider(keys)
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
        ec2 = Ec2Client.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(MOTO.endpoint())
                .credentialsProvider(keys)
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
        String template = ec2.createLaunchTemplate(r -> r.launchTemplateName(GROUP)
                        .launchTemplateData(
                                d -> d.imageId(MotoServer.FORMER_AMI).instanceType(InstanceType.T3_MICRO)))
                .launchTemplate()
                .launchTemplateId();
        autoScaling.createAutoScalingGroup(r -> r.autoScalingGroupName(GROUP)
                .minSize(1)
                .desiredCapacity(4)
                .maxSize(6)
                .availabilityZones("us-east-1a", "us-east-1b")
                .launchTemplate(t -> t.launchTemplateId(template).version("1")));
    }

    private AutoScalingGroup group() {
        return autoScaling
                .describeAutoScalingGroups(r -> r.autoScalingGroupNames(GROUP))
                .autoScalingGroups()
                .get(0);
    }

    private List<String> images() {
        List<String> ids = group().instances().stream().map(i -> i.instanceId()).toList();
        return ec2.describeInstances(r -> r.instanceIds(ids)).reservations().stream()
                .flatMap(r -> r.instances().stream())
                .map(i -> i.imageId())
                .toList();
    }

    private static void configure(JenkinsRule rule, String endpoint) throws Throwable {
        CredentialsProvider.lookupStores(Jenkins.get())
                .iterator()
                .next()
                .addCredentials(
                        Domain.global(),
                        new AWSCredentialsImpl(CredentialsScope.GLOBAL, "aws", "AKIAKEYS", "secret", ""));
        AmiDeployConfiguration.get().setEndpoint(endpoint);
        AmiDeployConfiguration.get().setRegion("us-east-1");
        WorkflowJob job = Jenkins.get().createProject(WorkflowJob.class, "deploy");
        job.setDefinition(new CpsFlowDefinition(
                "rollingAmiDeploy(group: '" + GROUP + "', ami: '" + MotoServer.NEW_AMI + "', credentialsId: 'aws')",
                true));
        job.scheduleBuild2(0).waitForStart();
    }

    private static void completes(JenkinsRule rule) throws Throwable {
        WorkflowRun run =
                Jenkins.get().getItemByFullName("deploy", WorkflowJob.class).getBuildByNumber(1);
        rule.assertBuildStatus(Result.SUCCESS, rule.waitForCompletion(run));
        rule.assertLogContains("4/4", run);
    }

    /** The process is killed after the first new instances came, and another goes on. */
    @Test
    void killedControllerGoesOnWhereItWas() throws Throwable {
        jenkins.startJenkins();
        jenkins.runRemotely(RollingMotoCrashTest::configure, MOTO.endpoint().toString());
        while (!images().contains(MotoServer.NEW_AMI)) {
            Thread.sleep(100);
        }
        jenkins.stopJenkinsForcibly();
        assertTrue(images().contains(MotoServer.FORMER_AMI), "it was in the middle");

        jenkins.startJenkins();
        jenkins.runRemotely(RollingMotoCrashTest::completes);
        assertEquals(List.of(MotoServer.NEW_AMI, MotoServer.NEW_AMI, MotoServer.NEW_AMI, MotoServer.NEW_AMI), images());
        assertEquals(4, group().desiredCapacity());
        assertEquals(6, group().maxSize());
        assertTrue(group().tags().stream().noneMatch(tag -> tag.key().startsWith("ami-deploy:")));
    }
}
