package io.jenkins.plugins.amideploy.core.rolling;

import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.aws.Balancers.Report;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.rolling.RollingState.Phase;
import io.jenkins.plugins.amideploy.core.rolling.Slots.Slot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * A look at the balancers alone, while nothing but their word is awaited: whether a new instance serves, so that its
 * warm-up begins, or whether the last old ones have drained. It costs one call less than a look at the group. Nothing is
 * changed after it: whatever else there is to tell, the same tick goes on to look at the group, and so does the one at the
 * end of a warm-up.
 */
final class Glance {
    private static final String UNTIL = "glance.until";
    private static final String TARGET_GROUPS = "glance.target-groups";
    private static final String CLASSIC = "glance.classic";

    private final RollingRequest request;
    private final TickContext at;
    private final RollingState state;

    Glance(RollingRequest request, TickContext at, RollingState state) {
        this.request = request;
        this.at = at;
        this.state = state;
    }

    /** Until then the balancers of that group are all there is to look at. */
    void until(Instant time, AutoScalingGroup group) {
        if (Balancers.any(group)) {
            at.state().put(UNTIL, time);
            at.state().put(TARGET_GROUPS, Balancers.targetGroups(group));
            at.state().put(CLASSIC, Balancers.classic(group));
        } else {
            at.state().remove(UNTIL);
        }
    }

    /** Whether there is nothing else to look at now. */
    boolean enough() {
        boolean phase = state.phase() == Phase.REPLACE || state.phase() == Phase.DRAIN;
        return phase
                && at.trouble().isEmpty()
                && at.state().getInstant(UNTIL).filter(at.now()::isBefore).isPresent();
    }

    Report report() {
        return Balancers.report(
                at.aws(), at.state().getSet(TARGET_GROUPS), at.state().getSet(CLASSIC));
    }

    /** Takes in what the balancers say; the next tick, or empty where the group has to be looked at now. */
    Optional<Tick> next(Report report) {
        return state.phase() == Phase.DRAIN ? drain(report) : service(report);
    }

    private Optional<Tick> service(Report report) {
        Slots slots = new Slots(at.state());
        Instant group = at.state().getInstant(UNTIL).orElseThrow();
        for (Slot slot : List.copyOf(slots.all())) {
            String obstacle = report.obstacle(slot.id());
            boolean serves = slot.serving() == null && obstacle.isEmpty();
            if (slot.serving() == null && Newcomers.news(slot, obstacle)
                    || serves && request.warmup().isZero()) {
                return Optional.empty();
            }
            if (serves) {
                slots.put(Newcomers.serves(slot, slots, at, request.warmup()));
                group = Desk.earlier(group, at.now().plus(request.warmup()));
            }
        }
        at.state().put(UNTIL, group);
        return Optional.of(new Cadence(slots, request.warmup(), at.now()).next(group, spend()));
    }

    private Optional<Tick> drain(Report report) {
        return new Drain(at).over(report) ? Optional.empty() : Optional.of(new Tick.LookAgain(spend()));
    }

    private Instant spend() {
        int calls = at.state().getSet(TARGET_GROUPS).size()
                + at.state().getSet(CLASSIC).size();
        return new Allowance(at.state()).spend(calls, at.now());
    }
}
