package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a Describe shows of one resource while what was written to it has not spread: Amazon EC2 Developer Guide,
 * "Eventual consistency". A write that is still under way hides every later one; reads of a resource never go back in
 * time. The operator, by whose eyes tests judge what was done, sees what is.
 *
 * @param <T> the SDK's description of the resource
 */
final class Lag<T> {
    private final World world;
    private final String concern;
    private final Deque<Past<T>> pasts = new ArrayDeque<>(0);

    private record Past<T>(T before, Instant until) {}

    Lag(World world) {
        this(world, "consistency");
    }

    /** @param concern whose stream of draws tells how long a write takes to spread */
    Lag(World world, String concern) {
        this.world = world;
        this.concern = concern;
    }

    /** A write is about to happen. */
    void beforeWrite(Supplier<T> now) {
        Duration lag = world.draws.span(concern, world.behaviour.consistencyLag());
        if (!lag.isZero()) {
            pasts.addLast(new Past<>(now.get(), world.clock.now().plus(lag)));
        }
    }

    /** What a Describe sees: nothing where the resource seems not to exist. */
    Optional<T> read(Supplier<T> now) {
        return seesWhatIs() ? Optional.ofNullable(now.get()) : Optional.ofNullable(pasts.peekFirst().before);
    }

    boolean visible() {
        return seesWhatIs() || pasts.peekFirst().before != null;
    }

    private boolean seesWhatIs() {
        dropSpread();
        return pasts.isEmpty() || world.actor.kind() == Actor.Kind.OPERATOR;
    }

    private void dropSpread() {
        Instant time = world.clock.now();
        while (!pasts.isEmpty() && !pasts.peekFirst().until.isAfter(time)) {
            pasts.removeFirst();
        }
    }
}
