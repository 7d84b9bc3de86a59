package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/**
 * Launches the instances of groups: Amazon EC2 Auto Scaling User Guide, "Amazon EC2 Auto Scaling instance lifecycle" and
 * "How lifecycle hooks work in Auto Scaling groups" (the instance is registered with the balancers before it enters
 * {@code InService}).
 */
final class Launcher {
    private static final Duration EC2_START = Duration.ofSeconds(10);

    private final World world;

    enum Outcome {
        LAUNCHED,
        NO_CAPACITY,
        FAILED
    }

    /** @param capacity what the new instance adds to its group */
    record Result(Outcome outcome, int capacity) {}

    Launcher(World world) {
        this.world = world;
    }

    Result launch(SimulatedGroup group, String zone, String cause) {
        Optional<SimulatedInstance> warm = world.warmPools.take(group, zone, cause);
        if (warm.isPresent()) {
            return new Result(Outcome.LAUNCHED, warm.get().weight);
        }
        LaunchSource source;
        SimulatedImage image;
        try {
            source = LaunchSource.next(world, group);
            image = world.image(source.imageId());
        } catch (World.MissingImage | Rejection e) {
            fail(group, zone, cause, e.getMessage() + ". Launching EC2 instance failed.");
            return new Result(Outcome.FAILED, 0);
        }
        if (Vcpus.beyondQuota(world, source.type())) {
            fail(group, zone, cause, Vcpus.refusal(world));
            return new Result(Outcome.FAILED, 0);
        }
        Optional<LaunchFaults.Refusal> refusal = world.launchFaults.refuse(group, zone, source.type());
        if (refusal.isPresent()) {
            fail(group, zone, cause, refusal.get().message());
            return new Result(refusal.get().zonal() ? Outcome.NO_CAPACITY : Outcome.FAILED, 0);
        }
        SimulatedInstance instance = create(group, source, image, zone, world.clock.now());
        instance.lag.beforeWrite(() -> null);
        instance.activity = world.activities.begin(group, "Launching a new EC2 instance: " + instance.id, cause, zone);
        instance.activity.at(ScalingActivityStatusCode.PRE_IN_SERVICE, 30);
        boot(instance, nextBoot(instance));
        return new Result(Outcome.LAUNCHED, instance.weight);
    }

    private void fail(SimulatedGroup group, String zone, String cause, String message) {
        world.activities
                .begin(group, "Launching a new EC2 instance", cause, zone)
                .end(world.clock.now(), ScalingActivityStatusCode.FAILED, message);
    }

    SimulatedInstance create(
            SimulatedGroup group, LaunchSource source, SimulatedImage image, String zone, Instant launched) {
        SimulatedInstance instance =
                new SimulatedInstance(world, image, source.type(), zone, "group " + group.name, launched);
        instance.template = source.template();
        instance.launchConfigurationName = source.launchConfigurationName();
        instance.weighted = source.weight() != null;
        instance.weight = instance.weighted ? Integer.parseInt(source.weight()) : 1;
        instance.spot = source.spot();
        instance.protectedFromScaleIn = group.newInstancesProtected;
        instance.tags.put("aws:autoscaling:groupName", group.name);
        for (TagDescription tag : group.tags.values()) {
            if (Boolean.TRUE.equals(tag.propagateAtLaunch())) {
                instance.tags.put(tag.key(), tag.value());
            }
        }
        world.instances.put(instance.id, instance);
        group.add(instance);
        world.observers.changed(instance, "lifecycle", null, LifecycleState.PENDING);
        return instance;
    }

    /** The boot time of the next launch of the instance's group. */
    Duration nextBoot(SimulatedInstance instance) {
        SimulatedGroup group = instance.group;
        Duration mean = instance.image.application.boot();
        return world.draws.boot(group.name, group.launches++, mean == null ? world.behaviour.boot() : mean);
    }

    void boot(SimulatedInstance instance, Duration boot) {
        Duration start = boot.dividedBy(3).compareTo(EC2_START) < 0 ? boot.dividedBy(3) : EC2_START;
        world.clock.after(start, () -> started(instance));
        world.clock.after(boot, () -> booted(instance));
    }

    private void started(SimulatedInstance instance) {
        if (instance.state() == InstanceStateName.PENDING) {
            instance.state(InstanceStateName.RUNNING);
            if (instance.lifecycle() == LifecycleState.PENDING) {
                world.hooks.launching(instance, () -> proceed(instance));
            }
        }
    }

    private void booted(SimulatedInstance instance) {
        if (!instance.running()) {
            return;
        }
        if (instance.image.application.diesDuringBoot()) {
            world.terminator.kill(
                    instance,
                    TerminationCause.FAILED_LAUNCH,
                    "Client.InstanceInitiatedShutdown: Instance initiated shutdown");
            return;
        }
        instance.booted = true;
        instance.conditionChanged();
        Duration crash = instance.image.application.crashesAfter();
        if (crash != null) {
            world.clock.after(crash, () -> crash(instance));
        }
        proceed(instance);
    }

    private void crash(SimulatedInstance instance) {
        instance.crashed = true;
        instance.conditionChanged();
        world.health.evaluate(instance);
    }

    private void proceed(SimulatedInstance instance) {
        if (instance.booted && instance.wait == null && pending(instance)) {
            enterService(instance);
        }
    }

    private static boolean pending(SimulatedInstance instance) {
        return instance.group != null && instance.lifecycle() == LifecycleState.PENDING
                || instance.lifecycle() == LifecycleState.PENDING_PROCEED;
    }

    private void refused(SimulatedInstance instance, String why) {
        instance.activity.end(world.clock.now(), ScalingActivityStatusCode.FAILED, why);
        world.reconciler.backOff(instance.group);
        world.terminator.terminate(
                instance,
                TerminationCause.FAILED_LAUNCH,
                world.activities.at("an instance was taken out of service in response to a launch failure."));
    }

    void enterService(SimulatedInstance instance) {
        SimulatedGroup group = instance.group;
        if (group.runs("AddToLoadBalancer")) {
            Optional<Balancer> full =
                    group.balancers().stream().filter(Balancer::full).findFirst();
            if (full.isPresent()) {
                refused(instance, Activities.tooManyTargets(full.get()));
                return;
            }
            group.balancers().forEach(balancer -> balancer.register(instance));
        }
        instance.lifecycle(LifecycleState.IN_SERVICE);
        if (instance.activity != null) {
            instance.activity.end(world.clock.now(), ScalingActivityStatusCode.SUCCESSFUL, null);
        }
        group.forgetFailures();
        world.health.evaluate(instance);
        world.reconciler.soon(group);
    }
}
