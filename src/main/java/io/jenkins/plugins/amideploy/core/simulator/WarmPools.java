package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;
import software.amazon.awssdk.services.autoscaling.model.WarmPoolStatus;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/**
 * Fills warm pools, lets groups launch from them and empties them: Amazon EC2 Auto Scaling User Guide, "Warm pools for
 * applications with long boot times". An instance boots once on its way into the pool; from the pool it comes in a third
 * of its boot time, a running one in a few seconds. Lifecycle actions are waited for on the way out of the pool only.
 */
final class WarmPools {
    private static final Duration RUNNING_START = Duration.ofSeconds(5);

    private final World world;

    WarmPools(World world) {
        this.world = world;
    }

    /** Brings the pool to its size. */
    void look(SimulatedGroup group) {
        if (group.pool == null || group.deleting) {
            return;
        }
        int size = group.pool.size(group);
        while (group.pool.instances.size() < size && group.runs("Launch")) {
            if (!launch(group)) {
                return;
            }
        }
        List<SimulatedInstance> all = List.copyOf(group.pool.instances.values());
        long surplus = all.stream().filter(instance -> !instance.terminating()).count() - size;
        all.stream()
                .filter(instance -> !instance.terminating())
                .limit(Math.max(0, surplus))
                .forEach(this::terminate);
    }

    private boolean launch(SimulatedGroup group) {
        LaunchSource source;
        SimulatedImage image;
        try {
            source = LaunchSource.next(world, group);
            image = world.image(source.imageId());
        } catch (World.MissingImage | Rejection e) {
            return false;
        }
        String zone = group.zones.get(group.pool.instances.size() % group.zones.size());
        SimulatedInstance instance = world.launcher.create(group, source, image, zone, world.clock.now());
        instance.lag.beforeWrite(() -> null);
        intoPool(instance);
        instance.activity = world.activities.begin(
                group,
                "Launching a new EC2 instance into warm pool: " + instance.id,
                world.activities.at("an instance was started in response to a difference between desired and actual"
                        + " capacity of the warm pool."),
                zone);
        Duration boot = world.launcher.nextBoot(instance);
        world.clock.after(boot.dividedBy(3), () -> start(instance));
        world.clock.after(boot, () -> warmed(instance));
        return true;
    }

    private static void intoPool(SimulatedInstance instance) {
        SimulatedGroup group = instance.group;
        group.instances.remove(instance.id);
        group.pool.instances.put(instance.id, instance);
        instance.lifecycle(LifecycleState.WARMED_PENDING);
    }

    private static void start(SimulatedInstance instance) {
        if (instance.state() == InstanceStateName.PENDING) {
            instance.state(InstanceStateName.RUNNING);
        }
    }

    private void warmed(SimulatedInstance instance) {
        if (!instance.running() || instance.lifecycle() != LifecycleState.WARMED_PENDING) {
            return;
        }
        LifecycleState state = instance.group.pool.state();
        if (state == LifecycleState.WARMED_RUNNING) {
            settled(instance, state);
            return;
        }
        instance.booted = false;
        instance.state(InstanceStateName.STOPPING);
        world.clock.after(world.draws.of("stop " + instance.id, world.behaviour.shutdown()), () -> {
            if (instance.lifecycle() == LifecycleState.WARMED_PENDING) {
                instance.state(InstanceStateName.STOPPED);
                settled(instance, state);
            }
        });
    }

    private void settled(SimulatedInstance instance, LifecycleState state) {
        instance.lifecycle(state);
        instance.activity.end(world.clock.now(), ScalingActivityStatusCode.SUCCESSFUL, null);
        world.reconciler.soon(instance.group);
    }

    /** A warmed instance joins its group, preferably one in the zone. */
    Optional<SimulatedInstance> take(SimulatedGroup group, String zone, String cause) {
        if (group.pool == null) {
            return Optional.empty();
        }
        List<SimulatedInstance> warm = group.pool.instances.values().stream()
                .filter(instance -> instance.lifecycle() == group.pool.state())
                .toList();
        Optional<SimulatedInstance> taken = warm.stream()
                .filter(instance -> instance.zone.equals(zone))
                .findFirst()
                .or(() -> warm.stream().findFirst());
        taken.ifPresent(instance -> join(group, instance, cause));
        return taken;
    }

    private void join(SimulatedGroup group, SimulatedInstance instance, String cause) {
        boolean running = instance.lifecycle() == LifecycleState.WARMED_RUNNING;
        group.pool.instances.remove(instance.id);
        group.instances.put(instance.id, instance);
        instance.activity = world.activities.begin(
                group, "Launching a new EC2 instance from warm pool: " + instance.id, cause, instance.zone);
        if (!running) {
            instance.state(InstanceStateName.PENDING);
        }
        instance.lifecycle(LifecycleState.PENDING);
        world.launcher.boot(
                instance,
                running ? RUNNING_START : world.launcher.nextBoot(instance).dividedBy(3));
    }

    /** An instance that its group no longer needs goes back, where the pool says so. */
    void giveBack(SimulatedInstance instance, String why) {
        SimulatedGroup group = instance.group;
        instance.lifecycle(LifecycleState.WARMED_PENDING);
        instance.activity = world.activities.begin(
                group, "Returning EC2 instance to warm pool: " + instance.id, why, instance.zone);
        world.terminator.drain(instance, () -> {
            if (instance.group != null && instance.group.pool != null) {
                intoPool(instance);
                warmed(instance);
            }
        });
    }

    /** @param force whether the pool is gone at once, else when its last instance is */
    void delete(SimulatedGroup group, boolean force) {
        List<SimulatedInstance> instances = List.copyOf(group.pool.instances.values());
        group.pool.configuration = group.pool.configuration.toBuilder()
                .status(WarmPoolStatus.PENDING_DELETE)
                .build();
        instances.forEach(this::terminate);
        if (force || instances.isEmpty()) {
            group.pool = null;
        }
    }

    private void terminate(SimulatedInstance instance) {
        if (instance.terminating()) {
            return;
        }
        if (!instance.activity.ended()) {
            instance.activity.end(world.clock.now(), ScalingActivityStatusCode.CANCELLED, null);
        }
        instance.lifecycle(LifecycleState.WARMED_TERMINATING);
        instance.activity = world.activities.begin(
                instance.group,
                "Terminating EC2 instance from warm pool: " + instance.id,
                world.activities.at("an instance was taken out of the warm pool."),
                instance.zone);
        world.terminator.endFromPool(instance);
    }
}
