package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;

/**
 * The capacity behind one target group or Classic Load Balancer, whichever groups it comes from: how many of its targets
 * are healthy, do not drain and are running. It is kept at every event, so no moment is missed.
 */
public final class BalancerWatch {
    private final SimulatedClock clock;
    private int healthy;
    private int minimum;
    private int peak;
    private Instant minimumAt = SimulatedClock.START;

    BalancerWatch(SimulatedClock clock) {
        this.clock = clock;
    }

    public int healthy() {
        return clock.locked(() -> healthy);
    }

    /** The fewest that were healthy at any moment since the last reset. */
    public int minimum() {
        return clock.locked(() -> minimum);
    }

    public Instant minimumAt() {
        return clock.locked(() -> minimumAt);
    }

    /** The most that were healthy at once since the last reset. */
    public int peak() {
        return clock.locked(() -> peak);
    }

    public void reset() {
        clock.locked(() -> {
            minimum = healthy;
            minimumAt = clock.now();
            peak = healthy;
            return null;
        });
    }

    void changed(int by) {
        healthy += by;
        peak = Math.max(peak, healthy);
        if (healthy < minimum) {
            minimum = healthy;
            minimumAt = clock.now();
        }
    }
}
