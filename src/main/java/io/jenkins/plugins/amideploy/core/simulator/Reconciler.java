package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings a group to its desired capacity: Amazon EC2 Auto Scaling User Guide, "Set scaling limits" and "Distribute
 * instances across Availability Zones" (launches go to the zone with the fewest instances, and to another zone where one
 * has no capacity). How a group backs off after failed launches is not documented: the wait doubles, to a maximum.
 */
final class Reconciler {
    private final World world;

    Reconciler(World world) {
        this.world = world;
    }

    /** The group will look at itself in a moment. */
    void soon(SimulatedGroup group) {
        if (group.reconcile == null) {
            Duration delay = world.draws.span("reconcile " + group.name, world.behaviour.reconcileDelay());
            group.reconcile = world.clock.after(delay, () -> reconcile(group));
        }
    }

    private void reconcile(SimulatedGroup group) {
        group.reconcile = null;
        if (group.deleting) {
            return;
        }
        int have = group.capacity();
        int want = group.desired + group.rebalanceExtra;
        if (have < want && group.runs("Launch")) {
            launch(group, have, want);
        } else if (have > want) {
            scaleIn(group, have, want);
        }
        if (have == want) {
            group.reasons.clear();
        }
        world.rebalancer.look(group);
        world.warmPools.look(group);
    }

    private void launch(SimulatedGroup group, int have, int want) {
        if (world.clock.now().isBefore(group.retryAt)) {
            return;
        }
        int capacity = have;
        while (capacity < want) {
            Optional<String> zone = zone(group);
            if (zone.isEmpty()) {
                backOff(group);
                return;
            }
            String cause = group.rebalanceExtra > 0 && capacity >= group.desired
                    ? world.rebalancer.cause(group)
                    : world.activities.launchCause(group, capacity, capacity + 1);
            Launcher.Result result = world.launcher.launch(group, zone.get(), cause);
            switch (result.outcome()) {
                case LAUNCHED -> capacity += result.capacity();
                case NO_CAPACITY -> {
                    group.refusedUntil.put(zone.get(), world.clock.now().plus(world.behaviour.launchRetryMaximum()));
                    if (group.rebalancing) {
                        backOff(group);
                        return;
                    }
                }
                case FAILED -> {
                    backOff(group);
                    return;
                }
            }
        }
        group.reasons.clear();
    }

    /** The zone with the fewest instances among those that have not just refused one. */
    private Optional<String> zone(SimulatedGroup group) {
        Instant now = world.clock.now();
        Map<String, Integer> spread = group.spread();
        List<String> candidates = new ArrayList<>();
        for (String zone : group.zones) {
            if (!now.isBefore(group.refusedUntil.getOrDefault(zone, Instant.MIN))) {
                candidates.add(zone);
            }
        }
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        int fewest = candidates.stream().mapToInt(spread::get).min().orElseThrow();
        candidates.removeIf(zone -> spread.get(zone) > fewest);
        int chosen = candidates.size() == 1
                ? 0
                : world.draws.stream("zone " + group.name).nextInt(candidates.size());
        return Optional.of(candidates.get(chosen));
    }

    void backOff(SimulatedGroup group) {
        Duration wait = world.behaviour.launchRetry().multipliedBy(1L << Math.min(group.failures, 20));
        if (wait.compareTo(world.behaviour.launchRetryMaximum()) > 0) {
            wait = world.behaviour.launchRetryMaximum();
        }
        group.failures++;
        group.retryAt = world.clock.now().plus(wait);
        if (group.retry != null) {
            group.retry.cancel();
        }
        group.retry = world.clock.schedule(group.retryAt, () -> {
            group.refusedUntil.clear();
            soon(group);
        });
    }

    private void scaleIn(SimulatedGroup group, int have, int want) {
        int capacity = have;
        while (capacity > want) {
            Optional<SimulatedInstance> victim = ScaleIn.victim(group, world);
            if (victim.isEmpty()) {
                if (group.runs("Terminate")) {
                    world.activities.allProtected(group, capacity, want);
                }
                return;
            }
            if (capacity - victim.get().weight < want) {
                return;
            }
            int left = capacity - victim.get().weight;
            String why = world.activities.scaleInCause(group, victim.get(), capacity, left);
            if (group.pool != null && group.pool.reuses()) {
                world.warmPools.giveBack(victim.get(), why);
            } else {
                boolean rebalancing = world.rebalancer.finishing(group);
                world.terminator.terminate(
                        victim.get(), rebalancing ? TerminationCause.REBALANCE : TerminationCause.SCALE_IN, why);
            }
            capacity = left;
        }
        group.reasons.clear();
    }
}
