package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.bluegreen.BlueGreenState.Phase;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import io.jenkins.plugins.amideploy.core.group.SideHolding;
import io.jenkins.plugins.amideploy.core.traffic.Split;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** Moves the traffic over, step by step. */
final class Shift {
    /** Whether the new side has all traffic, so that it is no longer made as large as the old one. */
    static final String ALONE = "alone";
    /** Whether the old group is gone, so that nothing is left to be gradual about. */
    private static final String HURRY = "hurry";

    private static final Duration SOON = Duration.ofSeconds(5);

    private final Scene scene;
    private final BlueGreenState state;
    private final TickContext at;
    private final AutoScalingGroup fresh;
    private final Watch watch;
    private final Split split;

    Shift(Scene scene, AutoScalingGroup fresh) {
        this.scene = scene;
        this.state = scene.state();
        this.at = scene.at();
        this.fresh = fresh;
        this.watch = new Watch(scene, fresh);
        this.split = scene.split();
    }

    /** The old group is gone: whatever traffic it still gets is lost. */
    static Tick hurry(Scene scene) {
        scene.at().state().put(HURRY, "yes");
        scene.state().pace(List.of(100), Duration.ZERO);
        scene.state().phase(Phase.SHIFT);
        scene.at().save();
        return scene.now();
    }

    static boolean hurries(Scene scene) {
        return scene.at().state().has(HURRY);
    }

    Tick tick() {
        Optional<Tick> unready = watch.look();
        if (state.percent() < 0) {
            if (unready.isPresent()) {
                return unready.get();
            }
            return begin();
        }
        if (new SideHolding(scene.sides()).holdOld()) {
            return scene.in(Duration.ofSeconds(1)); // what the old group is now may have changed until then
        }
        if (state.settledSince().isEmpty()) {
            if (unready.isPresent() && notMoved()) {
                return unready.get();
            }
            Optional<Tick> wait = arrive();
            if (wait.isPresent()) {
                return wait.get();
            }
        } else {
            watch.position(split);
        }
        return next(unready);
    }

    private Tick begin() {
        new Quiet(scene, state.blue()).remember();
        state.markSplit();
        state.percent(0);
        at.save();
        scene.say("Traffic moves to " + state.fresh() + " in steps of "
                + String.join(", ", state.steps().stream().map(p -> p + " %").toList())
                + ". Way back until the old side goes: abort this build, and all of it goes back to " + state.old());
        return scene.now();
    }

    /** Whether it was cut off before it moved anything: the new group was ready then, and is not now. */
    private boolean notMoved() {
        int shown = split.where().percentGreen();
        if (shown >= state.percent()) {
            return false;
        }
        state.percent(shown);
        return true;
    }

    /** Until everybody who asks is told what was asked for last. */
    private Optional<Tick> arrive() {
        Optional<Tick> wait = state.percent() == 0 ? split.prepare() : split.move(state.percent());
        if (wait.isPresent()) {
            return wait;
        }
        if (state.percent() > 0 && !split.settled()) {
            Duration look = split.ttl().compareTo(SOON) < 0 ? SOON : split.ttl().dividedBy(2);
            return Optional.of(scene.in(look.compareTo(Watch.PERIOD) < 0 ? look : Watch.PERIOD));
        }
        state.settledSince(at.now());
        at.save();
        return Optional.empty();
    }

    private Tick next(Optional<Tick> unready) {
        int percent = state.percent();
        if (percent > 0) {
            Instant until = state.settledSince().orElseThrow().plus(state.interval());
            if (at.now().isBefore(until)) {
                Instant look = at.now().plus(Watch.PERIOD);
                return new Tick.LookAgain(until.isBefore(look) ? until : look);
            }
            if (!hurries(scene) && Gates.closed(scene, percent)) {
                return Gates.open(scene, fresh, percent);
            }
        }
        Optional<Integer> step = state.steps().stream().filter(p -> p > percent).findFirst();
        if (step.isEmpty()) {
            state.phase(Phase.DRAIN);
            at.save();
            return scene.now();
        }
        if (unready.isPresent()) {
            tellWaiting(step.get());
            return unready.get();
        }
        return watch.confirmed() ? move(step.get()) : scene.in(SOON);
    }

    private void tellWaiting(int percent) {
        if (at.state().getInt("told.waiting", -1) != percent) {
            at.state().put("told.waiting", percent);
            scene.warn("The step to " + percent + " % waits until all of " + state.fresh() + " serves again");
        }
    }

    /** All of the new group was confirmed in this very tick. */
    private Tick move(int percent) {
        List<Integer> steps = state.steps();
        String step = "step " + (steps.indexOf(percent) + 1) + " of " + steps.size();
        String then = state.interval().isZero() ? "" : "; watched for " + Words.of(state.interval()) + " then";
        at.say(
                percent + " %",
                "Traffic: " + state.percent() + " % → " + percent + " % to " + state.fresh() + " (" + step + ")"
                        + (percent < 100 ? ", " + (100 - percent) + " % stay with " + state.old() : "") + then);
        state.percent(percent);
        at.save();
        return arrive().orElseGet(scene::now);
    }
}
