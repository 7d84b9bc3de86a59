package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.CapacityDistributionStrategy;
import software.amazon.awssdk.services.autoscaling.model.CapacityReservationPreference;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;

/** The settings of a group that need no more than to be kept; those that a request leaves out stay as they are. */
final class GroupSettings {
    static final String SERVICE_LINKED_ROLE = "arn:aws:iam::" + Service.ACCOUNT
            + ":role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";

    /** What a group shows that was created without these attributes. */
    static final AutoScalingGroup KEPT_BY_DEFAULT = AutoScalingGroup.builder()
            .serviceLinkedRoleARN(SERVICE_LINKED_ROLE)
            .availabilityZoneDistribution(distribution ->
                    distribution.capacityDistributionStrategy(CapacityDistributionStrategy.BALANCED_BEST_EFFORT))
            .availabilityZoneImpairmentPolicy(policy -> policy.zonalShiftEnabled(false))
            .capacityReservationSpecification(
                    specification -> specification.capacityReservationPreference(CapacityReservationPreference.DEFAULT))
            .build();

    private GroupSettings() {}

    static void create(World world, SimulatedGroup group, UpdateAutoScalingGroupRequest settings) {
        apply(world, group, settings);
        if (group.zones.isEmpty()) {
            throw Rejection.validation("At least one Availability Zone or VPC Subnet is required.");
        }
    }

    static void apply(World world, SimulatedGroup group, UpdateAutoScalingGroupRequest request) {
        zones(world, group, request);
        set(request.healthCheckType(), value -> group.healthCheckType = value);
        set(request.healthCheckGracePeriod(), value -> group.gracePeriod = value);
        set(request.defaultCooldown(), value -> group.cooldown = value);
        set(request.defaultInstanceWarmup(), value -> group.warmup = value < 0 ? null : value);
        set(request.maxInstanceLifetime(), value -> group.maxInstanceLifetime = value == 0 ? null : value);
        set(request.capacityRebalance(), value -> group.capacityRebalance = value);
        set(
                request.instanceMaintenancePolicy(),
                value -> group.maintenance = value.minHealthyPercentage() < 0 ? null : value);
        set(request.newInstancesProtectedFromScaleIn(), value -> group.newInstancesProtected = value);
        if (!request.terminationPolicies().isEmpty()) {
            group.terminationPolicies = List.copyOf(request.terminationPolicies());
        }
        keep(group, request);
    }

    private static void zones(World world, SimulatedGroup group, UpdateAutoScalingGroupRequest request) {
        if (request.vpcZoneIdentifier() != null) {
            List<String> subnets = Subnets.split(request.vpcZoneIdentifier());
            List<String> zones = subnets.stream()
                    .map(subnet -> Subnets.zoneOf(world.region, subnet)
                            .orElseThrow(() -> Rejection.validation("The subnet ID '" + subnet + "' does not exist")))
                    .distinct()
                    .toList();
            if (!request.availabilityZones().isEmpty()
                    && !Set.copyOf(request.availabilityZones()).equals(Set.copyOf(zones))) {
                throw Rejection.validation(
                        "The availability zones of the specified subnets and the Auto Scaling group" + " do not match");
            }
            group.subnets = subnets;
            group.zones = zones;
        } else if (!request.availabilityZones().isEmpty()) {
            request.availabilityZones().stream()
                    .filter(zone -> !zone.matches(world.region + "[a-z]"))
                    .findAny()
                    .ifPresent(zone -> {
                        throw Rejection.validation("Invalid availability zones: [" + zone + "]");
                    });
            group.zones = List.copyOf(request.availabilityZones());
            group.subnets = group.zones.stream().map(Subnets::of).toList();
        }
    }

    /** An empty placement group removes it. */
    private static void keep(SimulatedGroup group, UpdateAutoScalingGroupRequest request) {
        AutoScalingGroup.Builder kept = group.kept.toBuilder();
        set(request.placementGroup(), value -> kept.placementGroup(value.isEmpty() ? null : value));
        set(request.context(), value -> kept.context(value));
        set(request.desiredCapacityType(), value -> kept.desiredCapacityType(value));
        set(request.serviceLinkedRoleARN(), value -> kept.serviceLinkedRoleARN(value));
        set(request.availabilityZoneDistribution(), value -> kept.availabilityZoneDistribution(value));
        set(request.availabilityZoneImpairmentPolicy(), value -> kept.availabilityZoneImpairmentPolicy(value));
        set(request.capacityReservationSpecification(), value -> kept.capacityReservationSpecification(value));
        group.kept = kept.build();
    }

    private static <T> void set(T value, Consumer<T> setting) {
        if (value != null) {
            setting.accept(value);
        }
    }
}
