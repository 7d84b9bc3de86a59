package io.jenkins.plugins.amideploy.core.deployment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Tag;

/** Takes, keeps and gives back the lease of one group for the deployment of a tick. */
public final class Leases {
    /** How long AWS may show a group as it was before our last write. */
    public static final Duration SETTLE = Duration.ofSeconds(10);
    /** How long two deployments that write at once need to see who was later. */
    private static final Duration CONFIRM = Duration.ofSeconds(3);

    private static final String WRITTEN = "lease.written";
    private static final String HELD = "lease.held";

    private final TickContext at;
    private final String group;

    public Leases(TickContext at, String group) {
        this.at = at;
        this.group = group;
    }

    /** The lease as this deployment last wrote it; empty before it did. */
    public Optional<Lease> mine() {
        return Lease.in(at.state());
    }

    /** Whether this deployment has ever held the lease, that is, may have changed the group. */
    public static boolean everHeld(SavedState state) {
        return state.has(HELD);
    }

    /** The lease of someone else on the group, or empty. */
    public Optional<Lease> foreign(AutoScalingGroup shown) {
        return Lease.on(shown).filter(lease -> !isMine(lease));
    }

    /**
     * Takes the lease on a free group, over several ticks.
     *
     * @return when to look again; empty once the lease is held
     * @throws Stop where someone else was faster
     */
    public Optional<Tick> take(AutoScalingGroup shown, WayBack wayBack) {
        if (at.state().has(HELD)) {
            return Optional.empty();
        }
        foreign(shown).ifPresent(other -> {
            throw taken(other);
        });
        Optional<Instant> written = at.state().getInstant(WRITTEN);
        if (written.isEmpty()) {
            write(new Lease(at.owner(), wayBack, Set.of()));
            return Optional.of(new Tick.LookAgain(at.now().plus(CONFIRM)));
        }
        if (Lease.on(shown).isPresent()) {
            at.state().put(HELD, at.now());
            at.save();
            return Optional.empty();
        }
        if (at.now().isAfter(written.get().plus(SETTLE))) {
            write(mine().orElseThrow());
        }
        return Optional.of(new Tick.LookAgain(at.now().plus(CONFIRM)));
    }

    /** Says that the lease cannot be had because of that one. */
    public static Stop taken(Lease other) {
        return new Stop(
                Trouble.Kind.REFUSED,
                "The group is being deployed to by " + other.owner()
                        + ". Wait for that build, or abort it; if it no longer exists, restore the group first "
                        + "(restoreAutoScalingGroup, with force where the build ran on another controller).");
    }

    /**
     * Looks whether the lease is still ours.
     *
     * @throws Stop of kind LEASE_LOST where someone else has it: from then on the group is theirs
     */
    public void verify(AutoScalingGroup shown) {
        foreign(shown).ifPresent(other -> {
            throw lost("The lease on the group was taken over by " + other.owner());
        });
    }

    /**
     * Looks whether the group still has the tags of the lease. Tags that someone merely deleted are put back, for they
     * are the way back.
     *
     * @param capacityTaken whether others have lowered the desired capacity at the same time: then the group was restored
     * @throws Stop of kind LEASE_LOST where the group was restored
     */
    public void verifyTags(AutoScalingGroup shown, boolean capacityTaken) {
        boolean settled = at.state()
                .getInstant(WRITTEN)
                .map(written -> at.now().isAfter(written.plus(SETTLE)))
                .orElse(true);
        if (!settled || Lease.on(shown).isPresent() || mine().isEmpty()) {
            return;
        }
        if (capacityTaken) {
            throw lost("Someone restored the group while this deployment was running");
        }
        at.say(Event.Kind.WARNING, "", "Someone removed this deployment's tags from the group; they are put back.");
        write(mine().get());
    }

    private static Stop lost(String how) {
        return new Stop(Trouble.Kind.LEASE_LOST, how + "; this deployment lets go of it.");
    }

    /** Writes the lease: first to the saved state, then to the group. */
    public void write(Lease lease) {
        lease.keepIn(at.state());
        at.state().put(WRITTEN, at.now());
        at.wrote();
        at.save();
        at.aws().autoScaling().createOrUpdateTags(r -> r.tags(lease.tags(group)));
    }

    /** Takes the lease of a deployment that is over, with its way back, so that it can be restored. */
    public void takeOver(Lease dead) {
        at.state().put(HELD, at.now());
        write(dead.with(at.owner()));
    }

    /** Gives the lease back: the last thing done to a group. The caller saves, together with whatever comes after. */
    public void giveBack(AutoScalingGroup shown) {
        var tags = foreign(shown).isPresent() ? List.<Tag>of() : Lease.allOn(shown, mine());
        if (!tags.isEmpty()) {
            at.aws().autoScaling().deleteTags(r -> r.tags(tags));
        }
        mine().ifPresent(
                        lease -> lease.tags().keySet().forEach(key -> at.state().remove(key)));
        at.state().remove(WRITTEN, HELD);
    }

    private boolean isMine(Lease lease) {
        return lease.owner().deployment().equals(at.owner().deployment());
    }
}
