package io.jenkins.plugins.amideploy.core.rolling;

import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.rolling.Slots.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When to look again and at what: seldom while nothing can have happened, closely when the next event is due.
 *
 * <ul>
 *   <li>A warm-up ends at a known moment.
 *   <li>A launch that was asked for shows after some seconds, or its failure does.
 *   <li>An instance serves some time after its launch; how long that takes is learned from those before it. Until the
 *       shortest such time has passed nobody looks for it. From then on its balancers are asked, and the group only when
 *       they have news ({@link Glance}).
 *   <li>Whatever others do to the group is found by looking at it now and then.
 * </ul>
 *
 * <p>All of it stays within an {@link Allowance} of calls.
 */
final class Cadence {
    /** Between two looks while an instance may come into service at any moment. */
    private static final Duration CLOSE = Duration.ofSeconds(5);
    /** Between two looks at the group. */
    private static final Duration SELDOM = Duration.ofSeconds(25);
    /** One look is enough for two things that are due so close to each other. */
    private static final Duration SOON = Duration.ofSeconds(6);
    /** Before anything is known, no instance serves sooner than this after its launch was seen. */
    private static final Duration QUICKEST = Duration.ofSeconds(20);
    /** Before anything is known, an instance that takes longer than this is slow. */
    private static final Duration SLOWEST = Duration.ofMinutes(5);

    private final Slots slots;
    private final Duration warmup;
    private final Instant now;

    Cadence(Slots slots, Duration warmup, Instant now) {
        this.slots = slots;
        this.warmup = warmup;
        this.now = now;
    }

    /**
     * Until when nothing but the balancers has to be looked at.
     *
     * @param launches when launches that were asked for should show, if any are awaited
     */
    Instant group(Optional<Instant> launches) {
        Instant due = warm().reduce(launches.orElse(Instant.MAX), Desk::earlier);
        // What others do to the group can wait for a look that is due soon after.
        return due.isAfter(now.plus(SELDOM).plus(SOON)) ? now.plus(SELDOM) : due;
    }

    /**
     * @param group when the group has to be looked at
     * @param free when there may be calls again
     */
    Tick next(Instant group, Instant free) {
        Instant look = Desk.later(Desk.earlier(group, service()), free);
        Instant soon =
                Stream.concat(Stream.of(group), warm()).filter(look::isBefore).reduce(Instant.MAX, Desk::earlier);
        return new Tick.LookAgain(soon.isAfter(look.plus(SOON)) ? look : soon);
    }

    /** When those that serve will have done so for the warm-up time. */
    private Stream<Instant> warm() {
        return slots.all().stream()
                .filter(slot -> slot.serving() != null)
                .map(slot -> slot.serving().plus(warmup));
    }

    /** When it is worth looking whether another one serves. */
    private Instant service() {
        return slots.all().stream()
                .filter(slot -> slot.serving() == null)
                .map(this::service)
                .reduce(Instant.MAX, Desk::earlier);
    }

    private Instant service(Slot slot) {
        // Those that follow may be a little quicker than the quickest.
        Duration quickest =
                slots.quickest().map(d -> d.multipliedBy(9).dividedBy(10)).orElse(QUICKEST);
        Instant early = slot.seen().plus(quickest);
        if (early.isAfter(now)) {
            return early;
        }
        // The longer it is overdue, the less a few seconds matter.
        Instant late = slot.seen().plus(slots.slowest().orElse(SLOWEST));
        Duration overdue = Duration.between(late, now).dividedBy(10);
        return now.plus(overdue.compareTo(CLOSE) > 0 ? overdue : CLOSE);
    }
}
