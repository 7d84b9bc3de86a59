package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.CreateAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateOverrides;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.MetricType;
import software.amazon.awssdk.services.autoscaling.model.Tag;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** Makes a group as if it had been in service for an hour already. */
final class GroupSetup {
    private final World world;
    private final Clients clients;

    GroupSetup(World world, Clients clients) {
        this.world = world;
        this.clients = clients;
    }

    void create(GroupSpec spec) {
        AutoScalingClient autoScaling = clients.autoScaling();
        autoScaling.createAutoScalingGroup(request(spec));
        SimulatedGroup group = world.groups.get(spec.name);
        for (HookSpec hook : spec.hooks) {
            group.hooks.put(hook.name(), HookOperations.of(group, hook));
            group.hookSpecs.put(hook.name(), hook);
        }
        spec.policies.forEach(policy -> policy(spec, policy));
        for (int i = 0; group.capacity() < group.desired; i++) {
            inService(group, i);
        }
        group.launches = 0;
        group.reasons.clear();
        group.watch.reset();
        group.balancers().forEach(balancer -> balancer.watch.reset());
    }

    private CreateAutoScalingGroupRequest request(GroupSpec spec) {
        CreateAutoScalingGroupRequest.Builder request = CreateAutoScalingGroupRequest.builder()
                .autoScalingGroupName(spec.name)
                .minSize(spec.min)
                .maxSize(spec.max)
                .desiredCapacity(spec.desired)
                .vpcZoneIdentifier(
                        String.join(",", spec.zones.stream().map(Subnets::of).toList()))
                .healthCheckType(spec.healthCheckType)
                .healthCheckGracePeriod((int) spec.gracePeriod.toSeconds())
                .terminationPolicies(spec.terminationPolicies)
                .newInstancesProtectedFromScaleIn(spec.protectedFromScaleIn)
                .loadBalancerNames(spec.classicNames)
                .targetGroupARNs(spec.targetGroupArns)
                .tags(tags(spec));
        switch (spec.source) {
            case LAUNCH_CONFIGURATION -> request.launchConfigurationName(launchConfiguration(spec));
            case LAUNCH_TEMPLATE -> {
                String id = launchTemplate(spec);
                request.launchTemplate(template -> template.launchTemplateId(id).version(spec.version));
            }
            case MIXED_INSTANCES -> mixed(request, spec);
        }
        return request.build();
    }

    private static List<Tag> tags(GroupSpec spec) {
        return spec.tags.entrySet().stream()
                .map(tag -> Tag.builder()
                        .resourceId(spec.name)
                        .resourceType("auto-scaling-group")
                        .key(tag.getKey())
                        .value(tag.getValue())
                        .propagateAtLaunch(true)
                        .build())
                .toList();
    }

    private String launchTemplate(GroupSpec spec) {
        return clients.ec2()
                .createLaunchTemplate(request -> request.launchTemplateName(spec.name + "-template")
                        .versionDescription("first")
                        .launchTemplateData(data -> data.imageId(spec.imageId)
                                .instanceType(spec.types.get(0))
                                .keyName("operations")
                                .securityGroupIds("sg-0f000000000000001")))
                .launchTemplate()
                .launchTemplateId();
    }

    private String launchConfiguration(GroupSpec spec) {
        String name = spec.name + "-configuration";
        clients.autoScaling()
                .createLaunchConfiguration(request -> request.launchConfigurationName(name)
                        .imageId(spec.imageId)
                        .instanceType(spec.types.get(0))
                        .keyName("operations")
                        .securityGroups("sg-0f000000000000001"));
        return name;
    }

    private void mixed(CreateAutoScalingGroupRequest.Builder request, GroupSpec spec) {
        String id = launchTemplate(spec);
        List<LaunchTemplateOverrides> overrides = new ArrayList<>();
        for (int i = 0; i < spec.types.size(); i++) {
            overrides.add(LaunchTemplateOverrides.builder()
                    .instanceType(spec.types.get(i))
                    .weightedCapacity(
                            spec.weights.isEmpty() ? null : spec.weights.get(i).toString())
                    .build());
        }
        request.mixedInstancesPolicy(policy -> policy.instancesDistribution(
                        distribution -> distribution.onDemandPercentageAboveBaseCapacity(spec.onDemandPercent))
                .launchTemplate(template -> template.overrides(overrides)
                        .launchTemplateSpecification(
                                chosen -> chosen.launchTemplateId(id).version(spec.version))));
    }

    private void policy(GroupSpec spec, String name) {
        clients.autoScaling()
                .putScalingPolicy(request -> request.autoScalingGroupName(spec.name)
                        .policyName(name)
                        .policyType(PolicyOperations.TARGET_TRACKING)
                        .targetTrackingConfiguration(tracking -> tracking.targetValue(50.0)
                                .predefinedMetricSpecification(metric ->
                                        metric.predefinedMetricType(MetricType.ASG_AVERAGE_CPU_UTILIZATION))));
    }

    private void inService(SimulatedGroup group, int index) {
        group.launches = index;
        LaunchSource source = LaunchSource.next(world, group);
        Instant launched = world.clock.now().minus(Duration.ofMinutes(60L + index));
        SimulatedInstance instance = world.launcher.create(
                group, source, world.image(source.imageId()), group.zones.get(index % group.zones.size()), launched);
        instance.booted = true;
        instance.state(InstanceStateName.RUNNING);
        for (Balancer balancer : group.balancers()) {
            balancer.register(instance).settle();
        }
        instance.lifecycle(LifecycleState.IN_SERVICE);
        instance.inServiceSince = launched.plus(world.behaviour.boot());
    }
}
