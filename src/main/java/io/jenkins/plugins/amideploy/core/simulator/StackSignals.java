package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Signals of the new instances of a group: User Guide, "CreationPolicy attribute". An instance signals success once its
 * application answers; an image without one never signals anything.
 */
final class StackSignals {
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final World world;
    private final Stacks stacks;
    private final StackRun run;
    private final SimulatedStack.Resource resource;
    private final SimulatedGroup group;
    private final Set<String> known;
    private int received;

    /** @param known instances whose signals count no more */
    StackSignals(
            World world,
            Stacks stacks,
            StackRun run,
            SimulatedStack.Resource resource,
            SimulatedGroup group,
            Collection<String> known) {
        this.world = world;
        this.stacks = stacks;
        this.run = run;
        this.resource = resource;
        this.group = group;
        this.known = new HashSet<>(known);
    }

    void await(int count, int percent, Duration timeout, Consumer<Optional<String>> done) {
        look(count, percent, world.clock.now().plus(timeout), done);
    }

    private void look(int count, int percent, Instant until, Consumer<Optional<String>> done) {
        for (SimulatedInstance instance : List.copyOf(group.instances.values())) {
            if (!known.contains(instance.id) && instance.counts() && stacks.signals(instance)) {
                known.add(instance.id);
                received++;
                run.event(
                        resource, run.verb() + "_IN_PROGRESS", "Received SUCCESS signal with UniqueId " + instance.id);
            }
        }
        int needed = (count * percent + 99) / 100;
        if (received >= needed) {
            done.accept(Optional.empty());
        } else if (run.cancelled()) {
            done.accept(Optional.of(StackRun.CANCELLED));
        } else if (!world.clock.now().isBefore(until)) {
            done.accept(Optional.of("Received " + received + " SUCCESS signal(s) out of " + count
                    + ".  Unable to satisfy " + percent + "% MinSuccessfulInstancesPercent requirement"));
        } else {
            world.clock.after(LOOK, () -> look(count, percent, until, done));
        }
    }
}
