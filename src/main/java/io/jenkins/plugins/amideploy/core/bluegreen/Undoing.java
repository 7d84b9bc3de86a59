package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.bluegreen.BlueGreenRequest.OnFailure;
import io.jenkins.plugins.amideploy.core.bluegreen.BlueGreenState.Phase;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import io.jenkins.plugins.amideploy.core.group.Arrivals;
import io.jenkins.plugins.amideploy.core.group.GroupCopy.Front;
import io.jenkins.plugins.amideploy.core.group.GroupRemoval;
import io.jenkins.plugins.amideploy.core.group.SideHolding;
import io.jenkins.plugins.amideploy.core.group.SideSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** The way back: traffic returns to the old side, and when nothing reaches the new one any more, that goes. */
final class Undoing {
    private static final String WEAK_SINCE = "undo.weak";
    private static final String BACK_SINCE = "undo.back";
    private static final Duration LOOK = Duration.ofSeconds(15);

    private final Scene scene;
    private final BlueGreenState state;
    private final TickContext at;

    Undoing(Scene scene) {
        this.scene = scene;
        this.state = scene.state();
        this.at = scene.at();
    }

    /** Whether there is a trouble that has not been acted on, and a way back. */
    boolean due() {
        return at.trouble().isPresent()
                && state.phase().compareTo(Phase.CLEAR_UP) > 0
                && state.phase().compareTo(Phase.DRAIN) <= 0
                && !state.cleansUp();
    }

    Tick turn() {
        Trouble trouble = at.trouble().orElseThrow();
        if (state.phase() == Phase.LEASE) {
            scene.old().ifPresent(group -> scene.sides().leases().giveBack(group));
            return new Tick.Ended(new Outcome.Failed(trouble, "Nothing was changed."));
        }
        if (scene.old().isEmpty() && scene.fresh().isPresent()) {
            at.state().put(Closing.ALL_TO_NEW, "yes");
            stop(state.old() + " no longer exists; " + state.fresh() + " is all there is, and stays.");
        } else if (scene.request().onFailure() == OnFailure.STOP && state.started()) {
            stop("As asked by onFailure: stop.");
        } else {
            scene.say(
                    state.split()
                            ? "Traffic goes back to " + state.old() + ", then " + state.fresh() + " is removed"
                            : "The new side is removed; no traffic was moved, " + state.old() + " keeps serving");
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
        scene.sides().verify();
        Optional<Tick> wait = oldMustServe();
        if (wait.isEmpty() && !state.stopping()) {
            wait = trafficBack();
        }
        if (wait.isEmpty() && !state.stopping()) {
            wait = remove();
        }
        if (wait.isPresent() || state.stopping()) {
            return wait.orElseGet(scene::now);
        }
        return new Ending(scene).undone();
    }

    /** All visitors go to the old side, and those that were told otherwise before have gone. */
    private Optional<Tick> trafficBack() {
        if (!state.split() || at.state().has("undo.done")) {
            return Optional.empty();
        }
        Optional<Tick> wait = scene.split().undo();
        if (wait.isPresent()) {
            return wait;
        }
        boolean moved = state.percent() > 0 || state.cleansUp();
        Instant since = at.state().getInstant(BACK_SINCE).orElse(at.now());
        if (!at.state().has(BACK_SINCE)) {
            at.state().put(BACK_SINCE, since);
            at.save();
            if (moved) {
                scene.say("All traffic is sent to " + state.old() + " again; " + state.fresh()
                        + " goes when nothing reaches it any more, at the latest after "
                        + Words.of(scene.request().drain().timeout()));
            }
        }
        wait = moved ? new Quiet(scene, scene.green()).step(since) : Optional.empty();
        Instant end = since.plus(scene.request().drain().timeout());
        if (wait.isPresent() && at.now().isBefore(end) && !at.unwindingTooLong()) {
            return wait;
        }
        if (wait.isPresent()) {
            scene.warn("Something still reaches " + scene.green().name() + " after "
                    + Words.of(scene.request().drain().timeout()) + "; it is removed all the same");
        }
        at.state().put("undo.done", "yes");
        at.save();
        return Optional.empty();
    }

    private Optional<Tick> remove() {
        if (mayExist()) {
            boolean served = state.split() || anyServed();
            Optional<Tick> wait = new GroupRemoval(at, state.fresh()).step(scene.fresh(), served, false);
            if (wait.isPresent()) {
                return wait;
            }
        }
        Optional<Tick> wait = new Fronts(scene).removeNew();
        if (wait.isEmpty()) {
            wait = new Warming(scene).giveBack(); // it went with the balancer
        }
        if (wait.isPresent()) {
            return wait;
        }
        removeSource();
        return new SideHolding(scene.sides()).giveBackOld();
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

    private int newServes() {
        Front front = scene.green().front();
        return scene.fresh()
                .map(group ->
                        Balancers.members(group, Balancers.report(at.aws(), front.targetGroups(), front.classic())))
                .map(Arrivals::serving)
                .orElse(0);
    }

    /**
     * While the old group serves less than it should, traffic is not sent back to it. Where it does not come back, the new
     * one keeps what it has.
     */
    private Optional<Tick> oldMustServe() {
        if (!state.split() || at.state().has(BACK_SINCE)) {
            return Optional.empty();
        }
        AutoScalingGroup old = scene.old().orElse(null);
        if (old == null && scene.fresh().isEmpty()) {
            return Optional.empty(); // there is nothing that could serve, and only leftovers to remove
        }
        if (old == null) {
            at.state().put(Closing.ALL_TO_NEW, "yes");
            stop(state.old() + " no longer exists; " + state.fresh() + " is all there is, and stays.");
            at.save();
            return Optional.empty();
        }
        Optional<Tick> back = new Bridging(scene).oldBack();
        if (back.isPresent()) {
            return back;
        }
        int serving = Arrivals.serving(Balancers.members(at.aws(), old));
        if (serving >= old.desiredCapacity() || serving > 0 && newServes() == 0) {
            return Optional.empty();
        }
        Instant since = at.state().getInstant(WEAK_SINCE).orElse(at.now());
        if (!at.state().has(WEAK_SINCE)) {
            at.state().put(WEAK_SINCE, since);
            scene.warn("Only " + serving + " of " + old.desiredCapacity() + " of " + state.old()
                    + " serve; traffic goes back when they all do");
        }
        if (at.now().isBefore(since.plus(scene.request().healthTimeout()))) {
            return Optional.of(scene.in(LOOK));
        }
        if (serving == 0 && state.basis() > 0 && !state.cleansUp()) {
            at.state().put(Closing.ALL_TO_NEW, "yes");
            stop(state.old() + " serves nothing any more; " + state.fresh() + " stays, so that something does.");
            at.save();
        }
        return Optional.empty();
    }
}
