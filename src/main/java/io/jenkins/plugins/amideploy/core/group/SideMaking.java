package io.jenkins.plugins.amideploy.core.group;

import io.jenkins.plugins.amideploy.core.deployment.GroupTags;
import io.jenkins.plugins.amideploy.core.deployment.Lease;
import io.jenkins.plugins.amideploy.core.deployment.Standby;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.deployment.WayBack;
import io.jenkins.plugins.amideploy.core.group.GroupCopy.Front;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.AlreadyExistsException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** Makes a group beside another: from the lease to the moment in which it begins to launch. */
public final class SideMaking {
    private static final String TAGGED = "tagged";

    private final Sides sides;
    private final SideState state;
    private final TickContext at;

    public SideMaking(Sides sides) {
        this.sides = sides;
        this.state = sides.state();
        this.at = sides.at();
    }

    /**
     * Takes the lease of the old group; whoever deploys to either of the two takes that one.
     *
     * @return when to look again; empty once it is held
     */
    public Optional<Tick> lease() {
        AutoScalingGroup old = sides.old().orElseThrow();
        WayBack wayBack = new WayBack(
                old.minSize(),
                old.maxSize(),
                old.desiredCapacity(),
                0,
                0,
                Set.of(),
                LaunchSource.of(old).map(Object::toString).orElse(""));
        return sides.leases().take(old, wayBack);
    }

    /**
     * Removes a standby whose name is needed.
     *
     * @return when to look again; empty once there is no group of that name
     */
    public Optional<Tick> makeRoom() {
        boolean standby =
                sides.fresh().filter(group -> Standby.on(group).isPresent()).isPresent();
        if (sides.fresh().isPresent() && !standby && !GroupRemoval.begun(at.state())) {
            throw inTheWay();
        }
        if (sides.fresh().isPresent()) {
            Optional<Tick> wait = new GroupRemoval(at, state.fresh()).step(sides.fresh(), false, false);
            return Optional.of(wait.orElseGet(() -> sides.in(Duration.ofSeconds(5))));
        }
        GroupRemoval.forget(at.state());
        GroupRemoval.expect(at.state(), state.drains(), state.terminationHooks());
        return Optional.empty();
    }

    private Stop inTheWay() {
        return new Stop(
                Trouble.Kind.GROUP_CHANGED,
                "There is a group named " + state.fresh() + " now that was not there before.");
    }

    /** Says on the old group that another is put beside it; the new one has these tags from its beginning. */
    public void tagOld() {
        if (!at.state().has(TAGGED)) {
            at.wrote();
            at.save();
            at.aws().autoScaling().createOrUpdateTags(r -> r.tags(GroupTags.tags(state.old(), sides.pairTags(false))));
            at.state().put(TAGGED, "yes");
        }
    }

    /** Makes what the new group launches from. */
    public void copySource(boolean convert) {
        if (state.target().isPresent()) {
            return;
        }
        state.markCopied();
        at.wrote();
        at.save();
        LaunchSource target = new SideSource(at.aws(), at.owner().deployment())
                .copy(state.named(), state.fixed().orElseThrow(), state.image(), convert);
        state.target(target);
        at.save();
        sides.say("Created " + target + " with " + state.image());
    }

    /**
     * Makes the group and lets it launch.
     *
     * @param front what stands in front of it
     * @return when to look again; empty once it was asked to launch
     */
    public Optional<Tick> make(Front front) {
        AutoScalingGroup old = sides.old().orElseThrow();
        GroupCopy copy = new GroupCopy(at.aws(), GroupParts.read(at.aws(), old), state.fresh());
        state.held(Sides.toHold(old));
        at.wrote();
        at.save();
        if (!state.created()) {
            Optional<Tick> wait = create(copy, front);
            if (wait.isPresent()) {
                return wait;
            }
        }
        copy.furnish(front, state.held(), at.now());
        int desired = state.desired() + Math.max(0, old.desiredCapacity() - state.basis());
        state.markStarted();
        at.wrote();
        at.save();
        copy.start(state.min(), desired, Math.max(desired, state.max()));
        sides.say("Group " + state.fresh() + " is a copy of " + state.old() + " and launches "
                + desired + " with " + state.image()
                + (state.held().isEmpty()
                        ? ""
                        : "; its " + String.join(", ", state.held()) + " suspended until it serves alone"));
        return Optional.empty();
    }

    private Optional<Tick> create(GroupCopy copy, Front front) {
        Map<String, String> tags = sides.freshTags(false);
        tags.putAll(Standby.since(at.now(), at.owner()));
        try {
            copy.create(state.target().orElseThrow(), front, tags);
        } catch (AlreadyExistsException e) {
            if (sides.fresh().isEmpty() && !at.settled()) {
                return Optional.of(sides.in(Duration.ofSeconds(3)));
            }
            if (sides.fresh().flatMap(Lease::on).filter(this::isMine).isEmpty()) {
                throw inTheWay();
            }
        }
        state.created(true);
        at.wrote();
        at.save();
        return Optional.empty();
    }

    private boolean isMine(Lease lease) {
        return lease.owner().deployment().equals(at.owner().deployment());
    }

    /** Notes that the new group was asked to launch, from when on its launches are awaited. */
    public void launched(Duration healthTimeout) {
        new LaunchFailures(at, sides.old().orElseThrow(), healthTimeout, sides::warn).launchAsked();
        at.state().put(ComingUp.ASKED, at.now());
    }
}
