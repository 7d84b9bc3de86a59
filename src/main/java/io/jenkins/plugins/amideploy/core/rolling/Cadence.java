package io.jenkins.plugins.amideploy.core.rolling;

import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.rolling.Slots.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When to look again: seldom while nothing can have happened, closely when the next event is due. What an instance needs
 * to boot is learned from those that came before it.
 */
final class Cadence {
    private static final Duration CLOSE = Duration.ofSeconds(5);
    private static final Duration LAUNCHING = Duration.ofSeconds(8);
    private static final Duration SELDOM = Duration.ofSeconds(25);

    private final Desk desk;
    private final Situation situation;
    private final Newcomers newcomers;
    private final Instant now;

    Cadence(Desk desk, Situation situation, Newcomers newcomers) {
        this.desk = desk;
        this.situation = situation;
        this.newcomers = newcomers;
        this.now = desk.at().now();
    }

    Tick next() {
        Instant next = now.plus(SELDOM);
        if (situation.missing() > 0 || !desk.at().settled()) {
            next = Desk.earlier(next, now.plus(LAUNCHING));
        }
        Optional<Duration> quickest = newcomers.slots().quickest();
        for (Slot slot : newcomers.slots().all()) {
            next = Desk.earlier(next, expected(slot, quickest));
        }
        Instant soonest = now.plus(CLOSE);
        return new Tick.LookAgain(next.isBefore(soonest) ? warmOr(soonest) : next);
    }

    private Instant expected(Slot slot, Optional<Duration> quickest) {
        if (slot.serving() != null) {
            return newcomers.warm(slot);
        }
        Instant early = slot.seen()
                .plus(quickest.map(d -> d.multipliedBy(9).dividedBy(10)).orElse(Duration.ofSeconds(20)));
        if (early.isAfter(now)) {
            return early;
        }
        // The longer it is overdue, the less a few seconds matter.
        Duration overdue = Duration.between(early, now).dividedBy(10);
        return now.plus(overdue.compareTo(CLOSE) > 0 ? overdue : CLOSE);
    }

    /** A warm-up ends at a known moment; there is no need to let it pass. */
    private Instant warmOr(Instant otherwise) {
        return newcomers.slots().all().stream()
                .filter(slot -> slot.serving() != null)
                .map(newcomers::warm)
                .filter(now::isBefore)
                .reduce(otherwise, Desk::earlier);
    }
}
