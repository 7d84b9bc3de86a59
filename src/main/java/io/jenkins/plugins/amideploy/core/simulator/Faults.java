package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefresh;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefreshStatus;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.ec2.model.ImageState;

/**
 * What goes wrong, and what others do to the world meanwhile. What takes no time happens at once; {@link #at} and
 * {@link #afterCall} put it off. Calls are numbered as in {@link CallLog}.
 */
public final class Faults {
    private final World world;
    private final CallFaults calls;

    Faults(World world, CallFaults calls) {
        this.world = world;
        this.calls = calls;
    }

    public void at(Instant time, Runnable fault) {
        world.clock.at(time, fault);
    }

    public void afterCall(int call, Runnable fault) {
        locked(() ->
                calls.afterCall.computeIfAbsent(call, any -> new ArrayList<>()).add(fault));
    }

    public void crashBeforeCall(int call) {
        locked(() -> calls.crashesBefore.add(call));
    }

    /** The call takes effect; its answer never comes. */
    public void crashAfterCall(int call) {
        locked(() -> calls.crashesAfter.add(call));
    }

    /** The call takes effect; the connection breaks before its answer. */
    public void loseAnswer(int call) {
        locked(() -> calls.lostAnswers.add(call));
    }

    public void loseAnswers(Instant from, Duration length) {
        locked(() -> calls.answersLost.add(new Window(from, from.plus(length))));
    }

    /** No call reaches AWS. */
    public void networkGone(Instant from, Duration length) {
        locked(() -> calls.unreachable.add(new Window(from, from.plus(length))));
    }

    public void throttleEverything(Instant from, Duration length) {
        locked(() -> calls.throttled.add(new Window(from, from.plus(length))));
    }

    public void credentialsExpired(Instant from, Duration length) {
        locked(() -> calls.expired.add(new Window(from, from.plus(length))));
    }

    /** @param operation the API's name of it, such as {@code UpdateAutoScalingGroup} */
    public void deny(String operation) {
        locked(() -> calls.denied.add(operation));
    }

    public void allow(String operation) {
        locked(() -> calls.denied.remove(operation));
    }

    /** @param zone null for everywhere */
    public void noCapacity(String zone, Instant from, Duration length) {
        locked(() -> world.launchFaults.noCapacity(zone, from, from.plus(length)));
    }

    /** @param reason a sentence as EC2 words it; Auto Scaling appends its own */
    public void failLaunches(String group, int launches, String reason) {
        locked(() -> world.launchFaults.failNext(group, launches, reason));
    }

    /** RunInstances is refused; what concerns spot instances alone waits for one. */
    public void refuseLaunches(int launches, LaunchRefusal refusal) {
        locked(() -> world.launchFaults.refuseNext(launches, refusal));
    }

    /** EC2 takes back one spot instance. */
    public void reclaim(String instanceId) {
        locked(() -> world.terminator.kill(
                world.instances.get(instanceId),
                TerminationCause.SPOT,
                "Server.SpotInstanceTermination: Spot instance termination"));
    }

    /** The Systems Manager agents of the region's instances go offline for good. */
    public void silenceAgents() {
        locked(() -> world.instances.values().stream()
                .filter(instance -> instance.guest != null)
                .forEach(instance -> instance.guest.agentGone = true));
    }

    /** The next image of an instance of this region turns {@code failed}. */
    public void failImage(String reason) {
        locked(() -> world.imageFaults.failImage(reason));
    }

    /** The next copy to this region turns {@code failed}. */
    public void failCopy(String reason) {
        locked(() -> world.imageFaults.failCopy(reason));
    }

    /** The next Application or Network Load Balancer that is created turns {@code failed}. */
    public void failLoadBalancer(String reason) {
        locked(() -> world.balancerFaults.failProvisioning(reason));
    }

    /** The next capacity reservation of a load balancer turns {@code failed}. */
    public void failReservation(String reason) {
        locked(() -> world.balancerFaults.failReservation(reason));
    }

    public void deregister(String imageId) {
        locked(() -> {
            SimulatedImage image = world.images.get(imageId);
            image.state = ImageState.DEREGISTERED;
            image.deregistered = world.clock.now();
        });
    }

    /** EC2 takes back an instance that is in service; nothing happens where the group has none. */
    public void spotInterruption(String group) {
        locked(() -> {
            List<SimulatedInstance> inService =
                    group(group).in(LifecycleState.IN_SERVICE).toList();
            if (!inService.isEmpty()) {
                int chosen = world.draws.stream("spot " + group).nextInt(inService.size());
                world.terminator.kill(
                        inService.get(chosen),
                        TerminationCause.SPOT,
                        "Server.SpotInstanceTermination: Spot instance termination");
            }
        });
    }

    /** The application of an instance dies, and the instance fails EC2's status checks. */
    public void crashInstance(String instanceId) {
        locked(() -> {
            SimulatedInstance instance = world.instances.get(instanceId);
            instance.crashed = true;
            instance.conditionChanged();
            world.health.evaluate(instance);
        });
    }

    /** The group rebalances its zones even if they are even. */
    public void rebalance(String group) {
        locked(() -> world.rebalancer.force(group(group)));
    }

    /** A scaling policy's alarm goes off: the desired capacity moves within the group's bounds. */
    public void scale(String group, String policy, int change) {
        locked(() -> {
            SimulatedGroup found = world.groups.get(group);
            if (found == null || found.deleting || !found.runs("AlarmNotification")) {
                return;
            }
            int before = found.desired;
            found.desired = Math.max(found.min, Math.min(found.max, before + change));
            if (found.desired != before) {
                world.activities.alarm(found, "TargetTracking-" + group + "-AlarmHigh", policy, before);
                world.reconciler.soon(found);
            }
        });
    }

    /** A scheduled action sets all three sizes. */
    public void scheduledAction(String group, int min, int max, int desired) {
        locked(() -> {
            SimulatedGroup found = world.groups.get(group);
            if (found == null || found.deleting || !found.runs("ScheduledActions")) {
                return;
            }
            int before = found.desired;
            found.min = min;
            found.max = max;
            found.desired = desired;
            world.activities.scheduled(found, before);
            world.reconciler.soon(found);
        });
    }

    /** An instance refresh begins or changes its status; the simulator does not let it replace anything. */
    public void instanceRefresh(String group, InstanceRefreshStatus status) {
        locked(() -> {
            SimulatedGroup found = group(group);
            InstanceRefresh.Builder refresh = found.refreshes.isEmpty()
                    ? InstanceRefresh.builder()
                            .autoScalingGroupName(group)
                            .instanceRefreshId(world.ids.uuid())
                            .startTime(world.clock.now())
                    : found.refreshes.remove(0).toBuilder();
            found.refreshes.add(0, refresh.status(status).build());
        });
    }

    /** Also sets off what the alarm sets off. One that does not exist is made, as if by the set-up. */
    public void alarm(String name, StateValue state, String reason) {
        locked(() -> {
            Actor before = world.actor;
            world.actor = Actor.SETUP;
            try {
                world.alarms.set(name, state, reason);
            } finally {
                world.actor = before;
            }
        });
    }

    private SimulatedGroup group(String name) {
        SimulatedGroup group = world.groups.get(name);
        if (group == null) {
            throw new IllegalArgumentException("No group " + name);
        }
        return group;
    }

    private void locked(Runnable action) {
        world.clock.locked(() -> {
            action.run();
            return null;
        });
    }
}
