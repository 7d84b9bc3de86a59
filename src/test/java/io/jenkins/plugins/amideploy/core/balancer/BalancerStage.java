package io.jenkins.plugins.amideploy.core.balancer;

import io.jenkins.plugins.amideploy.core.deployment.Deployment;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.deployment.Procedure;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.simulator.Behaviour;
import io.jenkins.plugins.amideploy.core.simulator.Leftover;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedAws;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedCrash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A simulated AWS with load balancers, on which one step of a deployment is played by itself, as often as it asks. */
final class BalancerStage {
    final SimulatedAws aws;
    final List<String> console = new ArrayList<>();
    Map<String, String> saved = Map.of();
    int crashes;
    private final Owner owner = new Owner("https://ci.example.org/", "web/deploy 7", "0f1e2d3c4b5a");
    private final Set<String> before = new TreeSet<>();

    BalancerStage(long seed) {
        this(seed, Behaviour.typical());
    }

    BalancerStage(long seed, Behaviour behaviour) {
        aws = new SimulatedAws(seed, behaviour);
    }

    /** What exists now belongs to someone else. */
    void begin() {
        before.addAll(leftovers());
    }

    private Set<String> leftovers() {
        return aws.leftovers().stream().map(this::text).collect(Collectors.toCollection(TreeSet::new));
    }

    private String text(Leftover leftover) {
        return leftover.kind() + " " + leftover.id();
    }

    /** What was not there at the beginning. */
    Set<String> made() {
        Set<String> made = leftovers();
        made.removeAll(before);
        return made;
    }

    /** What was there at the beginning and is no more. */
    Set<String> gone() {
        Set<String> gone = new TreeSet<>(before);
        gone.removeAll(leftovers());
        return gone;
    }

    String story() {
        return String.join("\n", console) + "\n" + aws.calls().counts();
    }

    /**
     * Plays the step until it has no next tick, over crashes.
     *
     * @param step ends where it gives nothing
     * @return how it ended
     */
    Outcome play(Function<TickContext, Optional<Tick>> step) {
        Rehearsal rehearsal =
                new Rehearsal(aws, new Step(step), owner, event -> console.add(event.at() + " " + event.text()));
        Deployment deployment = rehearsal.deployment();
        for (int ticks = 0; ticks < 10_000; ticks++) {
            try {
                Optional<Outcome> outcome = rehearsal.step(deployment);
                if (outcome.isPresent()) {
                    saved = rehearsal.saved();
                    console.add(outcome.get().toString());
                    return outcome.get();
                }
            } catch (SimulatedCrash crash) {
                crashes++;
                console.add("--- crash");
                deployment = rehearsal.deployment();
            }
        }
        throw new AssertionError("It does not end:\n" + story());
    }

    /** @param step played until it has no next tick, and again by whoever unwinds */
    private record Step(Function<TickContext, Optional<Tick>> step) implements Procedure {
        @Override
        public Tick tick(TickContext context) {
            if (context.trouble().isPresent()) {
                return new Tick.Ended(new Outcome.Failed(context.trouble().get(), ""));
            }
            return step.apply(context).orElseGet(() -> new Tick.Ended(new Outcome.Succeeded(Map.of())));
        }

        @Override
        public Duration timeout() {
            return Duration.ofDays(2);
        }

        @Override
        public boolean begun(SavedState state) {
            return true;
        }

        @Override
        public String wayBack(SavedState state) {
            return "";
        }
    }
}
