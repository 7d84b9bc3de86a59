package io.jenkins.plugins.amideploy.core.simulator;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticloadbalancing.model.Limit;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeAccountLimitsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeAccountLimitsResponse;

/**
 * The quotas of both generations of Elastic Load Balancing, by the names that "Limit" documents in the API References
 * 2015-12-01 and 2012-06-01.
 */
final class BalancerLimits {
    private final World world;

    BalancerLimits(World world, Operations operations) {
        this.world = world;
        operations.on(Service.ELB_V2, DescribeAccountLimitsRequest.class, this::describe);
        operations.on(
                Service.ELB,
                software.amazon.awssdk.services.elasticloadbalancing.model.DescribeAccountLimitsRequest.class,
                this::describeClassic);
    }

    private Map<String, Integer> limits() {
        Map<String, Integer> limits = new TreeMap<>(Map.of(
                "listeners-per-application-load-balancer", 50,
                "listeners-per-network-load-balancer", 50,
                "rules-per-application-load-balancer", 100,
                "target-groups-per-action-on-application-load-balancer", 5,
                "target-groups-per-application-load-balancer", 100));
        limits.put("application-load-balancers", world.quota(Quota.APPLICATION_LOAD_BALANCERS));
        limits.put("network-load-balancers", world.quota(Quota.NETWORK_LOAD_BALANCERS));
        limits.put("target-groups", world.quota(Quota.TARGET_GROUPS));
        limits.put("targets-per-application-load-balancer", world.quota(Quota.TARGETS_PER_LOAD_BALANCER));
        return limits;
    }

    private DescribeAccountLimitsResponse describe(DescribeAccountLimitsRequest request) {
        Pages<Map.Entry<String, Integer>> page = Pages.of(
                limits().entrySet(), request.marker(), request.pageSize(), 400, TargetGroupOperations.badMarker());
        return DescribeAccountLimitsResponse.builder()
                .limits(page.items().stream()
                        .map(limit -> software.amazon.awssdk.services.elasticloadbalancingv2.model.Limit.builder()
                                .name(limit.getKey())
                                .max(limit.getValue().toString())
                                .build())
                        .toList())
                .nextMarker(page.nextToken())
                .build();
    }

    private software.amazon.awssdk.services.elasticloadbalancing.model.DescribeAccountLimitsResponse describeClassic(
            software.amazon.awssdk.services.elasticloadbalancing.model.DescribeAccountLimitsRequest request) {
        return software.amazon.awssdk.services.elasticloadbalancing.model.DescribeAccountLimitsResponse.builder()
                .limits(
                        classic("classic-load-balancers", world.quota(Quota.CLASSIC_LOAD_BALANCERS)),
                        classic("classic-listeners", 100),
                        classic("classic-registered-instances", world.quota(Quota.INSTANCES_PER_CLASSIC_LOAD_BALANCER)))
                .build();
    }

    private static Limit classic(String name, int most) {
        return Limit.builder().name(name).max(Integer.toString(most)).build();
    }
}
