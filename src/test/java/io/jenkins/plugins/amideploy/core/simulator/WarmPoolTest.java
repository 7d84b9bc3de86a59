package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.DescribeWarmPoolResponse;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.PutWarmPoolRequest;
import software.amazon.awssdk.services.autoscaling.model.ResourceInUseException;
import software.amazon.awssdk.services.autoscaling.model.WarmPoolState;
import software.amazon.awssdk.services.autoscaling.model.WarmPoolStatus;

class WarmPoolTest {
    private final TestWorld world = new TestWorld(Behaviour.immediate().withBoot(Duration.ofMinutes(6), Duration.ZERO));

    private void put(Consumer<PutWarmPoolRequest.Builder> pool) {
        world.aws.autoScaling().putWarmPool(request -> {
            request.autoScalingGroupName(TestWorld.GROUP);
            pool.accept(request);
        });
    }

    private DescribeWarmPoolResponse pool() {
        return world.aws.autoScaling().describeWarmPool(request -> request.autoScalingGroupName(TestWorld.GROUP));
    }

    private long warmed(LifecycleState state) {
        return pool().instances().stream()
                .filter(instance -> instance.lifecycleState() == state)
                .count();
    }

    @Test
    void aPoolFillsToTheMaximumOfItsGroupAndIsNoneOfItsCapacity() {
        world.aws.createGroup(world.spec().sizes(1, 2, 4));
        put(pool -> {});
        assertEquals(WarmPoolState.STOPPED, pool().warmPoolConfiguration().poolState());
        world.until(() -> warmed(LifecycleState.WARMED_STOPPED) == 2);
        assertEquals(2, world.instances().size());
        assertEquals(2, world.group().warmPoolSize());
        assertEquals(2, world.aws.watch(TestWorld.GROUP).serving());
        world.advance(Duration.ofHours(1));
        assertEquals(2, warmed(LifecycleState.WARMED_STOPPED));
    }

    @Test
    void theMinimumAndThePreparedCapacityGiveThePoolItsSize() {
        world.aws.createGroup(world.spec().sizes(1, 2, 9));
        put(pool -> pool.maxGroupPreparedCapacity(3).poolState(WarmPoolState.RUNNING));
        world.until(() -> warmed(LifecycleState.WARMED_RUNNING) == 1);
        put(pool -> pool.maxGroupPreparedCapacity(3).minSize(2).poolState(WarmPoolState.RUNNING));
        world.until(() -> warmed(LifecycleState.WARMED_RUNNING) == 2);
    }

    @Test
    void launchingFromThePoolIsFaster() {
        world.aws.createGroup(world.spec().sizes(1, 2, 4));
        put(pool -> pool.minSize(1).maxGroupPreparedCapacity(3));
        world.until(() -> warmed(LifecycleState.WARMED_STOPPED) == 1);
        String warm = pool().instances().get(0).instanceId();
        Instant asked = world.aws.clock().instant();
        world.desired(3);
        world.until(() -> world.in(LifecycleState.IN_SERVICE).size() == 3);
        assertEquals(LifecycleState.IN_SERVICE, world.instance(warm).lifecycleState());
        assertTrue(Duration.between(asked, world.aws.clock().instant()).compareTo(Duration.ofMinutes(3)) < 0);
    }

    @Test
    void anInstanceGoesBackWhereThePoolReusesIt() {
        world.aws.createGroup(world.spec().sizes(1, 2, 2));
        put(pool -> pool.instanceReusePolicy(policy -> policy.reuseOnScaleIn(true)));
        List<String> before =
                world.instances().stream().map(Instance::instanceId).toList();
        world.desired(1);
        world.until(() -> warmed(LifecycleState.WARMED_STOPPED) == 1);
        assertTrue(before.contains(pool().instances().get(0).instanceId()));
        assertTrue(world.aws.terminations().isEmpty());
        assertEquals(1, world.instances().size());
    }

    @Test
    void aDeletedPoolIsPendingUntilItsInstancesAreGone() {
        world.aws.createGroup(world.spec().sizes(1, 2, 4));
        put(pool -> {});
        world.until(() -> warmed(LifecycleState.WARMED_STOPPED) == 2);
        world.aws.autoScaling().deleteWarmPool(request -> request.autoScalingGroupName(TestWorld.GROUP));
        assertEquals(
                WarmPoolStatus.PENDING_DELETE, pool().warmPoolConfiguration().status());
        world.until(() -> pool().warmPoolConfiguration() == null);
        assertNull(world.group().warmPoolConfiguration());
        assertEquals(2, instancesLeft());
    }

    @Test
    void thePoolGoesWithItsGroupWhichIsInUseUntilThen() {
        world.aws.createGroup(world.spec().sizes(0, 0, 2));
        put(pool -> {});
        world.until(() -> warmed(LifecycleState.WARMED_STOPPED) == 2);
        assertThrows(
                ResourceInUseException.class,
                () -> world.aws
                        .autoScaling()
                        .deleteAutoScalingGroup(request -> request.autoScalingGroupName(TestWorld.GROUP)));
        world.aws
                .autoScaling()
                .deleteAutoScalingGroup(
                        request -> request.autoScalingGroupName(TestWorld.GROUP).forceDelete(true));
        assertEquals("Delete in progress", world.group().status());
        world.until(() -> !world.aws.exists(TestWorld.GROUP));
        assertEquals(0, instancesLeft());
        assertTrue(world.aws.leftovers().stream().noneMatch(left -> left.kind().equals("warm-pool")));
    }

    private long instancesLeft() {
        return world.aws.leftovers().stream()
                .filter(left -> left.kind().equals("instance"))
                .count();
    }
}
