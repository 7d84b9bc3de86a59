package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingInstanceDetails;
import software.amazon.awssdk.services.autoscaling.model.EnabledMetric;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;
import software.amazon.awssdk.services.autoscaling.model.TrafficSourceIdentifier;

/** A group and its instances as Auto Scaling describes them. */
final class GroupView {
    private GroupView() {}

    static AutoScalingGroup of(SimulatedGroup group) {
        return group.kept.toBuilder()
                .autoScalingGroupName(group.name)
                .autoScalingGroupARN(group.arn)
                .createdTime(group.created)
                .minSize(group.min)
                .maxSize(group.max)
                .desiredCapacity(group.desired)
                .launchConfigurationName(group.launchConfigurationName)
                .launchTemplate(group.template)
                .mixedInstancesPolicy(group.mixed)
                .availabilityZones(group.zones)
                .vpcZoneIdentifier(String.join(",", group.subnets))
                .healthCheckType(group.healthCheckType)
                .healthCheckGracePeriod(group.gracePeriod)
                .defaultCooldown(group.cooldown)
                .defaultInstanceWarmup(group.warmup)
                .maxInstanceLifetime(group.maxInstanceLifetime)
                .capacityRebalance(group.capacityRebalance)
                .instanceMaintenancePolicy(group.maintenance)
                .terminationPolicies(group.terminationPolicies)
                .newInstancesProtectedFromScaleIn(group.newInstancesProtected)
                .loadBalancerNames(attached(group, SimulatedClassic.class))
                .targetGroupARNs(attached(group, SimulatedTargetGroup.class))
                .trafficSources(trafficSources(group))
                .warmPoolConfiguration(group.pool == null ? null : group.pool.configuration)
                .warmPoolSize(group.pool == null ? null : group.pool.instances.size())
                .enabledMetrics(metrics(group))
                .suspendedProcesses(suspended(group))
                .tags(group.tags.values())
                .status(group.deleting ? "Delete in progress" : null)
                .instances(group.instances.values().stream().map(GroupView::of).toList())
                .build();
    }

    static Instance of(SimulatedInstance instance) {
        return Instance.builder()
                .instanceId(instance.id)
                .instanceType(instance.type)
                .availabilityZone(instance.zone)
                .lifecycleState(instance.lifecycle())
                .healthStatus(instance.health())
                .launchConfigurationName(instance.launchConfigurationName)
                .launchTemplate(instance.template)
                .protectedFromScaleIn(instance.protectedFromScaleIn)
                .weightedCapacity(instance.weighted ? Integer.toString(instance.weight) : null)
                .build();
    }

    /** This one call shows the health in capitals. */
    static AutoScalingInstanceDetails detailsOf(SimulatedInstance instance) {
        return AutoScalingInstanceDetails.builder()
                .instanceId(instance.id)
                .instanceType(instance.type)
                .autoScalingGroupName(instance.groupName())
                .availabilityZone(instance.zone)
                .lifecycleState(instance.lifecycle().toString())
                .healthStatus(instance.health().toUpperCase(Locale.ROOT))
                .launchConfigurationName(instance.launchConfigurationName)
                .launchTemplate(instance.template)
                .protectedFromScaleIn(instance.protectedFromScaleIn)
                .weightedCapacity(instance.weighted ? Integer.toString(instance.weight) : null)
                .build();
    }

    private static List<String> attached(SimulatedGroup group, Class<? extends Balancer> kind) {
        return group.balancers().stream()
                .filter(kind::isInstance)
                .map(Balancer::identifier)
                .toList();
    }

    private static List<TrafficSourceIdentifier> trafficSources(SimulatedGroup group) {
        return group.balancers().stream()
                .map(balancer -> TrafficSourceIdentifier.builder()
                        .identifier(balancer.identifier())
                        .type(balancer.trafficSourceType())
                        .build())
                .toList();
    }

    private static List<EnabledMetric> metrics(SimulatedGroup group) {
        return group.metrics.stream()
                .map(metric -> EnabledMetric.builder()
                        .metric(metric)
                        .granularity(MetricsOperations.GRANULARITY)
                        .build())
                .toList();
    }

    private static List<SuspendedProcess> suspended(SimulatedGroup group) {
        return group.suspended.entrySet().stream()
                .map(process -> SuspendedProcess.builder()
                        .processName(process.getKey())
                        .suspensionReason(process.getValue())
                        .build())
                .collect(Collectors.toList());
    }
}
