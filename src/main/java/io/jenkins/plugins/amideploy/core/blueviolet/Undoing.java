package io.jenkins.plugins.amideploy.core.blueviolet;

import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.blueviolet.BlueVioletRequest.OnFailure;
import io.jenkins.plugins.amideploy.core.blueviolet.BlueVioletState.Phase;
import io.jenkins.plugins.amideploy.core.deployment.Leases;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.group.Arrivals;
import io.jenkins.plugins.amideploy.core.group.GroupRemoval;
import io.jenkins.plugins.amideploy.core.group.SideSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** What a trouble makes of a deployment that has not begun to take the old group out. */
final class Undoing {
    private static final String SINCE = "undo.since";

    private final Scene scene;
    private final BlueVioletState state;
    private final TickContext at;

    Undoing(Scene scene) {
        this.scene = scene;
        this.state = scene.state();
        this.at = scene.at();
    }

    /** Whether there is a trouble that has not been acted on. */
    boolean due() {
        return at.trouble().isPresent() && state.phase().compareTo(Phase.COME_UP) <= 0 && !state.cleansUp();
    }

    Tick turn() {
        Trouble trouble = at.trouble().orElseThrow();
        if (state.phase() == Phase.LEASE) {
            scene.old().ifPresent(group -> scene.leases().giveBack(group));
            return new Tick.Ended(new Outcome.Failed(trouble, "Nothing was changed."));
        }
        if (scene.old().isEmpty()) {
            stop(state.old() + " no longer exists; " + state.fresh() + " is all there is, and stays.");
        } else if (scene.request().onFailure() == OnFailure.STOP && state.started()) {
            stop("As asked by onFailure: stop.");
        } else {
            scene.say(
                    state.making()
                            ? "The new group is removed; " + state.old() + " keeps serving"
                            : "Both groups keep serving and get their processes back");
            state.phase(Phase.UNDO);
        }
        at.save();
        return scene.now();
    }

    private void stop(String why) {
        state.stopping(why);
        state.phase(Phase.PART);
    }

    Tick tick() {
        scene.verify();
        if (!state.making()) {
            return giveBoth();
        }
        if (scene.fresh().isPresent() && oldIsNeeded()) {
            return scene.in(Duration.ofSeconds(15));
        }
        if (state.stopping()) {
            return scene.now();
        }
        boolean served = !at.state().has("arrivals") && state.cleansUp() || anyServed();
        Optional<Tick> wait =
                mayExist() ? new GroupRemoval(at, state.fresh()).step(scene.fresh(), served, false) : Optional.empty();
        if (wait.isPresent()) {
            return wait.get();
        }
        removeSource();
        return new Ending(scene).undone();
    }

    private boolean mayExist() {
        return state.target().isPresent() || state.created() || state.cleansUp();
    }

    private boolean anyServed() {
        return scene.fresh()
                .map(group -> new Arrivals(at, group).anyServed()
                        || group.instances().stream().anyMatch(i -> "InService".equals(i.lifecycleStateAsString())))
                .orElse(false);
    }

    /** A copy of which it is not known what the group that was to use it looks like. */
    private void removeSource() {
        if (state.copied() && state.fixed().isPresent() && !at.state().has("source.gone")) {
            new SideSource(at.aws(), state.maker(at.owner().deployment()))
                    .deleteCopyOf(state.fixed().get());
            at.state().put("source.gone", "yes");
        }
    }

    /**
     * While the old group serves less than it should, the new one is not taken away from under the load. Where it does
     * not come back, the new one stays.
     */
    private boolean oldIsNeeded() {
        AutoScalingGroup old = scene.old().orElse(null);
        if (old == null) {
            stop(state.old() + " no longer exists; " + state.fresh() + " is all there is, and stays.");
            at.save();
            return false;
        }
        if (!anyServed() || GroupRemoval.begun(at.state())) {
            return false;
        }
        int serving = Arrivals.serving(Balancers.members(at.aws(), old));
        if (serving >= old.desiredCapacity()) {
            return false;
        }
        Instant since = at.state().getInstant(SINCE).orElse(at.now());
        if (!at.state().has(SINCE)) {
            at.state().put(SINCE, since);
            scene.warn("Only " + serving + " of " + old.desiredCapacity() + " of " + state.old()
                    + " serve; the new group is removed when they all do");
        }
        if (at.now().isBefore(since.plus(scene.request().healthTimeout()))) {
            return true;
        }
        if (serving == 0 && state.basis() > 0 && !state.cleansUp()) {
            stop(state.old() + " serves nothing any more; " + state.fresh() + " stays, so that something does.");
            at.save();
        }
        return false;
    }

    /** Both groups were there before; they get back what was taken. */
    private Tick giveBoth() {
        if (state.raised() > 0 && state.started() && !at.state().has("lowered")) {
            lower();
            return scene.in(Leases.SETTLE);
        }
        return new Ending(scene).undone();
    }

    private void lower() {
        scene.fresh().ifPresent(group -> {
            int desired = Math.max(group.minSize(), group.desiredCapacity() - state.raised());
            at.wrote();
            at.save();
            at.aws()
                    .autoScaling()
                    .updateAutoScalingGroup(
                            r -> r.autoScalingGroupName(state.fresh()).desiredCapacity(desired));
            scene.say("Desired capacity of " + state.fresh() + " " + group.desiredCapacity() + " → " + desired);
        });
        at.state().put("lowered", "yes");
        at.wrote();
        at.save();
    }
}
