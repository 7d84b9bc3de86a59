package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import software.amazon.awssdk.services.autoscaling.model.DescribeInstanceRefreshesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeInstanceRefreshesResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribePoliciesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribePoliciesResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeWarmPoolRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeWarmPoolResponse;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefresh;
import software.amazon.awssdk.services.autoscaling.model.ScalingPolicy;

/** What a group has that a deployer only reads: scaling policies, instance refreshes; no group has a warm pool. */
final class GroupExtras {
    private final World world;

    GroupExtras(World world, Operations operations) {
        this.world = world;
        operations.on(Service.AUTO_SCALING, DescribePoliciesRequest.class, this::policies);
        operations.on(Service.AUTO_SCALING, DescribeInstanceRefreshesRequest.class, this::refreshes);
        operations.on(Service.AUTO_SCALING, DescribeWarmPoolRequest.class, this::warmPool);
    }

    private DescribePoliciesResponse policies(DescribePoliciesRequest request) {
        List<ScalingPolicy> found = world.groups.values().stream()
                .filter(group -> request.autoScalingGroupName() == null
                        || request.autoScalingGroupName().equals(group.name))
                .flatMap(group -> group.policies.values().stream())
                .filter(policy ->
                        request.policyNames().isEmpty() || request.policyNames().contains(policy.policyName()))
                .filter(policy ->
                        request.policyTypes().isEmpty() || request.policyTypes().contains(policy.policyType()))
                .toList();
        Pages<ScalingPolicy> page = Pages.of(found, request.nextToken(), request.maxRecords(), 100, Groups.badToken());
        return DescribePoliciesResponse.builder()
                .scalingPolicies(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private DescribeInstanceRefreshesResponse refreshes(DescribeInstanceRefreshesRequest request) {
        SimulatedGroup group = Groups.find(world, request.autoScalingGroupName());
        List<InstanceRefresh> found = group.refreshes.stream()
                .filter(refresh -> request.instanceRefreshIds().isEmpty()
                        || request.instanceRefreshIds().contains(refresh.instanceRefreshId()))
                .toList();
        Pages<InstanceRefresh> page =
                Pages.of(found, request.nextToken(), request.maxRecords(), 100, Groups.badToken());
        return DescribeInstanceRefreshesResponse.builder()
                .instanceRefreshes(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private DescribeWarmPoolResponse warmPool(DescribeWarmPoolRequest request) {
        Groups.find(world, request.autoScalingGroupName());
        return DescribeWarmPoolResponse.builder().build();
    }
}
