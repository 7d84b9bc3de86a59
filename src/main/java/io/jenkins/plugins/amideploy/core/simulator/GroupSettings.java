package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.autoscaling.model.CreateAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;

/** The settings of a group that need no more than to be kept; those that a request leaves out stay as they are. */
final class GroupSettings {
    private GroupSettings() {}

    static void apply(World world, SimulatedGroup group, CreateAutoScalingGroupRequest request) {
        apply(
                world,
                group,
                UpdateAutoScalingGroupRequest.builder()
                        .availabilityZones(!request.availabilityZones().isEmpty() ? request.availabilityZones() : null)
                        .vpcZoneIdentifier(request.vpcZoneIdentifier())
                        .healthCheckType(request.healthCheckType())
                        .healthCheckGracePeriod(request.healthCheckGracePeriod())
                        .defaultCooldown(request.defaultCooldown())
                        .defaultInstanceWarmup(request.defaultInstanceWarmup())
                        .maxInstanceLifetime(request.maxInstanceLifetime())
                        .capacityRebalance(request.capacityRebalance())
                        .instanceMaintenancePolicy(request.instanceMaintenancePolicy())
                        .terminationPolicies(
                                !request.terminationPolicies().isEmpty() ? request.terminationPolicies() : null)
                        .newInstancesProtectedFromScaleIn(request.newInstancesProtectedFromScaleIn())
                        .build());
        if (group.zones.isEmpty()) {
            throw Rejection.validation("At least one Availability Zone or VPC Subnet is required.");
        }
    }

    static void apply(World world, SimulatedGroup group, UpdateAutoScalingGroupRequest request) {
        if (request.vpcZoneIdentifier() != null) {
            group.subnets = Subnets.split(request.vpcZoneIdentifier());
            group.zones = group.subnets.stream()
                    .map(subnet -> Subnets.zoneOf(world.region, subnet)
                            .orElseThrow(() -> Rejection.validation("The subnet ID '" + subnet + "' does not exist")))
                    .distinct()
                    .toList();
        } else if (!request.availabilityZones().isEmpty()) {
            group.zones = List.copyOf(request.availabilityZones());
            group.subnets = group.zones.stream().map(Subnets::of).toList();
        }
        set(request.healthCheckType(), value -> group.healthCheckType = value);
        set(request.healthCheckGracePeriod(), value -> group.gracePeriod = value);
        set(request.defaultCooldown(), value -> group.cooldown = value);
        set(request.defaultInstanceWarmup(), value -> group.warmup = value < 0 ? null : value);
        set(request.maxInstanceLifetime(), value -> group.maxInstanceLifetime = value);
        set(request.capacityRebalance(), value -> group.capacityRebalance = value);
        set(request.instanceMaintenancePolicy(), value -> group.maintenance = value);
        set(request.newInstancesProtectedFromScaleIn(), value -> group.newInstancesProtected = value);
        if (!request.terminationPolicies().isEmpty()) {
            group.terminationPolicies = List.copyOf(request.terminationPolicies());
        }
    }

    private static <T> void set(T value, Consumer<T> setting) {
        if (value != null) {
            setting.accept(value);
        }
    }
}
