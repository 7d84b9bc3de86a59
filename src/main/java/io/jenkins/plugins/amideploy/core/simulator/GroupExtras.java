package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import software.amazon.awssdk.services.autoscaling.model.DescribeInstanceRefreshesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeInstanceRefreshesResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeWarmPoolRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeWarmPoolResponse;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefresh;

/** What a group has that a deployer only reads: instance refreshes; no group has a warm pool. */
final class GroupExtras {
    private final World world;

    GroupExtras(World world, Operations operations) {
        this.world = world;
        operations.on(Service.AUTO_SCALING, DescribeInstanceRefreshesRequest.class, this::refreshes);
        operations.on(Service.AUTO_SCALING, DescribeWarmPoolRequest.class, this::warmPool);
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
