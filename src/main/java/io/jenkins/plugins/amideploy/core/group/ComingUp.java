package io.jenkins.plugins.amideploy.core.group;

import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.aws.Balancers.Report;
import io.jenkins.plugins.amideploy.core.aws.Member;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.group.GroupCopy.Front;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** Follows a new group beside an old one until all of it has served for the warm-up time, and from then on. */
public final class ComingUp {
    static final String ASKED = "asked";

    /** Between two looks while instances may come into service at any moment. */
    private static final Duration CLOSE = Duration.ofSeconds(8);
    /** Between two looks while the first one may come into service at any moment. */
    private static final Duration FIRST = Duration.ofSeconds(10);
    /** Before anything is known, no instance serves sooner than this. */
    private static final Duration QUICKEST = Duration.ofSeconds(20);
    /** Between two looks at the balancers while an instance is late. */
    private static final Duration LATE = Duration.ofSeconds(60);

    private static final String ASKED_BALANCERS = "asked.balancers";

    private final Sides sides;
    private final SideState state;
    private final TickContext at;
    private final AutoScalingGroup fresh;
    private final Front front;
    private final Limits limits;
    private final Arrivals arrivals;
    private final LaunchFailures launches;
    private boolean healthKnown;

    /**
     * How long what may take.
     *
     * @param health within which each instance must be in service
     * @param warmup for how long all of them must be in service before they count
     * @param watch the longest time between two looks
     */
    public record Limits(Duration health, Duration warmup, Duration watch) {}

    /** @param front the balancers by whose word it serves */
    public ComingUp(Sides sides, AutoScalingGroup fresh, Front front, Limits limits) {
        this.sides = sides;
        this.state = sides.state();
        this.at = sides.at();
        this.fresh = fresh;
        this.front = front;
        this.limits = limits;
        this.arrivals = new Arrivals(at, fresh);
        this.launches = new LaunchFailures(at, fresh, limits.health(), sides::warn);
    }

    /** Between two looks while something may change at any moment. */
    public Tick soon() {
        return sides.in(CLOSE);
    }

    /** The instances as the group alone shows them. */
    public List<Member> members() {
        return Balancers.membersWithoutBalancers(fresh);
    }

    /**
     * Looks at the group.
     *
     * @return when to look again; empty while all of it serves and has warmed up
     * @throws Stop of kind UNHEALTHY where that is not to be expected any more
     */
    public Optional<Tick> look() {
        List<Member> members = members();
        boolean ask = worthAsking(members);
        if (ask) {
            Report report = Balancers.report(at.aws(), front.targetGroups(), front.classic());
            members = Balancers.members(fresh, report);
            at.state().put(ASKED_BALANCERS, at.now());
        }
        healthKnown = ask || front.isEmpty();
        arrivals.look(members, healthKnown);
        arrivals.failure(members, limits.health(), launches).ifPresent(why -> {
            throw new Stop(Trouble.Kind.UNHEALTHY, why);
        });
        return ready() ? Optional.empty() : Optional.of(next(members));
    }

    /** Whether the balancers have confirmed in this very tick what {@link #look} says. */
    public boolean healthKnown() {
        return healthKnown;
    }

    private boolean worthAsking(List<Member> members) {
        if (front.isEmpty()) {
            return false;
        }
        Instant asked = at.state().getInstant(ASKED_BALANCERS).orElse(Instant.EPOCH);
        boolean due = at.now().isAfter(asked.plus(LATE));
        return arrivals.inService(members)
                || arrivals.anyLate(members, limits.health())
                || due && members.stream().anyMatch(Member::inService);
    }

    private boolean ready() {
        return arrivals.allServingSince()
                .filter(since -> !at.now().isBefore(since.plus(limits.warmup())))
                .isPresent();
    }

    /** The new group gets what the old one was scaled out to meanwhile; it is never made smaller. */
    public boolean follow() {
        int more = sides.old()
                .map(group -> group.desiredCapacity() - state.basis())
                .orElse(0);
        int wanted = state.desired() + Math.max(0, more);
        if (!at.settled() || fresh.desiredCapacity() >= wanted) {
            return false;
        }
        at.wrote();
        at.save();
        at.aws().autoScaling().updateAutoScalingGroup(r -> {
            r.autoScalingGroupName(state.fresh()).desiredCapacity(wanted);
            if (wanted > fresh.maxSize()) {
                r.maxSize(wanted);
            }
        });
        launches.launchAsked();
        at.wrote();
        sides.say("Desired capacity of " + state.fresh() + " " + fresh.desiredCapacity() + " → " + wanted
                + (more > 0 ? ": " + state.old() + " was scaled out meanwhile" : ", as it was asked to be"));
        return true;
    }

    private Tick next(List<Member> members) {
        Optional<Instant> warm = arrivals.allServingSince().map(since -> since.plus(limits.warmup()));
        if (warm.isPresent()) {
            return new Tick.LookAgain(earlier(warm.get(), at.now().plus(limits.watch())));
        }
        if (arrivals.missing(members) > 0) {
            return new Tick.LookAgain(launches.nextLook().orElse(at.now().plus(CLOSE)));
        }
        Instant began = at.state().getInstant(ASKED).orElse(at.now());
        Duration quickest = state.quickest().isZero()
                ? QUICKEST
                : state.quickest().multipliedBy(9).dividedBy(10);
        Instant early = began.plus(quickest);
        if (at.now().isBefore(early)) {
            return new Tick.LookAgain(earlier(early, at.now().plus(limits.watch())));
        }
        boolean any = members.stream().anyMatch(Member::inService);
        Duration close = any ? CLOSE : FIRST;
        // The longer it takes, the less a few seconds matter.
        Duration slow = Duration.between(began, at.now()).dividedBy(any ? 10 : 5);
        return sides.in(slow.compareTo(close) > 0 ? slow : close);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
