package io.jenkins.plugins.amideploy.core.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A token bucket that hands out places in a queue instead of blocking: who finds it empty learns when its turn comes,
 * and the token of that moment is kept for whoever comes then.
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

    /**
     * Takes one token.
     *
     * @throws ReadLater when there is none; its time is this caller's turn
     */
    synchronized void take() {
        Instant now = clock.instant();
        refill(now);
        if (tokens >= 1) {
            tokens--;
            queued = Math.max(0, queued - 1);
            return;
        }
        if (lastTurn.isBefore(now)) {
            queued = 0;
        }
        queued++;
        lastTurn = now.plus(Duration.ofMillis((long) Math.ceil(1000 * (queued - tokens) / perSecond)));
        throw new ReadLater(lastTurn);
    }

    private void refill(Instant now) {
        double seconds = Duration.between(filledAt, now).toMillis() / 1000.0;
        if (seconds > 0) {
            tokens = Math.min(burst, tokens + seconds * perSecond);
            filledAt = now;
        }
    }
}
