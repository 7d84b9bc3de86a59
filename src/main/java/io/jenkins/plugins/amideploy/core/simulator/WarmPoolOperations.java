package io.jenkins.plugins.amideploy.core.simulator;

import software.amazon.awssdk.services.autoscaling.model.DeleteWarmPoolRequest;
import software.amazon.awssdk.services.autoscaling.model.DeleteWarmPoolResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeWarmPoolRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeWarmPoolResponse;
import software.amazon.awssdk.services.autoscaling.model.PutWarmPoolRequest;
import software.amazon.awssdk.services.autoscaling.model.PutWarmPoolResponse;
import software.amazon.awssdk.services.autoscaling.model.WarmPoolConfiguration;
import software.amazon.awssdk.services.autoscaling.model.WarmPoolState;

/**
 * Amazon EC2 Auto Scaling API Reference, "PutWarmPool" (what a request leaves out is set to its default), "DescribeWarmPool",
 * "DeleteWarmPool".
 */
final class WarmPoolOperations {
    private final World world;

    WarmPoolOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.AUTO_SCALING, PutWarmPoolRequest.class, this::put);
        operations.on(Service.AUTO_SCALING, DescribeWarmPoolRequest.class, this::describe);
        operations.on(Service.AUTO_SCALING, DeleteWarmPoolRequest.class, this::delete);
    }

    private PutWarmPoolResponse put(PutWarmPoolRequest request) {
        SimulatedGroup group = Groups.toChange(world, request.autoScalingGroupName());
        check(request);
        if (group.pool != null && group.pool.deleting()) {
            throw Rejection.validation("The warm pool of AutoScalingGroup " + group.name + " is pending delete");
        }
        WarmPoolState state = request.poolState() == null ? WarmPoolState.STOPPED : request.poolState();
        Integer least = request.minSize() == null ? Integer.valueOf(0) : request.minSize();
        Integer most = request.maxGroupPreparedCapacity();
        WarmPoolConfiguration configuration = WarmPoolConfiguration.builder()
                .minSize(least)
                .maxGroupPreparedCapacity(Integer.valueOf(-1).equals(most) ? null : most)
                .poolState(state)
                .instanceReusePolicy(request.instanceReusePolicy())
                .build();
        beforeWrite(group);
        if (group.pool == null) {
            group.pool = new WarmPool(world.actor, world.clock.now(), configuration);
        } else {
            group.pool.configuration = configuration;
        }
        world.reconciler.soon(group);
        return PutWarmPoolResponse.builder().build();
    }

    private static void beforeWrite(SimulatedGroup group) {
        group.beforeWrite();
        group.poolLag.beforeWrite(() -> group.pool == null ? null : group.pool.configuration);
    }

    private static void check(PutWarmPoolRequest request) {
        if (request.minSize() != null && request.minSize() < 0) {
            throw Rejection.validation("1 validation error detected: Value '" + request.minSize()
                    + "' at 'minSize' failed to satisfy constraint: Member must have value greater than or equal to 0");
        }
        Integer prepared = request.maxGroupPreparedCapacity();
        if (prepared != null && prepared < -1) {
            throw Rejection.validation(
                    "1 validation error detected: Value '" + prepared + "' at 'maxGroupPreparedCapacity' failed to"
                            + " satisfy constraint: Member must have value greater than or equal to -1");
        }
    }

    private DescribeWarmPoolResponse describe(DescribeWarmPoolRequest request) {
        SimulatedGroup group = Groups.find(world, request.autoScalingGroupName());
        if (group.pool == null || !group.poolLag.visible()) {
            return DescribeWarmPoolResponse.builder().build();
        }
        Pages<SimulatedInstance> page = Pages.of(
                group.pool.instances.values(), request.nextToken(), request.maxRecords(), 50, Groups.badToken());
        return DescribeWarmPoolResponse.builder()
                .warmPoolConfiguration(
                        group.poolLag.read(() -> group.pool.configuration).orElseThrow())
                .instances(page.items().stream().map(GroupView::of).toList())
                .nextToken(page.nextToken())
                .build();
    }

    private DeleteWarmPoolResponse delete(DeleteWarmPoolRequest request) {
        SimulatedGroup group = Groups.toChange(world, request.autoScalingGroupName());
        if (group.pool == null) {
            throw Rejection.validation("No warm pool found for AutoScalingGroup " + group.name);
        }
        beforeWrite(group);
        world.warmPools.delete(group, Boolean.TRUE.equals(request.forceDelete()));
        return DeleteWarmPoolResponse.builder().build();
    }
}
