package io.jenkins.plugins.amideploy.core.rolling;

import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import java.time.Duration;
import java.time.Instant;

/**
 * How many calls a deployment may make while it waits: one in five seconds. What it does not use while nothing can happen
 * it may use when something is due.
 */
final class Allowance {
    private static final Duration EACH = Duration.ofSeconds(5);
    /** What is saved for later, at most: half a dozen calls. */
    private static final Duration SAVED = EACH.multipliedBy(6);

    private static final String SPENT = "calls.until";

    private final SavedState saved;

    Allowance(SavedState saved) {
        this.saved = saved;
    }

    /**
     * Takes note of calls that were made.
     *
     * @return before which time there should be no more
     */
    Instant spend(int calls, Instant now) {
        Instant least = now.minus(SAVED);
        Instant spent = saved.getInstant(SPENT).filter(least::isBefore).orElse(saved.has(SPENT) ? least : now);
        Instant until = spent.plus(EACH.multipliedBy(calls));
        saved.put(SPENT, until);
        return until.isAfter(now) ? until : now;
    }
}
