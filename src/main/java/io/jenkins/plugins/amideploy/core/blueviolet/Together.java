package io.jenkins.plugins.amideploy.core.blueviolet;

import io.jenkins.plugins.amideploy.core.aws.Member;
import io.jenkins.plugins.amideploy.core.blueviolet.BlueVioletState.Phase;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import io.jenkins.plugins.amideploy.core.group.Alarms;
import io.jenkins.plugins.amideploy.core.group.ComingUp;
import io.jenkins.plugins.amideploy.core.group.GroupCopy.Front;
import io.jenkins.plugins.amideploy.core.group.SideGate;
import io.jenkins.plugins.amideploy.core.group.SideHolding;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** While the new group comes up, warms up, is tested by the block, and bakes. */
final class Together {
    private static final Duration ALARM_PERIOD = Duration.ofSeconds(30);
    private static final String ALARMS_READ = "alarms.read";
    private static final String BAKING_SINCE = "bake";
    /** Between two looks while nothing is awaited but what others might do. */
    private static final Duration SELDOM = Duration.ofSeconds(60);
    /** The same for those who bake for long. */
    private static final Duration RARELY = Duration.ofMinutes(5);

    private final Scene scene;
    private final BlueVioletState state;
    private final TickContext at;
    private final AutoScalingGroup fresh;
    private final ComingUp coming;
    private final SideGate gate;

    Together(Scene scene, AutoScalingGroup fresh) {
        this.scene = scene;
        this.state = scene.state();
        this.at = scene.at();
        this.fresh = fresh;
        this.coming = new ComingUp(
                scene.sides(),
                fresh,
                Front.of(fresh),
                new ComingUp.Limits(
                        scene.request().healthTimeout(), scene.request().warmup(), watch()));
        this.gate = new SideGate(scene.sides(), "both-serve");
    }

    Tick tick() {
        scene.verify();
        scene.old().ifPresent(group -> scene.leases().verifyTags(group, false));
        checkAlarms(at.state().getInstant(ALARMS_READ).orElse(Instant.EPOCH).plus(ALARM_PERIOD));
        if (coming.follow()) {
            return coming.soon();
        }
        boolean any = coming.members().stream().anyMatch(Member::inService);
        if (any && new SideHolding(scene.sides()).holdOld()) {
            return scene.in(Duration.ofSeconds(1)); // what the old group is now may have changed until then
        }
        return coming.look().orElseGet(() -> decide(coming.healthKnown()));
    }

    /** All of the new group has served for the warm-up time. */
    private Tick decide(boolean healthKnown) {
        if (!at.state().has("told.ready")) {
            at.state().put("told.ready", "yes");
            scene.say("All " + fresh.desiredCapacity() + " of " + state.fresh() + " are in service in every balancer");
        }
        if (scene.request().gated() && !gate.passed()) {
            return gate.open(fresh, Map::of, "The block decides whether " + state.old() + " is given up");
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

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
