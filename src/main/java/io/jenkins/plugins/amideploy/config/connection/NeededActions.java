package io.jenkins.plugins.amideploy.config.connection;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The actions of the policies in the documentation, which are those that the steps need. */
final class NeededActions {
    private static final Set<String> ROLLING = set("""
            autoscaling:CreateLaunchConfiguration autoscaling:CreateOrUpdateTags autoscaling:DeleteLaunchConfiguration
            autoscaling:DeleteTags autoscaling:DescribeAutoScalingGroups autoscaling:DescribeInstanceRefreshes
            autoscaling:DescribeLaunchConfigurations autoscaling:DescribeLifecycleHooks
            autoscaling:DescribeScalingActivities autoscaling:ResumeProcesses autoscaling:SuspendProcesses
            autoscaling:TerminateInstanceInAutoScalingGroup autoscaling:UpdateAutoScalingGroup
            cloudwatch:DescribeAlarms ec2:CreateLaunchTemplate ec2:CreateLaunchTemplateVersion ec2:CreateTags
            ec2:DeleteLaunchTemplate ec2:DeleteLaunchTemplateVersions ec2:DescribeImages ec2:DescribeInstanceTypes
            ec2:DescribeInstances ec2:DescribeLaunchTemplateVersions ec2:DescribeLaunchTemplates ec2:RunInstances
            elasticloadbalancing:DescribeInstanceHealth elasticloadbalancing:DescribeLoadBalancerAttributes
            elasticloadbalancing:DescribeTargetGroupAttributes elasticloadbalancing:DescribeTargetHealth iam:PassRole
            """);
    private static final Set<String> BESIDE = set("""
            autoscaling:AttachLoadBalancerTargetGroups autoscaling:AttachLoadBalancers
            autoscaling:BatchPutScheduledUpdateGroupAction autoscaling:CreateAutoScalingGroup
            autoscaling:DeleteAutoScalingGroup autoscaling:DescribeAccountLimits
            autoscaling:DescribeNotificationConfigurations autoscaling:DescribePolicies
            autoscaling:DescribeScheduledActions autoscaling:EnableMetricsCollection
            autoscaling:PutNotificationConfiguration autoscaling:PutScalingPolicy autoscaling:PutWarmPool
            autoscaling:SetInstanceProtection cloudwatch:DeleteAlarms cloudwatch:PutMetricAlarm
            servicequotas:GetServiceQuota
            """);
    private static final Set<String> TRAFFIC = set("""
            autoscaling:DescribeLoadBalancerTargetGroups autoscaling:DescribeLoadBalancers
            autoscaling:DetachLoadBalancerTargetGroups autoscaling:DetachLoadBalancers cloudwatch:GetMetricData
            ec2:DescribeSecurityGroups elasticloadbalancing:AddListenerCertificates elasticloadbalancing:AddTags
            elasticloadbalancing:ConfigureHealthCheck elasticloadbalancing:CreateListener
            elasticloadbalancing:CreateLoadBalancer elasticloadbalancing:CreateLoadBalancerPolicy
            elasticloadbalancing:CreateRule elasticloadbalancing:CreateTargetGroup
            elasticloadbalancing:DeleteLoadBalancer elasticloadbalancing:DeleteTargetGroup
            elasticloadbalancing:DescribeAccountLimits elasticloadbalancing:DescribeCapacityReservation
            elasticloadbalancing:DescribeListenerAttributes elasticloadbalancing:DescribeListenerCertificates
            elasticloadbalancing:DescribeListeners elasticloadbalancing:DescribeLoadBalancerPolicies
            elasticloadbalancing:DescribeLoadBalancers elasticloadbalancing:DescribeRules
            elasticloadbalancing:DescribeTags elasticloadbalancing:DescribeTargetGroups
            elasticloadbalancing:ModifyCapacityReservation elasticloadbalancing:ModifyListener
            elasticloadbalancing:ModifyListenerAttributes elasticloadbalancing:ModifyLoadBalancerAttributes
            elasticloadbalancing:ModifyRule elasticloadbalancing:ModifyTargetGroupAttributes
            elasticloadbalancing:SetLoadBalancerPoliciesForBackendServer
            elasticloadbalancing:SetLoadBalancerPoliciesOfListener elasticloadbalancing:SetSecurityGroups
            route53:ChangeResourceRecordSets route53:GetChange route53:GetHostedZone route53:ListHostedZonesByName
            route53:ListResourceRecordSets
            """);
    private static final Set<String> IMAGE = set("""
            autoscaling:DescribeAutoScalingGroups autoscaling:DescribeLaunchConfigurations
            ec2:AuthorizeSecurityGroupIngress ec2:CopyImage ec2:CreateImage ec2:CreateSecurityGroup ec2:CreateTags
            ec2:DeleteKeyPair ec2:DeleteSecurityGroup ec2:DeleteSnapshot ec2:DeregisterImage ec2:DescribeImages
            ec2:DescribeInstanceStatus ec2:DescribeInstanceTypes ec2:DescribeInstances ec2:DescribeKeyPairs
            ec2:DescribeLaunchTemplateVersions ec2:DescribeRegions ec2:DescribeSecurityGroups ec2:DescribeSnapshots
            ec2:DescribeSubnets ec2:DescribeVpcs ec2:EnableImageDeprecation ec2:GetConsoleOutput ec2:ImportKeyPair
            ec2:ModifyImageAttribute ec2:RunInstances ec2:StopInstances ec2:TerminateInstances iam:PassRole
            ssm:DescribeInstanceInformation ssm:GetCommandInvocation ssm:GetParameter ssm:ListCommands ssm:SendCommand
            """);
    private static final Set<String> STACK = set("""
            autoscaling:DescribeAutoScalingGroups cloudformation:CancelUpdateStack cloudformation:CreateChangeSet
            cloudformation:DeleteChangeSet cloudformation:DeleteStack cloudformation:DescribeChangeSet
            cloudformation:DescribeStackEvents cloudformation:DescribeStacks cloudformation:ExecuteChangeSet
            cloudformation:GetTemplate cloudformation:GetTemplateSummary cloudformation:ListStackResources
            cloudwatch:DescribeAlarms ec2:DescribeImages
            """);

    private NeededActions() {}

    /** By the step, in the order in which the documentation has them. */
    static Map<String, Set<String>> byStep() {
        Set<String> copying = new TreeSet<>(ROLLING);
        copying.addAll(BESIDE);
        Map<String, Set<String>> steps = new LinkedHashMap<>();
        steps.put("rollingAmiDeploy", ROLLING);
        steps.put("blueVioletDeploy", copying);
        Set<String> moving = new TreeSet<>(copying);
        moving.addAll(TRAFFIC);
        steps.put("blueGreenCutover", moving);
        steps.put("buildAmi", IMAGE);
        steps.put("cfnUpdatePolicyDeploy", STACK);
        return steps;
    }

    /** All of them, each once. */
    static Set<String> all() {
        Set<String> all = new TreeSet<>();
        byStep().values().forEach(all::addAll);
        return all;
    }

    private static Set<String> set(String words) {
        return new TreeSet<>(Stream.of(words.strip().split("\\s+")).toList());
    }
}
