package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;

/**
 * How many instances of a group really serve: {@code InService}, {@code Healthy}, running, passing in every attached
 * balancer and not draining. It is kept at every event, so no moment is missed.
 */
public final class GroupWatch {
    private final SimulatedClock clock;
    private int serving;
    private int minimum;
    private int peak;
    private int instances;
    private Instant minimumAt = SimulatedClock.START;

    GroupWatch(SimulatedClock clock) {
        this.clock = clock;
    }

    public int serving() {
        return clock.locked(() -> serving);
    }

    /** The fewest that served at any moment since the last reset. */
    public int minimum() {
        return clock.locked(() -> minimum);
    }

    public Instant minimumAt() {
        return clock.locked(() -> minimumAt);
    }

    /** The most EC2 instances, in whatever state short of terminated, that were paid for at once since the last reset. */
    public int peak() {
        return clock.locked(() -> peak);
    }

    public void reset() {
        clock.locked(() -> {
            minimum = serving;
            minimumAt = clock.now();
            peak = instances;
            return null;
        });
    }

    void serving(int change) {
        serving += change;
        if (serving < minimum) {
            minimum = serving;
            minimumAt = clock.now();
        }
    }

    void instances(int change) {
        instances += change;
        peak = Math.max(peak, instances);
    }
}
