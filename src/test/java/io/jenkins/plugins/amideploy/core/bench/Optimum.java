package io.jenkins.plugins.amideploy.core.bench;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;

/**
 * How long replacing instances takes where nothing is ever waited for that need not be: no detection delay, no call, no
 * time for the group to begin a launch.
 *
 * @param comings of each new instance in the order of the launches: from its launch until it serves, checks included
 * @param batch how many come at the same time
 * @param warmup for how long each must serve before the next one comes in its place
 * @param drain of the last old instances
 */
record Optimum(List<Duration> comings, int batch, Duration warmup, Duration drain) {

    /** Every slot launches the next instance the moment it is free. */
    Duration streaming() {
        PriorityQueue<Duration> slots = new PriorityQueue<>(Collections.nCopies(batch, Duration.ZERO));
        Duration end = Duration.ZERO;
        for (Duration coming : comings) {
            Duration ready = slots.remove().plus(coming).plus(warmup);
            end = longer(end, ready);
            slots.add(ready);
        }
        return end.plus(drain);
    }

    /** A batch begins when the one before is complete. */
    Duration batchBarrier() {
        Duration end = Duration.ZERO;
        for (int from = 0; from < comings.size(); from += batch) {
            Duration longest = comings.subList(from, Math.min(comings.size(), from + batch)).stream()
                    .reduce(Duration.ZERO, Optimum::longer);
            end = end.plus(longest).plus(warmup);
        }
        return end.plus(drain);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
