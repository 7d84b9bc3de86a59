package io.jenkins.plugins.amideploy.core.blueviolet;

import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.aws.Balancers.Report;
import io.jenkins.plugins.amideploy.core.aws.Member;
import io.jenkins.plugins.amideploy.core.blueviolet.BlueVioletState.Phase;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import io.jenkins.plugins.amideploy.core.group.Alarms;
import io.jenkins.plugins.amideploy.core.group.Arrivals;
import io.jenkins.plugins.amideploy.core.group.LaunchFailures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** While the new group comes up, warms up, is tested by the block, and bakes. */
final class Together {
    private static final Duration ALARM_PERIOD = Duration.ofSeconds(30);
    private static final String ALARMS_READ = "alarms.read";
    private static final String BAKING_SINCE = "bake";
    /** Between two looks while instances may come into service at any moment. */
    private static final Duration CLOSE = Duration.ofSeconds(8);
    /** Between two looks while the first one may come into service at any moment. */
    private static final Duration FIRST = Duration.ofSeconds(10);
    /** Before anything is known, no instance serves sooner than this. */
    private static final Duration QUICKEST = Duration.ofSeconds(20);
    /** Between two looks while nothing is awaited but what others might do. */
    private static final Duration SELDOM = Duration.ofSeconds(60);
    /** The same for those who bake for long. */
    private static final Duration RARELY = Duration.ofMinutes(5);
    /** Between two looks at the balancers while an instance is late. */
    private static final Duration LATE = Duration.ofSeconds(60);

    private final Scene scene;
    private final BlueVioletState state;
    private final TickContext at;
    private final AutoScalingGroup fresh;
    private final Arrivals arrivals;
    private final LaunchFailures launches;
    private final Gate gate;

    Together(Scene scene, AutoScalingGroup fresh) {
        this.scene = scene;
        this.state = scene.state();
        this.at = scene.at();
        this.fresh = fresh;
        this.arrivals = new Arrivals(at, fresh);
        this.launches = new LaunchFailures(at, fresh, scene.request().healthTimeout(), scene::warn);
        this.gate = new Gate(scene, fresh);
    }

    Tick tick() {
        scene.verify();
        scene.old().ifPresent(group -> scene.leases().verifyTags(group, false));
        checkAlarms(at.state().getInstant(ALARMS_READ).orElse(Instant.EPOCH).plus(ALARM_PERIOD));
        if (follow()) {
            return scene.in(CLOSE);
        }
        List<Member> members = Balancers.membersWithoutBalancers(fresh);
        if (members.stream().anyMatch(Member::inService) && new Holding(scene).holdOld()) {
            return scene.in(Duration.ofSeconds(1)); // what the old group is now may have changed until then
        }
        boolean ask = worthAsking(members);
        if (ask) {
            Report report = Balancers.report(at.aws(), fresh);
            members = Balancers.members(fresh, report);
            at.state().put("asked.balancers", at.now());
        }
        arrivals.look(members, ask || !Balancers.any(fresh));
        arrivals.failure(members, scene.request().healthTimeout(), launches).ifPresent(why -> {
            throw new Stop(Trouble.Kind.UNHEALTHY, why);
        });
        return ready() ? decide(ask || !Balancers.any(fresh)) : next(members);
    }

    private boolean worthAsking(List<Member> members) {
        if (!Balancers.any(fresh)) {
            return false;
        }
        Instant asked = at.state().getInstant("asked.balancers").orElse(Instant.EPOCH);
        boolean due = at.now().isAfter(asked.plus(LATE));
        return arrivals.inService(members)
                || arrivals.anyLate(members, scene.request().healthTimeout())
                || due && members.stream().anyMatch(Member::inService);
    }

    private boolean ready() {
        return arrivals.allServingSince()
                .filter(since -> !at.now().isBefore(since.plus(scene.request().warmup())))
                .isPresent();
    }

    /** All of the new group has served for the warm-up time. */
    private Tick decide(boolean healthKnown) {
        if (!at.state().has("told.ready")) {
            at.state().put("told.ready", "yes");
            scene.say("All " + fresh.desiredCapacity() + " of " + state.fresh() + " are in service in every balancer");
        }
        if (gate.closed()) {
            return gate.open();
        }
        Instant since = at.state().getInstant(BAKING_SINCE).orElse(at.now());
        if (!at.state().has(BAKING_SINCE)) {
            at.state().put(BAKING_SINCE, since);
            if (!scene.request().bake().isZero()) {
                scene.say("Both groups serve for " + Words.of(scene.request().bake()) + " before anything goes");
            }
        }
        Instant until = since.plus(scene.request().bake());
        if (at.now().isBefore(until)) {
            return new Tick.LookAgain(earlier(until, at.now().plus(watch())));
        }
        if (!healthKnown) {
            return scene.now();
        }
        return goOn();
    }

    private Tick goOn() {
        checkAlarms(at.now());
        if (!scene.request().terminateRelative()) {
            state.phase(Phase.PART);
            at.save();
            return scene.now();
        }
        return new Cut(scene).begin();
    }

    /** The new group gets what the old one was scaled out to meanwhile; it is never made smaller. */
    private boolean follow() {
        int more = scene.old()
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
        scene.say("Desired capacity of " + state.fresh() + " " + fresh.desiredCapacity() + " → " + wanted
                + (more > 0 ? ": " + state.old() + " was scaled out meanwhile" : ", as it was asked to be"));
        return true;
    }

    private void checkAlarms(Instant due) {
        if (scene.request().alarms().isEmpty() || at.now().isBefore(due)) {
            return;
        }
        new Alarms(at.aws(), scene.request().alarms()).ringing().ifPresent(text -> {
            throw new Stop(Trouble.Kind.ALARM, text);
        });
        at.state().put(ALARMS_READ, at.now());
    }

    private Duration watch() {
        if (!scene.request().alarms().isEmpty()) {
            return ALARM_PERIOD;
        }
        Duration third = scene.request().bake().dividedBy(3);
        return third.compareTo(SELDOM) < 0 ? SELDOM : third.compareTo(RARELY) > 0 ? RARELY : third;
    }

    private Tick next(List<Member> members) {
        Optional<Instant> warm = arrivals.allServingSince()
                .map(since -> since.plus(scene.request().warmup()));
        if (warm.isPresent()) {
            return new Tick.LookAgain(earlier(warm.get(), at.now().plus(watch())));
        }
        if (arrivals.missing(members) > 0) {
            return new Tick.LookAgain(launches.nextLook().orElse(at.now().plus(CLOSE)));
        }
        Instant began = at.state().getInstant("asked").orElse(at.now());
        Duration quickest = state.quickest().isZero()
                ? QUICKEST
                : state.quickest().multipliedBy(9).dividedBy(10);
        Instant early = began.plus(quickest);
        if (at.now().isBefore(early)) {
            return new Tick.LookAgain(earlier(early, at.now().plus(watch())));
        }
        boolean any = members.stream().anyMatch(Member::inService);
        Duration close = any ? CLOSE : FIRST;
        // The longer it takes, the less a few seconds matter.
        Duration slow = Duration.between(began, at.now()).dividedBy(any ? 10 : 5);
        return scene.in(slow.compareTo(close) > 0 ? slow : close);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
