package io.jenkins.plugins.amideploy.core.wire;

import io.jenkins.plugins.amideploy.core.aws.AwsClients;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.CreateAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.LaunchConfiguration;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.Tag;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.elasticloadbalancing.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/** Someone at the AWS console: sets up what there is to deploy to, and looks at it. */
final class Operator {
    private static final int PORT = 80;

    private final AwsClients aws;
    private final MotoServer moto;
    private final List<String> subnets;
    private final String vpc;
    private int named;

    Operator(AwsClients aws, MotoServer moto) {
        this.aws = aws;
        this.moto = moto;
        List<Subnet> all = aws.ec2()
                .describeSubnets(r -> r.filters(filter("default-for-az", "true")))
                .subnets();
        this.subnets = all.stream().map(Subnet::subnetId).limit(2).toList();
        this.vpc = all.get(0).vpcId();
    }

    private static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }

    private String name(String kind) {
        return kind + "-" + ++named;
    }

    // ---- setting up

    /** A launch template with the former image in its only version. */
    String template() {
        return aws.ec2()
                .createLaunchTemplate(r -> r.launchTemplateName(name("template"))
                        .launchTemplateData(
                                d -> d.imageId(MotoServer.FORMER_AMI).instanceType(InstanceType.T3_MICRO)))
                .launchTemplate()
                .launchTemplateId();
    }

    /** A version of a new template, for a group to launch from. */
    LaunchTemplateSpecification version(String version) {
        return LaunchTemplateSpecification.builder()
                .launchTemplateId(template())
                .version(version)
                .build();
    }

    /** A launch configuration with the former image. */
    String configuration() {
        String name = name("configuration");
        aws.autoScaling()
                .createLaunchConfiguration(r -> r.launchConfigurationName(name)
                        .imageId(MotoServer.FORMER_AMI)
                        .instanceType("t3.micro")
                        .userData("IyEvYmluL3NoCg==")
                        .ebsOptimized(true)
                        .instanceMonitoring(m -> m.enabled(false)));
        return name;
    }

    /** A target group that an Application Load Balancer forwards to. */
    String targetGroup() {
        String arn = aws.elbv2()
                .createTargetGroup(r -> r.name(name("targets"))
                        .protocol(ProtocolEnum.HTTP)
                        .port(PORT)
                        .vpcId(vpc))
                .targetGroups()
                .get(0)
                .targetGroupArn();
        String balancer = aws.elbv2()
                .createLoadBalancer(r -> r.name(name("alb")).subnets(subnets))
                .loadBalancers()
                .get(0)
                .loadBalancerArn();
        aws.elbv2()
                .createListener(r -> r.loadBalancerArn(balancer)
                        .protocol(ProtocolEnum.HTTP)
                        .port(PORT)
                        .defaultActions(Action.builder()
                                .type(ActionTypeEnum.FORWARD)
                                .targetGroupArn(arn)
                                .build()));
        return arn;
    }

    String classicBalancer() {
        String name = name("classic");
        aws.elb()
                .createLoadBalancer(r -> r.loadBalancerName(name)
                        .subnets(subnets)
                        .listeners(Listener.builder()
                                .protocol("HTTP")
                                .loadBalancerPort(PORT)
                                .instanceProtocol("HTTP")
                                .instancePort(PORT)
                                .build()));
        // moto gives it none, where AWS gives each one such a health check from its beginning.
        aws.elb()
                .configureHealthCheck(r -> r.loadBalancerName(name)
                        .healthCheck(c -> c.target("TCP:" + PORT)
                                .interval(30)
                                .timeout(5)
                                .healthyThreshold(10)
                                .unhealthyThreshold(2)));
        return name;
    }

    /** A group of that size with its instances in service. */
    String group(Sizes sizes, Consumer<CreateAutoScalingGroupRequest.Builder> launching) {
        String name = name("web");
        aws.autoScaling().createAutoScalingGroup(r -> {
            r.autoScalingGroupName(name)
                    .minSize(sizes.min())
                    .desiredCapacity(sizes.desired())
                    .maxSize(sizes.max())
                    .vpcZoneIdentifier(String.join(",", subnets))
                    .tags(Tag.builder()
                            .key("team")
                            .value("web")
                            .propagateAtLaunch(true)
                            .build());
            launching.accept(r);
        });
        return name;
    }

    /** A group that launches from version 1 of a template. */
    String templateGroup(Sizes sizes) {
        return group(sizes, g -> g.launchTemplate(version("1")));
    }

    void delete(String group) {
        aws.autoScaling()
                .deleteAutoScalingGroup(r -> r.autoScalingGroupName(group).forceDelete(true));
    }

    void protect(String group, String instance) {
        aws.autoScaling()
                .setInstanceProtection(
                        r -> r.autoScalingGroupName(group).instanceIds(instance).protectedFromScaleIn(true));
    }

    /** Sets an instance aside; the group launches another one for it. */
    void standby(String group, String instance) {
        aws.autoScaling()
                .enterStandby(
                        r -> r.autoScalingGroupName(group).instanceIds(instance).shouldDecrementDesiredCapacity(false));
    }

    void suspend(String group, String... processes) {
        aws.autoScaling().suspendProcesses(r -> r.autoScalingGroupName(group).scalingProcesses(processes));
    }

    /** Takes out of a target group whichever of those instances are in it. */
    void deregister(String targetGroup, Set<String> instances) {
        List<TargetDescription> registered =
                aws.elbv2().describeTargetHealth(r -> r.targetGroupArn(targetGroup)).targetHealthDescriptions().stream()
                        .map(TargetHealthDescription::target)
                        .filter(target -> instances.contains(target.id()))
                        .toList();
        if (!registered.isEmpty()) {
            aws.elbv2().deregisterTargets(r -> r.targetGroupArn(targetGroup).targets(registered));
        }
    }

    /** A CloudWatch alarm in that state. */
    String alarm(StateValue state) {
        String name = name("errors");
        aws.cloudWatch()
                .putMetricAlarm(r -> r.alarmName(name)
                        .namespace("AWS/ApplicationELB")
                        .metricName("HTTPCode_Target_5XX_Count")
                        .statistic(Statistic.SUM)
                        .period(60)
                        .evaluationPeriods(1)
                        .threshold(1.0)
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD));
        set(name, state);
        return name;
    }

    void set(String alarm, StateValue state) {
        aws.cloudWatch().setAlarmState(r -> r.alarmName(alarm).stateValue(state).stateReason("7 errors in a minute"));
    }

    /** Gives a group a hook, a policy, a schedule and metrics. */
    void furnish(String group) {
        aws.autoScaling()
                .putLifecycleHook(r -> r.autoScalingGroupName(group)
                        .lifecycleHookName("bootstrap")
                        .lifecycleTransition("autoscaling:EC2_INSTANCE_LAUNCHING")
                        .heartbeatTimeout(90)
                        .defaultResult("CONTINUE"));
        aws.autoScaling()
                .putScalingPolicy(r -> r.autoScalingGroupName(group)
                        .policyName("out")
                        .policyType("SimpleScaling")
                        .adjustmentType("ChangeInCapacity")
                        .scalingAdjustment(2)
                        .cooldown(120));
        aws.autoScaling()
                .putScheduledUpdateGroupAction(r -> r.autoScalingGroupName(group)
                        .scheduledActionName("evening")
                        .recurrence("0 20 * * *")
                        .desiredCapacity(2)
                        .minSize(1)
                        .maxSize(5));
        aws.autoScaling()
                .enableMetricsCollection(r ->
                        r.autoScalingGroupName(group).granularity("1Minute").metrics("GroupDesiredCapacity"));
    }

    /** What {@link #furnish} gives, as {@link #furniture} tells it. */
    Set<String> expectedFurniture() {
        return new TreeSet<>(Set.of(
                "policy out SimpleScaling ChangeInCapacity 2 120",
                "schedule evening 0 20 * * * 1 2 5",
                "metric GroupDesiredCapacity"));
    }

    Set<String> furniture(String group) {
        Set<String> all = new TreeSet<>();
        aws.autoScaling()
                .describePolicies(r -> r.autoScalingGroupName(group))
                .scalingPolicies()
                .forEach(p -> all.add("policy " + p.policyName() + " " + p.policyType() + " " + p.adjustmentType() + " "
                        + p.scalingAdjustment() + " " + p.cooldown()));
        aws.autoScaling()
                .describeScheduledActions(r -> r.autoScalingGroupName(group))
                .scheduledUpdateGroupActions()
                .forEach(a -> all.add("schedule " + a.scheduledActionName() + " " + a.recurrence() + " " + a.minSize()
                        + " " + a.desiredCapacity() + " " + a.maxSize()));
        show(group).enabledMetrics().forEach(m -> all.add("metric " + m.metric()));
        return all;
    }

    // ---- looking

    boolean exists(String group) {
        return !aws.autoScaling()
                .describeAutoScalingGroups(r -> r.autoScalingGroupNames(group))
                .autoScalingGroups()
                .isEmpty();
    }

    AutoScalingGroup show(String group) {
        return aws.autoScaling()
                .describeAutoScalingGroups(r -> r.autoScalingGroupNames(group))
                .autoScalingGroups()
                .get(0);
    }

    Set<String> instances(String group) {
        Set<String> ids = new TreeSet<>();
        show(group).instances().forEach(instance -> ids.add(instance.instanceId()));
        return ids;
    }

    /** The image of each of those instances, as EC2 tells it. */
    Map<String, String> images(Set<String> ids) {
        Map<String, String> images = new TreeMap<>();
        aws.ec2()
                .describeInstances(r -> r.instanceIds(ids))
                .reservations()
                .forEach(reservation -> reservation
                        .instances()
                        .forEach((Instance instance) -> images.put(instance.instanceId(), instance.imageId())));
        return images;
    }

    /** The instances of a group that run that image. */
    Set<String> instancesRunning(String group, String image) {
        Map<String, String> images = images(instances(group));
        images.values().removeIf(other -> !other.equals(image));
        return images.keySet();
    }

    Set<String> addresses(Set<String> ids) {
        Set<String> addresses = new TreeSet<>();
        aws.ec2()
                .describeInstances(r -> r.instanceIds(ids))
                .reservations()
                .forEach(reservation ->
                        reservation.instances().forEach(instance -> addresses.add(instance.privateIpAddress())));
        return addresses;
    }

    String anyInstance(String group) {
        return instances(group).iterator().next();
    }

    /** Every instance that runs, in whichever group or in none. */
    Set<String> runningAnywhere() {
        Set<String> ids = new TreeSet<>();
        aws.ec2()
                .describeInstances(r -> r.filters(filter("instance-state-name", "running")))
                .reservations()
                .forEach(reservation -> reservation.instances().forEach(instance -> ids.add(instance.instanceId())));
        return ids;
    }

    /** Every instance that a group has. */
    Set<String> inAnyGroup() {
        Set<String> ids = new TreeSet<>();
        aws.autoScaling()
                .describeAutoScalingGroups(r -> r.maxRecords(100))
                .autoScalingGroups()
                .forEach(group -> group.instances().forEach(instance -> ids.add(instance.instanceId())));
        return ids;
    }

    Set<String> configurations() {
        Set<String> names = new TreeSet<>();
        aws.autoScaling().describeLaunchConfigurations().launchConfigurations().stream()
                .map(LaunchConfiguration::launchConfigurationName)
                .forEach(names::add);
        return names;
    }

    /** That configuration and the copies that deployments made of it. */
    Set<String> copiesOf(String original) {
        Set<String> names = configurations();
        names.removeIf(name -> !name.equals(original) && !name.startsWith(original + "-ami-deploy-"));
        return names;
    }

    LaunchConfiguration configuration(String name) {
        return aws.autoScaling()
                .describeLaunchConfigurations(r -> r.launchConfigurationNames(name))
                .launchConfigurations()
                .get(0);
    }

    ResponseLaunchTemplateData template(String id, String version) {
        return aws.ec2()
                .describeLaunchTemplateVersions(r -> r.launchTemplateId(id).versions(version))
                .launchTemplateVersions()
                .get(0)
                .launchTemplateData();
    }

    /** The versions of a template that have not been deleted. */
    Set<Long> versions(String template) {
        Set<Long> versions = new TreeSet<>();
        aws.ec2()
                .describeLaunchTemplateVersions(r -> r.launchTemplateId(template))
                .launchTemplateVersions()
                .forEach(version -> versions.add(version.versionNumber()));
        versions.removeIf(version -> moto.gaps().deletedVersions().contains(template + "/" + version));
        return versions;
    }
}
