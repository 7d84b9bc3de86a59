package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import software.amazon.awssdk.services.autoscaling.model.DescribeInstanceRefreshesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeInstanceRefreshesResponse;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefresh;

/** Instance refreshes, which a deployer only reads. */
final class RefreshOperations {
    private final World world;

    RefreshOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.AUTO_SCALING, DescribeInstanceRefreshesRequest.class, this::refreshes);
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
}
