package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/**
 * Ends instances: Amazon EC2 Auto Scaling User Guide, "How lifecycle hooks work in Auto Scaling groups" (deregistered
 * and drained first, then {@code Terminating:Wait}, then terminated).
 */
final class Terminator {
    private static final Duration SHOWN_AFTER_END = Duration.ofHours(1);

    private final World world;

    Terminator(World world) {
        this.world = world;
    }

    /** Takes an instance out of service and terminates it; nothing happens to one already on its way. */
    void terminate(SimulatedInstance instance, TerminationCause cause, String why) {
        if (instance.terminating()) {
            return;
        }
        SimulatedGroup group = instance.group;
        world.observers.terminated(instance, cause);
        world.hooks.forget(instance);
        endLaunch(instance);
        instance.lifecycle(LifecycleState.TERMINATING);
        instance.activity =
                world.activities.begin(group, "Terminating EC2 instance: " + instance.id, why, instance.zone);
        drain(instance, () -> drained(instance));
        if (instance.registrations.values().stream().anyMatch(Registration::draining)) {
            instance.activity.at(ScalingActivityStatusCode.WAITING_FOR_ELB_CONNECTION_DRAINING, 50);
        }
        world.reconciler.soon(group);
    }

    private void endLaunch(SimulatedInstance instance) {
        if (instance.activity == null || instance.activity.ended()) {
            return;
        }
        if (instance.alive()) {
            instance.activity.end(world.clock.now(), ScalingActivityStatusCode.CANCELLED, null);
            return;
        }
        instance.activity.end(
                world.clock.now(),
                ScalingActivityStatusCode.FAILED,
                "Instance became unhealthy while waiting for instance to be in InService state. Termination Reason: "
                        + instance.stateReason);
        world.reconciler.backOff(instance.group);
    }

    /** Deregisters from every balancer; done when the last one has drained. */
    void drain(SimulatedInstance instance, Runnable done) {
        List<Balancer> balancers = List.copyOf(instance.registrations.keySet());
        if (balancers.isEmpty()) {
            done.run();
            return;
        }
        int[] open = {balancers.size()};
        for (Balancer balancer : balancers) {
            balancer.deregister(instance, () -> {
                if (--open[0] == 0) {
                    done.run();
                }
            });
        }
    }

    private void drained(SimulatedInstance instance) {
        if (instance.group == null) {
            return;
        }
        instance.activity.at(ScalingActivityStatusCode.IN_PROGRESS, 60);
        if (world.behaviour.replacementWaitsForDrain()) {
            world.reconciler.soon(instance.group);
        }
        if (instance.running()) {
            world.hooks.terminating(instance, () -> shutDown(instance));
        } else {
            shutDown(instance);
        }
    }

    private void shutDown(SimulatedInstance instance) {
        if (!instance.ending()) {
            instance.stateReason = "Client.UserInitiatedShutdown: User initiated shutdown";
            instance.state(InstanceStateName.SHUTTING_DOWN);
            world.clock.after(
                    world.draws.of("shutdown " + instance.id, world.behaviour.shutdown()), () -> ended(instance));
        } else if (instance.state() == InstanceStateName.TERMINATED) {
            leaveGroup(instance);
        }
    }

    /** An instance that never was capacity of its group: nothing to drain, nobody to wait for. */
    void endFromPool(SimulatedInstance instance) {
        instance.stateReason = "Client.UserInitiatedShutdown: User initiated shutdown";
        instance.state(InstanceStateName.SHUTTING_DOWN);
        world.clock.after(world.draws.of("shutdown " + instance.id, world.behaviour.shutdown()), () -> ended(instance));
    }

    /** EC2 ends an instance whatever its group thinks of it. */
    void kill(SimulatedInstance instance, TerminationCause cause, String reason) {
        if (instance.ending()) {
            return;
        }
        world.observers.terminated(instance, cause);
        if (instance.guest != null) {
            instance.guest.down();
        }
        instance.stateReason = reason;
        instance.state(InstanceStateName.SHUTTING_DOWN);
        world.clock.after(world.draws.of("shutdown " + instance.id, world.behaviour.shutdown()), () -> ended(instance));
        world.health.evaluate(instance);
    }

    /** EC2 shuts an instance down and keeps its disks. */
    void stop(SimulatedInstance instance) {
        if (instance.guest != null) {
            instance.guest.down();
        }
        instance.stateReason = "Client.UserInitiatedShutdown: User initiated shutdown";
        instance.state(InstanceStateName.STOPPING);
        world.clock.after(
                world.draws.of("stop " + instance.id, world.behaviour.ec2().stop()), () -> {
                    if (instance.state() == InstanceStateName.STOPPING) {
                        instance.state(InstanceStateName.STOPPED);
                    }
                });
        world.health.evaluate(instance);
    }

    private void ended(SimulatedInstance instance) {
        instance.state(InstanceStateName.TERMINATED);
        if (instance.guest != null) {
            instance.guest.ended();
        }
        List.copyOf(instance.registrations.values()).forEach(registration -> registration.gone());
        world.clock.after(SHOWN_AFTER_END, () -> world.instances.remove(instance.id));
        if (instance.group != null && (instance.terminating() || instance.warm())) {
            leaveGroup(instance);
        }
    }

    private void leaveGroup(SimulatedInstance instance) {
        SimulatedGroup group = instance.group;
        if (group == null) {
            return;
        }
        world.hooks.forget(instance);
        instance.lifecycle(LifecycleState.TERMINATED);
        instance.activity.end(world.clock.now(), ScalingActivityStatusCode.SUCCESSFUL, null);
        instance.leaveGroup();
        if (group.pool != null && group.pool.deleting() && group.pool.instances.isEmpty()) {
            group.pool = null;
        }
        if (group.deleting && group.empty()) {
            world.groups.remove(group.name, group);
        } else {
            world.reconciler.soon(group);
        }
    }

    /** With its instances, and without waiting for draining or hooks. */
    void delete(SimulatedGroup group, TerminationCause cause) {
        group.deleting = true;
        for (SimulatedInstance instance : List.copyOf(group.instances.values())) {
            world.hooks.forget(instance);
            if (!instance.terminating()) {
                world.observers.terminated(instance, cause);
                endLaunch(instance);
                instance.lifecycle(LifecycleState.TERMINATING);
                instance.activity = world.activities.begin(
                        group,
                        "Terminating EC2 instance: " + instance.id,
                        world.activities.at("a user request force deleted AutoScaling group"),
                        instance.zone);
            }
            shutDown(instance);
        }
        if (group.pool != null) {
            world.warmPools.delete(group, false);
        }
        if (group.empty()) {
            removeSoon(group);
        }
    }

    /** Also an empty group is deleted in a while only. */
    private void removeSoon(SimulatedGroup group) {
        Duration delay = world.draws.span("delete " + group.name, world.behaviour.reconcileDelay());
        if (delay.isZero()) {
            world.groups.remove(group.name, group);
        } else {
            world.clock.after(delay, () -> world.groups.remove(group.name, group));
        }
    }
}
