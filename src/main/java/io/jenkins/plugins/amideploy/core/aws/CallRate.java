package io.jenkins.plugins.amideploy.core.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A token bucket that hands out places in a queue instead of blocking: whoever finds it empty learns when its turn
 * comes.
 *
 * <p>Who has begun may overdraw it. A tick that was cut off for want of its last call would make the others again, in
 * vain, and where all do so none gets through.
 */
final class CallRate {
    private final InstantSource clock;
    private final double perSecond;
    private final int burst;

    private double tokens;
    private Instant filledAt;
    /** Callers that were sent away and are expected back. */
    private int queued;
    /** The turn of the last caller that was sent away. */
    private Instant lastTurn = Instant.MIN;

    CallRate(InstantSource clock, int burst, double perSecond) {
        this.clock = clock;
        this.burst = burst;
        this.perSecond = perSecond;
        this.tokens = burst;
        this.filledAt = clock.instant();
    }

    /** Lets a caller begin, or tells it when to come back. */
    synchronized Optional<Instant> turn() {
        Instant now = clock.instant();
        refill(now);
        if (tokens >= 1) {
            queued = Math.max(0, queued - 1);
            return Optional.empty();
        }
        if (lastTurn.isBefore(now)) {
            queued = 0;
        }
        queued++;
        lastTurn = now.plus(Duration.ofMillis((long) Math.ceil(1000 * (queued - tokens) / perSecond)));
        return Optional.of(lastTurn);
    }

    /** Counts a call. */
    synchronized void take() {
        refill(clock.instant());
        tokens--;
    }

    private void refill(Instant now) {
        double seconds = Duration.between(filledAt, now).toMillis() / 1000.0;
        if (seconds > 0) {
            tokens = Math.min(burst, tokens + seconds * perSecond);
            filledAt = now;
        }
    }
}
