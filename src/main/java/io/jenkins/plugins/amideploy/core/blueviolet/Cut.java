package io.jenkins.plugins.amideploy.core.blueviolet;

import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.aws.Member;
import io.jenkins.plugins.amideploy.core.blueviolet.BlueVioletState.Phase;
import io.jenkins.plugins.amideploy.core.deployment.GroupTags;
import io.jenkins.plugins.amideploy.core.deployment.Lease;
import io.jenkins.plugins.amideploy.core.deployment.Standby;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.deployment.WayBack;
import io.jenkins.plugins.amideploy.core.group.Arrivals;
import io.jenkins.plugins.amideploy.core.group.GroupRemoval;
import io.jenkins.plugins.amideploy.core.group.SideHolding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Tag;

/** Takes the old group out. From the first call on it only goes forward. */
final class Cut {
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Scene scene;
    private final BlueVioletState state;
    private final TickContext at;

    Cut(Scene scene) {
        this.scene = scene;
        this.state = scene.state();
        this.at = scene.at();
    }

    /** The balancers have confirmed the new group in this very tick. */
    Tick begin() {
        state.phase(Phase.CUT);
        at.wrote();
        at.save();
        tag(true);
        return retire();
    }

    Tick tick() {
        scene.verify();
        if (scene.fresh().isEmpty() && scene.old().isEmpty() && at.settled()) {
            throw CleaningUp.bothGone(List.of(state.old(), state.fresh()));
        }
        boolean alone = scene.fresh().filter(group -> group.status() == null).isEmpty();
        if (alone && at.settled() && scene.old().filter(g -> g.status() == null).isPresent()) {
            throw wakeOld();
        }
        if (untouched()) {
            if (!at.settled()) {
                return scene.in(AGAIN); // the call may have been heard and not be shown yet
            }
            if (!healthy()) {
                return backUp();
            }
            tag(true);
        }
        return retire();
    }

    /** Whether the old group is certainly as it was: what was cut off then is the beginning of the cut. */
    private boolean untouched() {
        return scene.old()
                .filter(group -> group.status() == null && group.maxSize() > 0)
                .isPresent();
    }

    private boolean healthy() {
        AutoScalingGroup fresh = scene.fresh().orElse(null);
        if (fresh == null) {
            return false;
        }
        List<Member> members = Balancers.members(at.aws(), fresh);
        return Arrivals.serving(members) >= fresh.desiredCapacity()
                && members.stream().filter(Member::counted).allMatch(Member::serving);
    }

    /** Someone deleted the new group while the old one was on its way out, and is there still. */
    private Stop wakeOld() {
        WayBack was = scene.leases().mine().orElseThrow().wayBack();
        GroupRemoval.forget(at.state());
        state.phase(Phase.UNDO);
        at.wrote();
        at.save();
        at.aws()
                .autoScaling()
                .updateAutoScalingGroup(r -> r.autoScalingGroupName(state.old())
                        .minSize(was.min())
                        .maxSize(was.max())
                        .desiredCapacity(was.desired()));
        at.aws().autoScaling().deleteTags(r -> r.tags(GroupTags.keys(state.old(), Set.of(Standby.TAG))));
        scene.warn(state.old() + " gets its sizes back, min " + was.min() + ", desired " + was.desired() + ", max "
                + was.max() + ": " + state.fresh() + " is gone");
        return new Stop(
                Trouble.Kind.GROUP_CHANGED,
                "The group " + state.fresh() + " no longer exists; someone deleted it while " + state.old()
                        + " was being taken out of service.");
    }

    /** The new group failed while nobody looked, and the old one is still there. */
    private Tick backUp() {
        scene.warn(state.fresh() + " no longer serves, and " + state.old() + " is still as it was: it stays until "
                + state.fresh() + " serves again");
        if (state.cleansUp()) {
            return scene.in(Duration.ofSeconds(30));
        }
        tag(false);
        at.aws().autoScaling().deleteTags(r -> r.tags(GroupTags.keys(state.old(), Set.of(Standby.TAG))));
        at.state().remove("told.ready");
        state.phase(Phase.COME_UP);
        at.save();
        return scene.in(AGAIN);
    }

    /** On both groups, by one call: what is being done to them, and what the old one is while that can still be seen. */
    private void tag(boolean cut) {
        List<Tag> tags = new ArrayList<>();
        scene.old().ifPresent(group -> {
            Map<String, String> values = scene.pairTags(cut);
            if (cut && scene.keep()) {
                values.put(Standby.TAG, standby(group).asText());
            }
            tags.addAll(GroupTags.tags(state.old(), values));
        });
        scene.fresh().ifPresent(group -> tags.addAll(GroupTags.tags(state.fresh(), scene.freshTags(cut))));
        if (!tags.isEmpty()) {
            at.aws().autoScaling().createOrUpdateTags(r -> r.tags(tags));
        }
        at.wrote();
    }

    private Standby standby(AutoScalingGroup group) {
        Set<String> suspended = new LinkedHashSet<>(scene.leases()
                .mine()
                .map(Lease::wayBack)
                .map(WayBack::suspended)
                .orElse(Set.of()));
        return new Standby(group.minSize(), group.maxSize(), group.desiredCapacity(), suspended);
    }

    private Tick retire() {
        Optional<Tick> wait = new GroupRemoval(at, state.old()).step(scene.old(), true, scene.keep());
        if (GroupRemoval.begun(at.state()) || wait.isEmpty()) {
            new SideHolding(scene.sides()).releaseFresh();
        }
        return wait.orElseGet(() -> new Ending(scene).cutDone());
    }
}
