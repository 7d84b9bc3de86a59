package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;

/**
 * Replaces a group's instances in batches: User Guide, "UpdatePolicy attribute", "AutoScalingRollingUpdate policy" (the
 * batch shrinks to what maximum and floor leave; the desired capacity is raised where the floor asks for it) and
 * "AutoScalingInstanceRefresh policy" (health instead of signals; an hour without progress fails it). The words of the
 * events are those seen in published logs; for an instance refresh they are assumed.
 */
final class StackRollingUpdate {
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final World world;
    private final Stacks stacks;
    private final StackRun run;
    private final SimulatedStack.Resource resource;
    private final SimulatedGroup group;
    private final Rules rules;
    private final Clients clients;
    private final Consumer<Optional<String>> done;
    private final List<String> obsolete = new ArrayList<>();
    private final Set<String> seen = new TreeSet<>();
    private final int min;
    private final int desired;
    private int total;
    private int fresh;

    /** @param health whether it is an instance refresh, which asks for health instead of signals */
    record Rules(int batch, int floor, boolean signals, Duration pause, int percent, boolean health) {
        static Rules rolling(Map<?, ?> policy, int max) {
            int floor = StackGroups.number(policy, "MinInstancesInService", 0);
            boolean signals = "true".equals(String.valueOf(policy.get("WaitOnResourceSignals")));
            String pause = StackProvisioner.text(policy, "PauseTime");
            return new Rules(
                    Math.max(1, Math.min(StackGroups.number(policy, "MaxBatchSize", 1), max - floor)),
                    floor,
                    signals,
                    pause == null ? Duration.ofMinutes(signals ? 5 : 0) : Duration.parse(pause),
                    StackGroups.number(policy, "MinSuccessfulInstancesPercent", 100),
                    false);
        }

        static Rules refresh(Map<?, ?> preferences, int desired) {
            int healthy = StackGroups.number(preferences, "MinHealthyPercentage", 90);
            int floor = (desired * healthy + 99) / 100;
            return new Rules(
                    Math.max(1, desired - floor),
                    Math.min(floor, desired - 1),
                    false,
                    Duration.ofSeconds(StackGroups.number(preferences, "InstanceWarmup", 0)),
                    100,
                    true);
        }
    }

    StackRollingUpdate(
            World world,
            Stacks stacks,
            StackRun run,
            SimulatedStack.Resource resource,
            SimulatedGroup group,
            Rules rules,
            Clients clients,
            Consumer<Optional<String>> done) {
        this.world = world;
        this.stacks = stacks;
        this.run = run;
        this.resource = resource;
        this.group = group;
        this.rules = rules;
        this.clients = clients;
        this.done = done;
        this.min = group.min;
        this.desired = group.desired;
    }

    void start() {
        String image = LaunchSource.next(world, group).imageId();
        group.counting().forEach(instance -> {
            seen.add(instance.id);
            if (instance.image.id.equals(world.resolveImage(image))) {
                fresh++;
            } else {
                obsolete.add(instance.id);
            }
        });
        total = obsolete.size();
        if (rules.floor >= group.max) {
            done.accept(Optional.of("MinInstancesInService must be less than the autoscaling group's MaxSize"));
            return;
        }
        if (total == 0) {
            world.clock.after(LOOK, () -> done.accept(Optional.empty()));
            return;
        }
        say(
                rules.health
                        ? "Instance refresh started"
                        : "Rolling update initiated. Terminating " + total + " obsolete instance(s) in batches of "
                                + rules.batch + ", while keeping at least " + rules.floor + " instance(s) in service."
                                + (rules.signals
                                        ? " Waiting on resource signals with a timeout of " + rules.pause
                                                + " when new instances are added to the autoscaling group."
                                        : ""));
        int extra = Math.max(0, Math.min(rules.floor + rules.batch - desired, group.max - desired));
        sizes(Math.min(min, rules.floor), desired + extra);
        if (extra > 0) {
            say("Temporarily setting autoscaling group MinSize and DesiredCapacity to " + (desired + extra) + ".");
            launched(extra);
        } else {
            next();
        }
    }

    private void next() {
        if (run.cancelled()) {
            end(Optional.of(StackRun.CANCELLED));
            return;
        }
        obsolete.removeIf(id -> !group.instances.containsKey(id));
        if (obsolete.isEmpty()) {
            end(Optional.empty());
            return;
        }
        List<String> victims = List.copyOf(obsolete.subList(0, Math.min(rules.batch, obsolete.size())));
        int replaced = Math.max(0, Math.min(victims.size(), desired - fresh));
        if (!rules.health) {
            say("Terminating instance(s) [" + String.join(",", victims) + "]; replacing with " + replaced
                    + " new instance(s).");
        }
        for (int i = 0; i < victims.size(); i++) {
            terminate(victims.get(i), i >= replaced);
        }
        obsolete.removeAll(victims);
        gone(victims, replaced);
    }

    private void terminate(String id, boolean decrement) {
        try {
            clients.autoScaling()
                    .terminateInstanceInAutoScalingGroup(
                            r -> r.instanceId(id).shouldDecrementDesiredCapacity(decrement));
        } catch (Rejection e) {
            world.clock.after(LOOK, () -> {
                if (group.instances.containsKey(id)) {
                    terminate(id, decrement);
                }
            });
        }
    }

    private void gone(List<String> victims, int replaced) {
        if (victims.stream().anyMatch(group.instances::containsKey)) {
            world.clock.after(LOOK, () -> gone(victims, replaced));
            return;
        }
        int percent = 100 * (total - obsolete.size()) / total;
        say(
                rules.health
                        ? "Instance refresh is in progress (Progress " + percent + "%)."
                        : "Successfully terminated instance(s) [" + String.join(",", victims) + "] (Progress " + percent
                                + "%).");
        if (replaced > 0) {
            launched(replaced);
        } else {
            next();
        }
    }

    private void launched(int count) {
        Consumer<Optional<String>> then = failure -> {
            group.counting().map(instance -> instance.id).forEach(seen::add);
            fresh += count;
            failure.ifPresentOrElse(f -> end(failure), this::next);
        };
        if (rules.health) {
            healthy(count, world.clock.now().plus(Duration.ofHours(1)), then);
        } else if (rules.signals) {
            say("New instance(s) added to autoscaling group - Waiting on " + count
                    + " resource signal(s) with a timeout of " + rules.pause + ".");
            new StackSignals(world, stacks, run, resource, group, seen).await(count, rules.percent, rules.pause, then);
        } else {
            world.clock.after(rules.pause, () -> then.accept(Optional.empty()));
        }
    }

    private void healthy(int count, Instant until, Consumer<Optional<String>> then) {
        Instant warm = world.clock.now().minus(rules.pause);
        long serving = group.in(LifecycleState.IN_SERVICE)
                .filter(instance -> !seen.contains(instance.id) && instance.serving())
                .filter(instance -> !instance.inServiceSince.isAfter(warm))
                .collect(Collectors.counting());
        if (serving >= count) {
            then.accept(Optional.empty());
        } else if (run.cancelled()) {
            then.accept(Optional.of(StackRun.CANCELLED));
        } else if (world.clock.now().isAfter(until)) {
            then.accept(Optional.of("Instance refresh failed: no healthy instance within an hour"));
        } else {
            world.clock.after(LOOK, () -> healthy(count, until, then));
        }
    }

    private void end(Optional<String> failure) {
        sizes(min, failure.isEmpty() ? desired : Math.min(group.max, Math.max(desired, min)));
        done.accept(failure);
    }

    private void sizes(int minSize, int desiredCapacity) {
        clients.autoScaling()
                .updateAutoScalingGroup(
                        r -> r.autoScalingGroupName(group.name).minSize(minSize).desiredCapacity(desiredCapacity));
    }

    private void say(String text) {
        run.event(resource, run.verb() + "_IN_PROGRESS", text);
    }
}
