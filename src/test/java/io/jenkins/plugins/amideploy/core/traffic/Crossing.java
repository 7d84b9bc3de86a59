package io.jenkins.plugins.amideploy.core.traffic;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Procedure;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/** The smallest procedure that moves visitors: some operations of a split one after the other, all undone on trouble. */
public final class Crossing implements Procedure {
    private static final String LEG = "leg";

    private final Function<TickContext, Split> split;
    private final List<BiFunction<TickContext, Split, Optional<Tick>>> legs = new ArrayList<>();

    public Crossing(Function<TickContext, Split> split) {
        this.split = split;
    }

    public Crossing then(Function<Split, Optional<Tick>> leg) {
        legs.add((at, split) -> leg.apply(split));
        return this;
    }

    /** Something that needs no waiting. */
    public Crossing also(Consumer<TickContext> thing) {
        return wait(at -> {
            thing.accept(at);
            return Optional.empty();
        });
    }

    public Crossing wait(Function<TickContext, Optional<Tick>> thing) {
        legs.add((at, split) -> thing.apply(at));
        return this;
    }

    /** Something that only looks. */
    public Crossing look(Function<Split, Object> look, List<Object> seen) {
        return then(split -> {
            seen.add(look.apply(split));
            return Optional.empty();
        });
    }

    /** Until everybody who asks as they should has the answer. */
    public Crossing settle() {
        return settle(Duration.ZERO);
    }

    /** The same, and for that time longer. */
    public Crossing settle(Duration more) {
        legs.add((at, split) -> {
            if (!split.settled()) {
                return Optional.of(new Tick.LookAgain(at.now().plusSeconds(10)));
            }
            String key = "settled." + at.state().getInt(LEG, 0);
            if (!at.state().has(key)) {
                at.state().put(key, at.now());
            }
            var end = at.state().getInstant(key).orElseThrow().plus(more);
            return at.now().isBefore(end) ? Optional.of(new Tick.LookAgain(end)) : Optional.empty();
        });
        return this;
    }

    @Override
    public Tick tick(TickContext at) {
        Split now = split.apply(at);
        if (at.trouble().isPresent()) {
            return now.undo()
                    .orElseGet(() ->
                            new Tick.Ended(new Outcome.Failed(at.trouble().get(), "the visitors are where they were")));
        }
        for (int leg = at.state().getInt(LEG, 0); leg < legs.size(); leg++) {
            Optional<Tick> wait = legs.get(leg).apply(at, now);
            if (wait.isPresent()) {
                return wait.get();
            }
            at.state().put(LEG, leg + 1);
            at.save();
        }
        return new Tick.Ended(new Outcome.Succeeded(Map.of()));
    }

    @Override
    public Duration timeout() {
        return Duration.ofHours(8);
    }

    @Override
    public boolean begun(SavedState state) {
        return true;
    }

    @Override
    public String wayBack(SavedState state) {
        return DnsSplit.wayBack(state).orElse("");
    }
}
