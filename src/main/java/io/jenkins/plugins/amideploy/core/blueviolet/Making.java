package io.jenkins.plugins.amideploy.core.blueviolet;

import io.jenkins.plugins.amideploy.core.blueviolet.BlueVioletState.Phase;
import io.jenkins.plugins.amideploy.core.deployment.GroupTags;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.group.GroupCopy.Front;
import io.jenkins.plugins.amideploy.core.group.SideHolding;
import io.jenkins.plugins.amideploy.core.group.SideMaking;
import io.jenkins.plugins.amideploy.core.group.Sides;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Tag;

/** From the lease to the moment in which the new group begins to launch. */
final class Making {
    private final Scene scene;
    private final BlueVioletState state;
    private final TickContext at;
    private final SideMaking making;

    Making(Scene scene) {
        this.scene = scene;
        this.state = scene.state();
        this.at = scene.at();
        this.making = new SideMaking(scene.sides());
    }

    Tick lease() {
        Optional<Tick> wait = making.lease();
        if (wait.isPresent()) {
            return wait.get();
        }
        state.phase(state.making() ? Phase.MAKE_ROOM : Phase.MAKE);
        at.save();
        return state.making() ? makeRoom() : make();
    }

    /** Removes a standby whose name is needed. */
    Tick makeRoom() {
        Optional<Tick> wait = making.makeRoom();
        if (wait.isPresent()) {
            return wait.get();
        }
        state.phase(Phase.MAKE);
        at.save();
        return make();
    }

    Tick make() {
        scene.verify();
        return state.making() ? makeCopy() : takeHold();
    }

    /** Behind the same balancers. */
    private Tick makeCopy() {
        making.tagOld();
        making.copySource(scene.request().convertToLaunchTemplate());
        return making.make(Front.of(scene.old().orElseThrow())).orElseGet(this::begun);
    }

    // ---- a group that was there

    private Tick takeHold() {
        AutoScalingGroup old = scene.old().orElseThrow();
        AutoScalingGroup fresh = scene.fresh().orElseThrow(() -> CleaningUp.bothGone(List.of(state.fresh())));
        if (!at.state().has("held.known")) {
            state.held(Sides.toHold(fresh));
            state.raised(Math.max(0, state.desired() - fresh.desiredCapacity()));
            at.state().put("held.known", "yes");
        }
        at.wrote();
        at.save();
        List<Tag> tags = new ArrayList<>(GroupTags.tags(state.old(), scene.pairTags(false)));
        tags.addAll(GroupTags.tags(state.fresh(), scene.freshTags(false)));
        at.aws().autoScaling().createOrUpdateTags(r -> r.tags(tags));
        if (!state.held().isEmpty()) {
            at.aws()
                    .autoScaling()
                    .suspendProcesses(r -> r.autoScalingGroupName(state.fresh()).scalingProcesses(state.held()));
        }
        new SideHolding(scene.sides()).holdOld();
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
        making.launched(scene.request().healthTimeout());
        state.phase(Phase.COME_UP);
        at.wrote();
        at.save();
        return scene.in(Duration.ofSeconds(10));
    }
}
