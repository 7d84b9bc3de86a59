package io.jenkins.plugins.amideploy.core.simulator;

import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;

/**
 * Makes the zones of a group even: Amazon EC2 Auto Scaling User Guide, "Rebalancing activities" (launches first and
 * terminates then; the group may have 10 % or one instance more than desired meanwhile, even above its maximum) and "How
 * suspended processes affect other processes" (without {@code Launch} it stops; without {@code Terminate} it launches all
 * the same, and the group stays too large). When a group begins to rebalance is not documented.
 */
final class Rebalancer {
    private final World world;

    Rebalancer(World world) {
        this.world = world;
    }

    void look(SimulatedGroup group) {
        if (group.rebalanceExtra > 0) {
            proceed(group);
        } else if (group.rebalancing && group.capacity() <= group.desired) {
            group.rebalancing = false;
        }
        if (!group.rebalancing && group.rebalance == null && allowed(group) && moves(group) > 0) {
            group.rebalance = world.clock.after(
                    world.draws.span("rebalance " + group.name, world.behaviour.rebalanceDelay()), () -> begin(group));
        }
    }

    /** Whether what the group terminates now is what a rebalancing has made superfluous. */
    boolean finishing(SimulatedGroup group) {
        return group.rebalancing && group.rebalanceExtra == 0;
    }

    String cause(SimulatedGroup group) {
        Map<String, Integer> spread = group.spread();
        int most = spread.values().stream().max(Integer::compare).orElse(0);
        String full = spread.entrySet().stream()
                .filter(zone -> zone.getValue() == most)
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(" "));
        return world.activities.at("instances were launched to balance instances in zones " + full
                + " with other zones resulting in more than desired number of instances in the group.");
    }

    private void begin(SimulatedGroup group) {
        group.rebalance = null;
        if (group.deleting || group.rebalancing || !allowed(group)) {
            return;
        }
        if (group.capacity() == group.desired && allInService(group) && group.refusedUntil.isEmpty()) {
            move(group, moves(group));
        } else {
            look(group);
        }
    }

    /** As after a zone has come back: the group rebalances even if its zones are even already. */
    void force(SimulatedGroup group) {
        if (allowed(group) && !group.rebalancing && !group.deleting) {
            move(group, group.desired);
        }
    }

    private void move(SimulatedGroup group, int moves) {
        int extra = Math.min(moves, Math.max(1, group.desired / 10));
        if (extra > 0) {
            group.rebalancing = true;
            group.rebalanceExtra = extra;
            world.reconciler.soon(group);
        }
    }

    private void proceed(SimulatedGroup group) {
        boolean complete = group.capacity() >= group.desired + group.rebalanceExtra && allInService(group);
        if (complete || group.failures > 0 || !allowed(group)) {
            group.rebalanceExtra = 0;
            world.reconciler.soon(group);
        }
    }

    private static boolean allowed(SimulatedGroup group) {
        return group.runs("AZRebalance") && group.runs("Launch");
    }

    private static boolean allInService(SimulatedGroup group) {
        return group.counting().allMatch(instance -> instance.lifecycle() == LifecycleState.IN_SERVICE);
    }

    /** How many instances have to change their zone until none is outside and no zone has two more than another. */
    private static int moves(SimulatedGroup group) {
        Map<String, Integer> spread = group.spread();
        int stray = spread.entrySet().stream()
                .filter(zone -> !group.zones.contains(zone.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
        int total = spread.values().stream().mapToInt(Integer::intValue).sum();
        int share = total / group.zones.size();
        int missing = spread.entrySet().stream()
                .filter(zone -> group.zones.contains(zone.getKey()))
                .mapToInt(zone -> Math.max(0, share - zone.getValue()))
                .sum();
        int most = group.zones.stream().mapToInt(spread::get).max().orElse(0);
        int least = group.zones.stream().mapToInt(spread::get).min().orElse(0);
        return Math.max(stray, most - least >= 2 ? Math.max(1, missing) : 0);
    }
}
