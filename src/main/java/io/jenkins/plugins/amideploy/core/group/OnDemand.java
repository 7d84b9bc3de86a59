package io.jenkins.plugins.amideploy.core.group;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.autoscaling.model.InstancesDistribution;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateOverrides;
import software.amazon.awssdk.services.autoscaling.model.MixedInstancesPolicy;

/**
 * The part of a group's capacity that is launched as On-Demand instances.
 *
 * @param capacity in the units of the group's desired capacity
 * @param weights the instance types it may be launched as, each with the capacity of one instance; none where the group
 *     states requirements instead
 */
public record OnDemand(int capacity, Map<String, Integer> weights) {

    /**
     * Of a group of that desired capacity (Amazon EC2 Auto Scaling API Reference, "InstancesDistribution": the base first,
     * then the percentage above it, all of it where none is given).
     *
     * @param policy null where the group has none
     */
    public static OnDemand of(int desired, MixedInstancesPolicy policy, LaunchSources.Facts launches) {
        if (policy == null) {
            return new OnDemand(launches.spot() ? 0 : desired, unweighted(launches.instanceTypes()));
        }
        List<LaunchTemplateOverrides> overrides = policy.launchTemplate() == null
                ? List.of()
                : policy.launchTemplate().overrides();
        return new OnDemand(
                capacity(desired, policy.instancesDistribution()),
                overrides.isEmpty() ? unweighted(launches.instanceTypes()) : weighted(overrides));
    }

    private static int capacity(int desired, InstancesDistribution distribution) {
        if (distribution == null) {
            return desired;
        }
        int base = distribution.onDemandBaseCapacity() == null ? 0 : distribution.onDemandBaseCapacity();
        int percentage = distribution.onDemandPercentageAboveBaseCapacity() == null
                ? 100
                : distribution.onDemandPercentageAboveBaseCapacity();
        int above = Math.max(0, desired - base);
        return Math.min(desired, base) + (above * percentage + 99) / 100;
    }

    private static Map<String, Integer> unweighted(List<String> types) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        types.forEach(type -> weights.put(type, 1));
        return weights;
    }

    private static Map<String, Integer> weighted(List<LaunchTemplateOverrides> overrides) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        for (LaunchTemplateOverrides override : overrides) {
            if (override.instanceType() == null) {
                return Map.of();
            }
            String weight = override.weightedCapacity();
            weights.put(override.instanceType(), weight == null ? 1 : Integer.parseInt(weight));
        }
        return weights;
    }
}
