package io.jenkins.plugins.amideploy.core.wire;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until someone has to wait, and is then already there. moto has no time of its own. */
final class JumpingClock implements InstantSource {
    private Instant now = Instant.parse("2026-03-02T09:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    void jumpTo(Instant time) {
        if (time.isAfter(now)) {
            now = time;
        }
    }

    void passes(Duration time) {
        now = now.plus(time);
    }
}
