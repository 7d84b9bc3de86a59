package io.jenkins.plugins.amideploy.config.connection;

import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Finds out what is allowed where IAM does not say it. AWS looks at permissions before it looks for what a call names,
 * so a read of something that does not exist tells whether it is allowed; EC2 has dry runs besides.
 */
final class Trial {
    private static final int THREADS = 8;
    private static final String NOTHING = "ami-deploy-connection-test";
    private static final String NO_TARGETS = "targetgroup/" + NOTHING + "/0000000000000000";
    /** The quota of running On-Demand Standard instances ("Amazon EC2 service quotas"). */
    private static final String RUNNING_INSTANCES = "L-1216C47A";

    private static final String DRY_RUN_PASSED = "DryRunOperation";
    /** As private clouds and test servers say that they do not have an action. */
    private static final Set<String> NO_SUCH_ACTION =
            Set.of("InvalidAction", "UnknownOperationException", "NotImplemented", "HTTP 404", "HTTP 501");

    private final CheckClients aws;
    private final String arns;

    /** @param arns how the ARNs of load balancers begin there, such as {@code arn:aws:elasticloadbalancing:eu-west-1:1:} */
    Trial(CheckClients aws, String arns) {
        this.aws = aws;
        this.arns = arns;
    }

    private Map<String, Consumer<CheckClients>> reads() {
        Map<String, Consumer<CheckClients>> reads = new TreeMap<>();
        groups(reads);
        balancers(reads);
        stacks(reads);
        reads.put("cloudwatch:DescribeAlarms", c -> c.cloudWatch().describeAlarms(r -> r.maxRecords(1)));
        reads.put("ssm:DescribeInstanceInformation", c -> c.ssm().describeInstanceInformation(r -> r.maxResults(5)));
        reads.put("ssm:ListCommands", c -> c.ssm().listCommands(r -> r.maxResults(1)));
        reads.put(
                "ssm:GetCommandInvocation",
                c -> c.ssm()
                        .getCommandInvocation(r -> r.commandId("00000000-0000-0000-0000-000000000000")
                                .instanceId("i-00000000000000000")));
        reads.put(
                "ssm:GetParameter",
                c -> c.ssm()
                        .getParameter(
                                r -> r.name("/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64")));
        reads.put(
                "servicequotas:GetServiceQuota",
                c -> c.serviceQuotas().getServiceQuota(r -> r.serviceCode("ec2").quotaCode(RUNNING_INSTANCES)));
        dryRuns(reads);
        return reads;
    }

    private static void groups(Map<String, Consumer<CheckClients>> reads) {
        reads.put(
                "autoscaling:DescribeAutoScalingGroups",
                c -> c.autoScaling().describeAutoScalingGroups(r -> r.maxRecords(1)));
        reads.put(
                "autoscaling:DescribeLaunchConfigurations",
                c -> c.autoScaling().describeLaunchConfigurations(r -> r.maxRecords(1)));
        reads.put(
                "autoscaling:DescribeScalingActivities",
                c -> c.autoScaling().describeScalingActivities(r -> r.maxRecords(1)));
        reads.put(
                "autoscaling:DescribeInstanceRefreshes",
                c -> c.autoScaling().describeInstanceRefreshes(r -> r.autoScalingGroupName(NOTHING)));
        reads.put(
                "autoscaling:DescribeLifecycleHooks",
                c -> c.autoScaling().describeLifecycleHooks(r -> r.autoScalingGroupName(NOTHING)));
        reads.put(
                "autoscaling:DescribeLoadBalancers",
                c -> c.autoScaling().describeLoadBalancers(r -> r.autoScalingGroupName(NOTHING)));
        reads.put(
                "autoscaling:DescribeLoadBalancerTargetGroups",
                c -> c.autoScaling().describeLoadBalancerTargetGroups(r -> r.autoScalingGroupName(NOTHING)));
        reads.put("autoscaling:DescribeAccountLimits", c -> c.autoScaling().describeAccountLimits());
        reads.put("autoscaling:DescribePolicies", c -> c.autoScaling().describePolicies(r -> r.maxRecords(1)));
        reads.put(
                "autoscaling:DescribeScheduledActions",
                c -> c.autoScaling().describeScheduledActions(r -> r.maxRecords(1)));
        reads.put(
                "autoscaling:DescribeNotificationConfigurations",
                c -> c.autoScaling().describeNotificationConfigurations(r -> r.maxRecords(1)));
    }

    private void balancers(Map<String, Consumer<CheckClients>> reads) {
        reads.put(
                "elasticloadbalancing:DescribeInstanceHealth",
                c -> c.elb().describeInstanceHealth(r -> r.loadBalancerName(NOTHING)));
        reads.put(
                "elasticloadbalancing:DescribeLoadBalancerAttributes",
                c -> c.elb().describeLoadBalancerAttributes(r -> r.loadBalancerName(NOTHING)));
        reads.put(
                "elasticloadbalancing:DescribeAccountLimits", c -> c.elbv2().describeAccountLimits(r -> r.pageSize(1)));
        reads.put(
                "elasticloadbalancing:DescribeLoadBalancers", c -> c.elbv2().describeLoadBalancers(r -> r.pageSize(1)));
        reads.put("elasticloadbalancing:DescribeTargetGroups", c -> c.elbv2().describeTargetGroups(r -> r.pageSize(1)));
        reads.put(
                "elasticloadbalancing:DescribeTargetGroupAttributes",
                c -> c.elbv2().describeTargetGroupAttributes(r -> r.targetGroupArn(arns + NO_TARGETS)));
        reads.put(
                "elasticloadbalancing:DescribeTargetHealth",
                c -> c.elbv2().describeTargetHealth(r -> r.targetGroupArn(arns + NO_TARGETS)));
    }

    private static void stacks(Map<String, Consumer<CheckClients>> reads) {
        reads.put("cloudformation:DescribeStacks", c -> c.cloudFormation().describeStacks(r -> r.stackName(NOTHING)));
        reads.put(
                "cloudformation:DescribeStackEvents",
                c -> c.cloudFormation().describeStackEvents(r -> r.stackName(NOTHING)));
        reads.put(
                "cloudformation:DescribeChangeSet",
                c -> c.cloudFormation()
                        .describeChangeSet(r -> r.stackName(NOTHING).changeSetName(NOTHING)));
        reads.put("cloudformation:GetTemplate", c -> c.cloudFormation().getTemplate(r -> r.stackName(NOTHING)));
        reads.put(
                "cloudformation:GetTemplateSummary",
                c -> c.cloudFormation().getTemplateSummary(r -> r.stackName(NOTHING)));
        reads.put(
                "cloudformation:ListStackResources",
                c -> c.cloudFormation().listStackResources(r -> r.stackName(NOTHING)));
    }

    private static void dryRuns(Map<String, Consumer<CheckClients>> reads) {
        reads.put("ec2:DescribeImages", c -> c.ec2().describeImages(r -> r.dryRun(true)));
        reads.put("ec2:DescribeInstanceStatus", c -> c.ec2().describeInstanceStatus(r -> r.dryRun(true)));
        reads.put("ec2:DescribeInstanceTypes", c -> c.ec2().describeInstanceTypes(r -> r.dryRun(true)));
        reads.put("ec2:DescribeInstances", c -> c.ec2().describeInstances(r -> r.dryRun(true)));
        reads.put("ec2:DescribeKeyPairs", c -> c.ec2().describeKeyPairs(r -> r.dryRun(true)));
        reads.put(
                "ec2:DescribeLaunchTemplateVersions",
                c -> c.ec2()
                        .describeLaunchTemplateVersions(
                                r -> r.versions("$Latest").dryRun(true)));
        reads.put("ec2:DescribeLaunchTemplates", c -> c.ec2().describeLaunchTemplates(r -> r.dryRun(true)));
        reads.put("ec2:DescribeRegions", c -> c.ec2().describeRegions(r -> r.dryRun(true)));
        reads.put("ec2:DescribeSecurityGroups", c -> c.ec2().describeSecurityGroups(r -> r.dryRun(true)));
        reads.put("ec2:DescribeSnapshots", c -> c.ec2().describeSnapshots(r -> r.dryRun(true)));
        reads.put("ec2:DescribeSubnets", c -> c.ec2().describeSubnets(r -> r.dryRun(true)));
        reads.put("ec2:DescribeVpcs", c -> c.ec2().describeVpcs(r -> r.dryRun(true)));
    }

    /** Changes, so only an answer that speaks of permissions counts. */
    private static Map<String, Consumer<CheckClients>> dryChanges() {
        Map<String, Consumer<CheckClients>> changes = new TreeMap<>();
        changes.put(
                "ec2:CreateLaunchTemplate",
                c -> c.ec2()
                        .createLaunchTemplate(r -> r.launchTemplateName(NOTHING)
                                .launchTemplateData(d -> d.instanceType("t3.nano"))
                                .dryRun(true)));
        changes.put(
                "ec2:CreateSecurityGroup",
                c -> c.ec2()
                        .createSecurityGroup(
                                r -> r.groupName(NOTHING).description(NOTHING).dryRun(true)));
        changes.put(
                "ec2:ImportKeyPair",
                c -> c.ec2()
                        .importKeyPair(r -> r.keyName(NOTHING)
                                .publicKeyMaterial(
                                        SdkBytes.fromUtf8String(
                                                "ssh-ed25519 "
                                                        + "AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"))
                                .dryRun(true)));
        return changes;
    }

    /**
     * Tries all that is harmless, several at a time.
     *
     * @param deadline of {@link System#nanoTime()}; what has not been answered by then is not known
     */
    Map<String, Access> run(long deadline) throws InterruptedException {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "AMI Deploy connection test");
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            return thread;
        });
        try {
            Map<String, Callable<Access>> calls = new LinkedHashMap<>();
            reads().forEach((action, call) -> calls.put(action, () -> read(call)));
            dryChanges().forEach((action, call) -> calls.put(action, () -> change(call)));
            long left = Math.max(0, deadline - System.nanoTime());
            var answers = threads.invokeAll(calls.values(), left, TimeUnit.NANOSECONDS)
                    .iterator();
            Map<String, Access> found = new HashMap<>();
            for (String action : calls.keySet()) {
                found.put(action, answer(answers.next()));
            }
            return found;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Access answer(Future<Access> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException | CancellationException e) {
            return Access.UNKNOWN;
        }
    }

    private Access read(Consumer<CheckClients> call) {
        return tried(call, Access.ALLOWED);
    }

    private Access change(Consumer<CheckClients> call) {
        return tried(call, Access.UNKNOWN);
    }

    /** @param refused what it means when AWS refuses for another reason than a permission */
    private Access tried(Consumer<CheckClients> call, Access refused) {
        try {
            call.accept(aws);
            return Access.ALLOWED;
        } catch (SdkException e) {
            AwsFailure failure = AwsFailure.of(e);
            if (failure.code().equals(DRY_RUN_PASSED)) {
                return Access.ALLOWED;
            }
            if (NO_SUCH_ACTION.contains(failure.code())) {
                return Access.UNKNOWN;
            }
            return switch (failure.kind()) {
                case DENIED -> Access.MISSING;
                case REFUSED -> refused;
                default -> Access.UNKNOWN;
            };
        }
    }
}
