package io.jenkins.plugins.amideploy.core.group;

import io.jenkins.plugins.amideploy.core.deployment.GroupTags;
import io.jenkins.plugins.amideploy.core.deployment.Lease;
import io.jenkins.plugins.amideploy.core.deployment.Leases;
import io.jenkins.plugins.amideploy.core.deployment.Restoration;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** Holds the sizes of both groups while they share the load, and lets go of them; on the tags first, each time. */
public final class SideHolding {
    private static final String RELEASED = "released";

    private final Sides sides;
    private final SideState state;
    private final TickContext at;

    public SideHolding(Sides sides) {
        this.sides = sides;
        this.state = sides.state();
        this.at = sides.at();
    }

    /** Suspends what would scale the old group. Whether anything was to be done. */
    public boolean holdOld() {
        if (state.oldHeld() || sides.old().isEmpty()) {
            return false;
        }
        Lease mine = sides.leases().mine().orElseThrow();
        Set<String> ours = mine.wayBack().suspended().isEmpty()
                ? Sides.toHold(sides.old().get())
                : mine.wayBack().suspended();
        if (!ours.isEmpty()) {
            sides.leases().write(mine.with(mine.wayBack().withSuspended(ours)));
            at.aws()
                    .autoScaling()
                    .suspendProcesses(r -> r.autoScalingGroupName(state.old()).scalingProcesses(ours));
            sides.say("Both groups serve from now on: " + String.join(", ", ours) + " of " + state.old()
                    + " suspended, so that a part of the load scales nothing in");
        }
        state.oldHeld(true);
        at.wrote();
        at.save();
        return true;
    }

    /** Lets the fresh group scale by itself. */
    public void releaseFresh() {
        if (at.state().has(RELEASED) || sides.fresh().isEmpty()) {
            return;
        }
        Set<String> ours = held(sides.fresh().get());
        if (!ours.isEmpty()) {
            at.aws()
                    .autoScaling()
                    .resumeProcesses(r -> r.autoScalingGroupName(state.fresh()).scalingProcesses(ours));
            sides.say(String.join(", ", ours) + " of " + state.fresh() + " resumed");
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

    /**
     * Ends the lease of the fresh group.
     *
     * @param further tags that go with it, by key
     */
    public void giveBackFresh(Collection<String> further) {
        sides.fresh().ifPresent(group -> {
            if (sides.leases().foreign(group).isEmpty()) {
                Set<String> keys = new LinkedHashSet<>(sides.freshTags(false).keySet());
                keys.addAll(further);
                at.aws().autoScaling().deleteTags(r -> r.tags(GroupTags.keys(state.fresh(), keys)));
            }
        });
    }

    /**
     * Lets the old group scale by itself and ends its lease.
     *
     * @return when to look again; empty once it is done
     */
    public Optional<Tick> giveBackOld() {
        if (sides.old().isEmpty() || !Leases.everHeld(at.state())) {
            return Optional.empty();
        }
        Optional<Tick> again =
                new Restoration(at, state.old()).step(sides.old().get(), null, Comparator.comparing(member -> 0));
        if (again.isEmpty()) {
            // The lease's own tags are gone with it; those of the pair may not have been shown.
            at.aws()
                    .autoScaling()
                    .deleteTags(r -> r.tags(
                            GroupTags.keys(state.old(), sides.pairTags(false).keySet())));
            state.oldHeld(false);
            at.save();
        }
        return again;
    }

    /** The lease went with its group. */
    public void forgetLease() {
        at.state().toMap().keySet().stream()
                .filter(key -> key.startsWith("ami-deploy:"))
                .forEach(at.state()::remove);
        at.state().remove("lease.written", "lease.held");
        at.save();
    }
}
