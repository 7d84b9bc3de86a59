package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.bluegreen.BlueGreenState.Phase;
import io.jenkins.plugins.amideploy.core.bluegreen.Route.Mode;
import io.jenkins.plugins.amideploy.core.deployment.GroupTags;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.deployment.WayBack;
import io.jenkins.plugins.amideploy.core.group.GroupRemoval;
import io.jenkins.plugins.amideploy.core.group.SideHolding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.Tag;

/** Nobody is sent to the old side any more: things get the form that they had, and it goes. Only forward from here. */
final class Closing {
    /** Noted where both sides stay because the old one serves nothing. */
    static final String ALL_TO_NEW = "all.new";

    private static final String MOVED = "all.new.moved";

    private final Scene scene;
    private final BlueGreenState state;
    private final TickContext at;

    Closing(Scene scene) {
        this.scene = scene;
        this.state = scene.state();
        this.at = scene.at();
    }

    /** @param keep whether the old side stays */
    Tick begin(boolean keep) {
        state.keeps(keep);
        state.phase(Phase.SETTLE);
        at.wrote();
        at.save();
        return scene.now();
    }

    /** The record, or the actions, get back the form that they had. */
    Tick close() {
        scene.sides().verify();
        tag();
        Optional<Tick> wait = finished() ? Optional.empty() : scene.split().finish();
        if (wait.isPresent()) {
            return wait.get();
        }
        state.phase(state.keeps() ? Phase.PART : Phase.RETIRE);
        at.save();
        return scene.now();
    }

    /** Whether the old target groups are being removed already, by a deployment that this one cleans up after. */
    private boolean finished() {
        Cutover cutover = state.cutover().orElseThrow();
        return cutover.mode() == Mode.LISTENER
                && state.blue().targetGroups().size() < cutover.targetGroups().size();
    }

    /** On both groups, by one call: that it only goes forward from here. */
    private void tag() {
        if (at.state().has("tagged.cut")) {
            return;
        }
        List<Tag> tags = new ArrayList<>();
        scene.old()
                .ifPresent(group ->
                        tags.addAll(GroupTags.tags(state.old(), scene.sides().pairTags(true))));
        scene.fresh()
                .ifPresent(group ->
                        tags.addAll(GroupTags.tags(state.fresh(), scene.sides().freshTags(true))));
        at.aws().autoScaling().createOrUpdateTags(r -> r.tags(tags));
        at.state().put("tagged.cut", "yes");
        at.wrote();
        at.save();
    }

    /** The old group goes, then its balancer. */
    Tick retire() {
        scene.sides().verify();
        Optional<Tick> wait = new Bridging(scene).takeDown();
        if (wait.isPresent()) {
            return wait.get();
        }
        new SideHolding(scene.sides()).releaseFresh();
        wait = new GroupRemoval(at, state.old()).step(scene.old(), true, false);
        if (wait.isPresent()) {
            return wait.get();
        }
        wait = new Fronts(scene).removeOld();
        if (wait.isPresent()) {
            return wait.get();
        }
        wait = new Warming(scene).giveBack();
        if (wait.isPresent()) {
            return wait.get();
        }
        SideHolding holding = new SideHolding(scene.sides());
        holding.giveBackFresh(Set.of());
        holding.forgetLease();
        return new Ending(scene).retired();
    }

    /** Where the old side serves nothing any more, what traffic it still gets is lost. */
    private Optional<Tick> allToNew() {
        if (!at.state().has(ALL_TO_NEW) || !state.split() || scene.fresh().isEmpty()) {
            return Optional.empty();
        }
        if (!at.state().has(MOVED)) {
            Optional<Tick> wait = scene.split().move(100);
            if (wait.isPresent()) {
                return wait;
            }
            at.state().put(MOVED, "yes");
            state.percent(100);
            at.save();
        }
        return scene.split().finish();
    }

    /** Someone deleted the new group while the old one was on its way out, and is there still: there is a way back. */
    Stop wakeOld() {
        WayBack was = scene.sides().leases().mine().orElseThrow().wayBack();
        boolean emptied = GroupRemoval.begun(at.state());
        GroupRemoval.forget(at.state());
        state.phase(Phase.UNDO);
        at.wrote();
        at.save();
        at.aws()
                .autoScaling()
                .createOrUpdateTags(
                        r -> r.tags(GroupTags.tags(state.old(), scene.sides().pairTags(false))));
        if (emptied) {
            at.aws()
                    .autoScaling()
                    .updateAutoScalingGroup(r -> r.autoScalingGroupName(state.old())
                            .minSize(was.min())
                            .maxSize(was.max())
                            .desiredCapacity(was.desired()));
            scene.warn(state.old() + " gets its sizes back, min " + was.min() + ", desired " + was.desired() + ", max "
                    + was.max() + ": " + state.fresh() + " is gone");
        }
        return new Stop(
                Trouble.Kind.GROUP_CHANGED,
                "The group " + state.fresh() + " no longer exists; someone deleted it while " + state.old()
                        + " was being retired.");
    }

    /** Both sides stay. */
    Tick part() {
        scene.sides().verify();
        Optional<Tick> wait = allToNew();
        if (wait.isEmpty()) {
            wait = new Bridging(scene).oldBack();
        }
        if (wait.isEmpty()) {
            wait = new Bridging(scene).takeDown();
        }
        if (wait.isEmpty()) {
            wait = new Warming(scene).giveBack();
        }
        if (wait.isEmpty()) {
            SideHolding holding = new SideHolding(scene.sides());
            holding.releaseFresh();
            wait = holding.giveBackOld();
            if (wait.isEmpty()) {
                holding.giveBackFresh(Set.of());
                at.save();
            }
        }
        return wait.orElseGet(() -> new Ending(scene).parted());
    }
}
