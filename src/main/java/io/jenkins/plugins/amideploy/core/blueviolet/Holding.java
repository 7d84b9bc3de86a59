package io.jenkins.plugins.amideploy.core.blueviolet;

import io.jenkins.plugins.amideploy.core.deployment.GroupTags;
import io.jenkins.plugins.amideploy.core.deployment.Lease;
import io.jenkins.plugins.amideploy.core.deployment.Leases;
import io.jenkins.plugins.amideploy.core.deployment.Restoration;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** Holds the sizes of both groups while they share the load, and lets go of them; on the tags first, each time. */
final class Holding {
    private static final String RELEASED = "released";

    private final Scene scene;
    private final BlueVioletState state;
    private final TickContext at;

    Holding(Scene scene) {
        this.scene = scene;
        this.state = scene.state();
        this.at = scene.at();
    }

    /** Suspends what would scale the old group. Whether anything was to be done. */
    boolean holdOld() {
        if (state.oldHeld() || scene.old().isEmpty()) {
            return false;
        }
        Lease mine = scene.leases().mine().orElseThrow();
        Set<String> ours = mine.wayBack().suspended().isEmpty()
                ? Scene.toHold(scene.old().get())
                : mine.wayBack().suspended();
        if (!ours.isEmpty()) {
            scene.leases().write(mine.with(mine.wayBack().withSuspended(ours)));
            at.aws()
                    .autoScaling()
                    .suspendProcesses(r -> r.autoScalingGroupName(state.old()).scalingProcesses(ours));
            scene.say("Both groups serve from now on: " + String.join(", ", ours) + " of " + state.old()
                    + " suspended, so that half the load scales nothing in");
        }
        state.oldHeld(true);
        at.wrote();
        at.save();
        return true;
    }

    /** Lets the fresh group scale by itself. */
    void releaseFresh() {
        if (at.state().has(RELEASED) || scene.fresh().isEmpty()) {
            return;
        }
        Set<String> ours = held(scene.fresh().get());
        if (!ours.isEmpty()) {
            at.aws()
                    .autoScaling()
                    .resumeProcesses(r -> r.autoScalingGroupName(state.fresh()).scalingProcesses(ours));
            scene.say(String.join(", ", ours) + " of " + state.fresh() + " resumed");
        }
        at.state().put(RELEASED, "yes");
        at.wrote();
        at.save();
    }

    private Set<String> held(AutoScalingGroup fresh) {
        return state.held().isEmpty()
                ? Lease.on(fresh).map(lease -> lease.wayBack().suspended()).orElse(Set.of())
                : state.held();
    }

    /** Ends the lease of the fresh group. */
    void giveBackFresh() {
        scene.fresh().ifPresent(group -> {
            if (scene.leases().foreign(group).isEmpty()) {
                Set<String> keys = new LinkedHashSet<>(scene.freshTags(false).keySet());
                keys.add(Carrying.key());
                at.aws().autoScaling().deleteTags(r -> r.tags(GroupTags.keys(state.fresh(), keys)));
            }
        });
    }

    /**
     * Lets the old group scale by itself and ends its lease.
     *
     * @return when to look again; empty once it is done
     */
    Optional<Tick> giveBackOld() {
        if (scene.old().isEmpty() || !Leases.everHeld(at.state())) {
            return Optional.empty();
        }
        Optional<Tick> again =
                new Restoration(at, state.old()).step(scene.old().get(), null, Comparator.comparing(member -> 0));
        if (again.isEmpty()) {
            // The lease's own tags are gone with it; those of the pair may not have been shown.
            at.aws()
                    .autoScaling()
                    .deleteTags(r -> r.tags(
                            GroupTags.keys(state.old(), scene.pair(false).tags().keySet())));
            state.oldHeld(false);
            at.save();
        }
        return again;
    }
}
