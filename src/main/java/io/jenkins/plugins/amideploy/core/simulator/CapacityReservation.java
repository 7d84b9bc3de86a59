package io.jenkins.plugins.amideploy.core.simulator;

import io.jenkins.plugins.amideploy.core.simulator.SimulatedClock.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CapacityReservationPendingException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CapacityReservationStateEnum;

/**
 * The capacity that is reserved for one load balancer: Application Load Balancers and Network Load Balancers, "Capacity
 * reservations" (pending until provisioned or failed, mostly for minutes, at times for hours; any number of increases,
 * two decreases a day). That giving all of it back is one of those two is not documented, and assumed.
 */
final class CapacityReservation {
    private static final int DECREASES = 2;
    private static final Span MOSTLY = new Span(Duration.ofMinutes(2), Duration.ofMinutes(10));
    private static final Span AT_TIMES = new Span(Duration.ofMinutes(10), Duration.ofHours(3));

    private final World world;
    private int units;
    private int provisioned;
    private CapacityReservationStateEnum state;
    private String reason;
    private Instant modified;
    private LocalDate day;
    private int decreases;
    private Event next;

    CapacityReservation(World world) {
        this.world = world;
    }

    /** Zero for none. */
    int units() {
        return units;
    }

    int provisioned() {
        return provisioned;
    }

    /** Null where nothing was ever asked for. */
    CapacityReservationStateEnum state() {
        return state;
    }

    String reason() {
        return reason;
    }

    /** Null where nothing was ever asked for. */
    Instant modified() {
        return modified;
    }

    int decreasesRemaining() {
        return DECREASES - (today().equals(day) ? decreases : 0);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(world.clock.now(), ZoneOffset.UTC);
    }

    /** @param asked zero to give all of it back */
    void ask(int asked) {
        if (state == CapacityReservationStateEnum.PENDING) {
            throw new Rejection(
                    CapacityReservationPendingException.builder(),
                    400,
                    "CapacityReservationPending",
                    "There is a pending capacity reservation");
        }
        if (asked < units) {
            decrease();
        }
        units = asked;
        modified = world.clock.now();
        reason = null;
        if (asked <= provisioned) {
            provisioned = asked;
            state = asked == 0 ? null : CapacityReservationStateEnum.PROVISIONED;
            return;
        }
        state = CapacityReservationStateEnum.PENDING;
        boolean mostly = world.draws.stream("capacity reservations").nextInt(8) > 0;
        next = world.clock.after(world.draws.span("capacity reservation", mostly ? MOSTLY : AT_TIMES), this::decide);
    }

    private void decrease() {
        if (decreasesRemaining() == 0) {
            throw Service.ELB_V2.rejection(
                    "CapacityDecreaseRequestLimitExceeded",
                    "You've exceeded the daily capacity decrease limit for this reservation");
        }
        decreases = today().equals(day) ? decreases + 1 : 1;
        day = today();
    }

    private void decide() {
        reason = world.balancerFaults.nextReservationFailure().orElse(null);
        state = reason == null ? CapacityReservationStateEnum.PROVISIONED : CapacityReservationStateEnum.FAILED;
        if (reason == null) {
            provisioned = units;
        }
    }

    /** The load balancer is gone, and so is what was reserved for it. */
    void end() {
        units = 0;
        provisioned = 0;
        state = null;
        if (next != null) {
            next.cancel();
        }
    }
}
