package io.jenkins.plugins.amideploy.core.blueviolet;

import io.jenkins.plugins.amideploy.core.blueviolet.BlueVioletState.Phase;
import io.jenkins.plugins.amideploy.core.deployment.GroupTags;
import io.jenkins.plugins.amideploy.core.deployment.Lease;
import io.jenkins.plugins.amideploy.core.deployment.Standby;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.deployment.WayBack;
import io.jenkins.plugins.amideploy.core.group.GroupCopy;
import io.jenkins.plugins.amideploy.core.group.GroupCopy.Front;
import io.jenkins.plugins.amideploy.core.group.GroupParts;
import io.jenkins.plugins.amideploy.core.group.GroupRemoval;
import io.jenkins.plugins.amideploy.core.group.LaunchFailures;
import io.jenkins.plugins.amideploy.core.group.LaunchSource;
import io.jenkins.plugins.amideploy.core.group.SideSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.AlreadyExistsException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Tag;

/** From the lease to the moment in which the new group begins to launch. */
final class Making {
    private static final String TAGGED = "tagged";

    private final Scene scene;
    private final BlueVioletState state;
    private final TickContext at;

    Making(Scene scene) {
        this.scene = scene;
        this.state = scene.state();
        this.at = scene.at();
    }

    /** Takes the lease of the old group; whoever deploys to either of the two takes that one. */
    Tick lease() {
        AutoScalingGroup old = scene.old().orElseThrow();
        WayBack wayBack = new WayBack(
                old.minSize(),
                old.maxSize(),
                old.desiredCapacity(),
                0,
                0,
                Set.of(),
                LaunchSource.of(old).map(Object::toString).orElse(""));
        Optional<Tick> wait = scene.leases().take(old, wayBack);
        if (wait.isPresent()) {
            return wait.get();
        }
        state.phase(state.making() ? Phase.MAKE_ROOM : Phase.MAKE);
        at.save();
        return state.making() ? makeRoom() : make();
    }

    /** Removes a standby whose name is needed. */
    Tick makeRoom() {
        boolean standby =
                scene.fresh().filter(group -> Standby.on(group).isPresent()).isPresent();
        if (scene.fresh().isPresent() && !standby && !GroupRemoval.begun(at.state())) {
            throw new Stop(
                    Trouble.Kind.GROUP_CHANGED,
                    "There is a group named " + state.fresh() + " now that was not there before.");
        }
        if (scene.fresh().isPresent()) {
            Optional<Tick> wait = new GroupRemoval(at, state.fresh()).step(scene.fresh(), false, false);
            return wait.orElseGet(() -> scene.in(Duration.ofSeconds(5)));
        }
        GroupRemoval.forget(at.state());
        GroupRemoval.expect(at.state(), state.drains(), state.terminationHooks());
        state.phase(Phase.MAKE);
        at.save();
        return make();
    }

    Tick make() {
        scene.verify();
        return state.making() ? makeCopy() : takeHold();
    }

    // ---- a group that is made

    private Tick makeCopy() {
        AutoScalingGroup old = scene.old().orElseThrow();
        tagOld();
        copySource();
        GroupParts parts = GroupParts.read(at.aws(), old);
        GroupCopy copy = new GroupCopy(at.aws(), parts, state.fresh());
        Front front = Front.of(old);
        state.held(Scene.toHold(old));
        at.wrote();
        at.save();
        if (!state.created()) {
            Optional<Tick> wait = create(copy, front);
            if (wait.isPresent()) {
                return wait.get();
            }
        }
        copy.furnish(front, state.held(), at.now());
        int desired = state.desired() + Math.max(0, old.desiredCapacity() - state.basis());
        state.markStarted();
        at.wrote();
        at.save();
        copy.start(state.min(), desired, Math.max(desired, state.max()));
        scene.say("Group " + state.fresh() + " is a copy of " + state.old() + " and launches "
                + desired + " with " + state.image()
                + (state.held().isEmpty()
                        ? ""
                        : "; its " + String.join(", ", state.held()) + " suspended until it serves alone"));
        return begun();
    }

    private void tagOld() {
        if (!at.state().has(TAGGED)) {
            at.wrote();
            at.save();
            at.aws()
                    .autoScaling()
                    .createOrUpdateTags(r ->
                            r.tags(GroupTags.tags(state.old(), scene.pair(false).tags())));
            at.state().put(TAGGED, "yes");
        }
    }

    private void copySource() {
        if (state.target().isPresent()) {
            return;
        }
        state.markCopied();
        at.wrote();
        at.save();
        LaunchSource target = new SideSource(at.aws(), at.owner().deployment())
                .copy(
                        state.named(),
                        state.fixed().orElseThrow(),
                        state.image(),
                        scene.request().convertToLaunchTemplate());
        state.target(target);
        at.save();
        scene.say("Created " + target + " with " + state.image());
    }

    private Optional<Tick> create(GroupCopy copy, Front front) {
        Map<String, String> tags = scene.freshTags(false);
        tags.putAll(Standby.since(at.now(), at.owner()));
        try {
            copy.create(state.target().orElseThrow(), front, tags);
        } catch (AlreadyExistsException e) {
            if (scene.fresh().isEmpty() && !at.settled()) {
                return Optional.of(scene.in(Duration.ofSeconds(3)));
            }
            if (scene.fresh().flatMap(Lease::on).filter(this::isMine).isEmpty()) {
                throw new Stop(
                        Trouble.Kind.GROUP_CHANGED,
                        "There is a group named " + state.fresh() + " now that was not there before.");
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

    // ---- a group that was there

    private Tick takeHold() {
        AutoScalingGroup old = scene.old().orElseThrow();
        AutoScalingGroup fresh = scene.fresh().orElseThrow(() -> CleaningUp.bothGone(List.of(state.fresh())));
        if (!at.state().has("held.known")) {
            state.held(Scene.toHold(fresh));
            state.raised(Math.max(0, state.desired() - fresh.desiredCapacity()));
            at.state().put("held.known", "yes");
        }
        at.wrote();
        at.save();
        List<Tag> tags =
                new ArrayList<>(GroupTags.tags(state.old(), scene.pair(false).tags()));
        tags.addAll(GroupTags.tags(state.fresh(), scene.freshTags(false)));
        at.aws().autoScaling().createOrUpdateTags(r -> r.tags(tags));
        if (!state.held().isEmpty()) {
            at.aws()
                    .autoScaling()
                    .suspendProcesses(r -> r.autoScalingGroupName(state.fresh()).scalingProcesses(state.held()));
        }
        new Holding(scene).holdOld();
        if (state.raised() > 0) {
            at.aws()
                    .autoScaling()
                    .updateAutoScalingGroup(r -> r.autoScalingGroupName(state.fresh())
                            .desiredCapacity(state.desired())
                            .maxSize(Math.max(fresh.maxSize(), state.desired())));
            scene.say("Desired capacity of " + state.fresh() + " " + (state.desired() - state.raised()) + " → "
                    + state.desired() + ", to carry alone what both carry");
        }
        state.markStarted();
        return begun(old.desiredCapacity());
    }

    private Tick begun(int oldDesired) {
        state.basis(oldDesired);
        return begun();
    }

    private Tick begun() {
        new LaunchFailures(at, scene.old().orElseThrow(), scene.request().healthTimeout(), scene::warn).launchAsked();
        at.state().put("asked", at.now());
        state.phase(Phase.COME_UP);
        at.wrote();
        at.save();
        return scene.in(Duration.ofSeconds(10));
    }
}
