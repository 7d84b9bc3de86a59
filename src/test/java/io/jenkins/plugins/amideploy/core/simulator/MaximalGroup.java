package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.CapacityDistributionStrategy;
import software.amazon.awssdk.services.autoscaling.model.CapacityReservationPreference;
import software.amazon.awssdk.services.autoscaling.model.CreateAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.ImpairedZoneHealthCheckBehavior;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateOverrides;
import software.amazon.awssdk.services.autoscaling.model.LifecycleHookSpecification;
import software.amazon.awssdk.services.autoscaling.model.MetricType;
import software.amazon.awssdk.services.autoscaling.model.PredictiveScalingMetricSpecification;
import software.amazon.awssdk.services.autoscaling.model.PredictiveScalingMode;
import software.amazon.awssdk.services.autoscaling.model.StepAdjustment;
import software.amazon.awssdk.services.autoscaling.model.Tag;
import software.amazon.awssdk.services.autoscaling.model.WarmPoolState;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/**
 * A group that has everything a group can have, made by an operator: behind two target groups and a Classic Load
 * Balancer, with every kind of policy, and with settings that are all different from the default.
 */
public final class MaximalGroup {
    public static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:operations";
    private static final String ROLE = "arn:aws:iam::123456789012:role/notifier";

    private final SimulatedAws aws;
    private final String name;
    private final AutoScalingClient client;

    /** ARNs of its target groups. */
    public final List<String> targetGroups;

    /** Name of its Classic Load Balancer. */
    public final String classic;

    private MaximalGroup(SimulatedAws aws, String name) {
        this.aws = aws;
        this.name = name;
        this.client = aws.operator().autoScaling();
        this.classic = name + "-classic";
        this.targetGroups = List.of(
                aws.createTargetGroup(TargetGroupSpec.named(name + "-a")),
                aws.createTargetGroup(
                        TargetGroupSpec.named(name + "-b").withDeregistrationDelay(Duration.ofSeconds(120))));
        aws.createClassicLoadBalancer(
                ClassicLoadBalancerSpec.named(classic).withConnectionDraining(Duration.ofSeconds(90)));
    }

    /** Makes it, and lets time pass until all its instances serve behind every balancer. */
    public static MaximalGroup create(SimulatedAws aws, String name, String imageId, GroupSpec.Source source) {
        MaximalGroup group = new MaximalGroup(aws, name);
        group.createGroup(imageId, source);
        group.addPolicies();
        group.addRest();
        for (int second = 0; aws.watch(name).serving() < 3 && second < 3600; second++) {
            aws.clock().advance(Duration.ofSeconds(1));
        }
        aws.clock().advance(Duration.ofMinutes(10));
        aws.watch(name).reset();
        group.targetGroups.forEach(arn -> aws.watchBalancer(arn).reset());
        aws.watchBalancer(group.classic).reset();
        return group;
    }

    private void createGroup(String imageId, GroupSpec.Source source) {
        CreateAutoScalingGroupRequest.Builder request = CreateAutoScalingGroupRequest.builder()
                .autoScalingGroupName(name)
                .minSize(2)
                .desiredCapacity(3)
                .maxSize(7)
                .defaultCooldown(120)
                .vpcZoneIdentifier(Subnets.of("eu-west-1a") + "," + Subnets.of("eu-west-1b"))
                .loadBalancerNames(classic)
                .targetGroupARNs(targetGroups)
                .healthCheckType("ELB,EBS")
                .healthCheckGracePeriod(77)
                .placementGroup("spread-them")
                .terminationPolicies("OldestInstance", "Default")
                .newInstancesProtectedFromScaleIn(true)
                .capacityRebalance(true)
                .serviceLinkedRoleARN(GroupSettings.SERVICE_LINKED_ROLE + "_shop")
                .maxInstanceLifetime(864_000)
                .context("shop")
                .desiredCapacityType("units")
                .defaultInstanceWarmup(45)
                .instanceMaintenancePolicy(
                        policy -> policy.minHealthyPercentage(90).maxHealthyPercentage(120))
                .availabilityZoneDistribution(
                        zones -> zones.capacityDistributionStrategy(CapacityDistributionStrategy.BALANCED_ONLY))
                .availabilityZoneImpairmentPolicy(policy -> policy.zonalShiftEnabled(true)
                        .impairedZoneHealthCheckBehavior(ImpairedZoneHealthCheckBehavior.IGNORE_UNHEALTHY))
                .capacityReservationSpecification(specification -> specification.capacityReservationPreference(
                        CapacityReservationPreference.CAPACITY_RESERVATIONS_FIRST))
                .lifecycleHookSpecificationList(
                        hook("bootstrap", LifecycleHooks.LAUNCHING), hook("drain", LifecycleHooks.TERMINATING))
                .tags(tag("team", "shop", true), tag("owner", "operations", false));
        launchFrom(request, imageId, source);
        client.createAutoScalingGroup(request.build());
    }

    private void launchFrom(CreateAutoScalingGroupRequest.Builder request, String imageId, GroupSpec.Source source) {
        switch (source) {
            case LAUNCH_TEMPLATE ->
                request.launchTemplate(
                        template -> template.launchTemplateId(template(imageId)).version("$Latest"));
            case LAUNCH_CONFIGURATION -> {
                client.createLaunchConfiguration(configuration -> configuration
                        .launchConfigurationName(name + "-configuration")
                        .imageId(imageId)
                        .instanceType("t3.small")
                        .keyName("operations")
                        .userData("c2hvcA==")
                        .securityGroups("sg-0f000000000000001"));
                request.launchConfigurationName(name + "-configuration");
            }
            case MIXED_INSTANCES -> {
                String template = template(imageId);
                request.mixedInstancesPolicy(policy -> policy.instancesDistribution(distribution -> distribution
                                .onDemandBaseCapacity(1)
                                .onDemandPercentageAboveBaseCapacity(50)
                                .spotAllocationStrategy("price-capacity-optimized"))
                        .launchTemplate(launch -> launch.overrides(override("t3.small"), override("t3a.small"))
                                .launchTemplateSpecification(chosen ->
                                        chosen.launchTemplateId(template).version("$Default"))));
            }
        }
    }

    private static LaunchTemplateOverrides override(String type) {
        return LaunchTemplateOverrides.builder()
                .instanceType(type)
                .weightedCapacity("1")
                .build();
    }

    private String template(String imageId) {
        return aws.operator()
                .ec2()
                .createLaunchTemplate(request -> request.launchTemplateName(name + "-template")
                        .launchTemplateData(data -> data.imageId(imageId)
                                .instanceType("t3.small")
                                .keyName("operations")
                                .userData("c2hvcA==")
                                .securityGroupIds("sg-0f000000000000001")))
                .launchTemplate()
                .launchTemplateId();
    }

    private static LifecycleHookSpecification hook(String hook, String transition) {
        return LifecycleHookSpecification.builder()
                .lifecycleHookName(hook)
                .lifecycleTransition(transition)
                .heartbeatTimeout(30)
                .defaultResult("CONTINUE")
                .notificationMetadata("{\"stage\":\"live\"}")
                .notificationTargetARN(TOPIC)
                .roleARN(ROLE)
                .build();
    }

    private static Tag tag(String key, String value, boolean propagate) {
        return Tag.builder().key(key).value(value).propagateAtLaunch(propagate).build();
    }

    private void addPolicies() {
        client.putScalingPolicy(request -> request.autoScalingGroupName(name)
                .policyName("cpu50")
                .policyType(PolicyOperations.TARGET_TRACKING)
                .estimatedInstanceWarmup(60)
                .targetTrackingConfiguration(tracking -> tracking.targetValue(50.0)
                        .predefinedMetricSpecification(
                                metric -> metric.predefinedMetricType(MetricType.ASG_AVERAGE_CPU_UTILIZATION))));
        client.putScalingPolicy(request -> request.autoScalingGroupName(name)
                .policyName("requests")
                .policyType(PolicyOperations.TARGET_TRACKING)
                .enabled(false)
                .targetTrackingConfiguration(tracking -> tracking.targetValue(1000.0)
                        .disableScaleIn(true)
                        .predefinedMetricSpecification(
                                metric -> metric.predefinedMetricType(MetricType.ALB_REQUEST_COUNT_PER_TARGET)
                                        .resourceLabel(label(targetGroups.get(0))))));
        String step = client.putScalingPolicy(request -> request.autoScalingGroupName(name)
                        .policyName("step-out")
                        .policyType(PolicyOperations.STEP)
                        .adjustmentType("PercentChangeInCapacity")
                        .minAdjustmentMagnitude(1)
                        .metricAggregationType("Maximum")
                        .estimatedInstanceWarmup(30)
                        .stepAdjustments(
                                StepAdjustment.builder()
                                        .metricIntervalLowerBound(0.0)
                                        .metricIntervalUpperBound(20.0)
                                        .scalingAdjustment(10)
                                        .build(),
                                StepAdjustment.builder()
                                        .metricIntervalLowerBound(20.0)
                                        .scalingAdjustment(30)
                                        .build()))
                .policyARN();
        String simple = client.putScalingPolicy(request -> request.autoScalingGroupName(name)
                        .policyName("simple-in")
                        .adjustmentType("ChangeInCapacity")
                        .scalingAdjustment(-1)
                        .cooldown(240))
                .policyARN();
        client.putScalingPolicy(request -> request.autoScalingGroupName(name)
                .policyName("forecast")
                .policyType(PolicyOperations.PREDICTIVE)
                .predictiveScalingConfiguration(predictive -> predictive
                        .mode(PredictiveScalingMode.FORECAST_ONLY)
                        .schedulingBufferTime(300)
                        .metricSpecifications(PredictiveScalingMetricSpecification.builder()
                                .targetValue(40.0)
                                .predefinedMetricPairSpecification(
                                        pair -> pair.predefinedMetricType("ASGCPUUtilization"))
                                .build())));
        putAlarm("queue-long", ComparisonOperator.GREATER_THAN_THRESHOLD, step);
        putAlarm("queue-short", ComparisonOperator.LESS_THAN_THRESHOLD, simple);
    }

    private String label(String targetGroup) {
        String balancer = aws.operator()
                .elbv2()
                .describeTargetGroups(request -> request.targetGroupArns(targetGroup))
                .targetGroups()
                .get(0)
                .loadBalancerArns()
                .get(0);
        return balancer.substring(balancer.indexOf("app/")) + "/"
                + targetGroup.substring(targetGroup.indexOf("targetgroup/"));
    }

    private void putAlarm(String alarm, ComparisonOperator compared, String policy) {
        aws.operator()
                .cloudWatch()
                .putMetricAlarm(request -> request.alarmName(name + "-" + alarm)
                        .alarmDescription("the queue of " + name)
                        .namespace("Shop")
                        .metricName("QueueLength")
                        .dimensions(Dimension.builder()
                                .name("AutoScalingGroupName")
                                .value(name)
                                .build())
                        .statistic(Statistic.AVERAGE)
                        .period(60)
                        .evaluationPeriods(3)
                        .datapointsToAlarm(2)
                        .threshold(100.0)
                        .treatMissingData("notBreaching")
                        .comparisonOperator(compared)
                        .okActions(TOPIC)
                        .alarmActions(policy, TOPIC));
    }

    private void addRest() {
        client.putScheduledUpdateGroupAction(request -> request.autoScalingGroupName(name)
                .scheduledActionName("morning")
                .recurrence("0 6 * * 1-5")
                .timeZone("Europe/Berlin")
                .minSize(3)
                .maxSize(9)
                .desiredCapacity(5));
        client.putScheduledUpdateGroupAction(request -> request.autoScalingGroupName(name)
                .scheduledActionName("sale")
                .startTime(SimulatedClock.START.plus(Duration.ofDays(2)))
                .endTime(SimulatedClock.START.plus(Duration.ofDays(3)))
                .maxSize(20));
        client.putNotificationConfiguration(request -> request.autoScalingGroupName(name)
                .topicARN(TOPIC)
                .notificationTypes("autoscaling:EC2_INSTANCE_LAUNCH_ERROR", "autoscaling:EC2_INSTANCE_TERMINATE"));
        client.enableMetricsCollection(request -> request.autoScalingGroupName(name)
                .granularity("1Minute")
                .metrics("GroupInServiceInstances", "GroupDesiredCapacity"));
        client.putWarmPool(request -> request.autoScalingGroupName(name)
                .minSize(1)
                .maxGroupPreparedCapacity(4)
                .poolState(WarmPoolState.STOPPED)
                .instanceReusePolicy(policy -> policy.reuseOnScaleIn(true)));
        client.suspendProcesses(request -> request.autoScalingGroupName(name).scalingProcesses("AZRebalance"));
    }
}
