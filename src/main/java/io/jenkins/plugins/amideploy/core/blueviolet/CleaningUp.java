package io.jenkins.plugins.amideploy.core.blueviolet;

import io.jenkins.plugins.amideploy.core.blueviolet.BlueVioletState.Phase;
import io.jenkins.plugins.amideploy.core.deployment.GroupTags;
import io.jenkins.plugins.amideploy.core.deployment.Lease;
import io.jenkins.plugins.amideploy.core.deployment.Leases;
import io.jenkins.plugins.amideploy.core.deployment.Pair;
import io.jenkins.plugins.amideploy.core.deployment.Restoration;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.group.Family;
import io.jenkins.plugins.amideploy.core.group.LaunchSource;
import io.jenkins.plugins.amideploy.core.group.LaunchSources;
import io.jenkins.plugins.amideploy.core.group.SideSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * What a deployment left that died: undone where it had not begun to take the old group out, and finished where it had.
 * The tags of the groups say which.
 */
final class CleaningUp {
    private final BlueVioletRequest request;
    private final TickContext at;
    private final BlueVioletState state;

    CleaningUp(BlueVioletRequest request, TickContext at, BlueVioletState state) {
        this.request = request;
        this.at = at;
        this.state = state;
    }

    /**
     * Takes over the lease of a dead deployment, if there is one.
     *
     * @throws Stop where a deployment is alive
     */
    Optional<Tick> leftover(Family family) {
        Optional<AutoScalingGroup> leased = family.all().stream()
                .filter(group -> foreign(group).isPresent())
                .findFirst();
        if (leased.isEmpty()) {
            return Optional.empty();
        }
        for (AutoScalingGroup group : family.all()) {
            foreign(group).filter(lease -> !at.isOver(lease.owner())).ifPresent(lease -> {
                throw Leases.taken(lease);
            });
        }
        family.refuseOther(Scene.STEP);
        AutoScalingGroup group = leased.get();
        Lease dead = foreign(group).orElseThrow();
        Optional<Pair> pair = family.all().stream()
                .filter(other -> foreign(other).isPresent())
                .flatMap(other -> Pair.on(other).stream())
                .findFirst();
        at.say(
                "",
                "Group " + group.autoScalingGroupName() + " is still leased by " + dead.owner() + ", which is over. "
                        + what(pair));
        if (pair.isPresent()) {
            takeOver(pair.get(), family);
        } else {
            state.groups(group.autoScalingGroupName(), "");
            state.cleanUpAfter(dead.owner().deployment());
            state.phase(Phase.CLEAR_UP);
            new Restoration(at, group.autoScalingGroupName()).takeOver(dead);
        }
        return Optional.of(new Tick.LookAgain(at.now().plus(Leases.SETTLE)));
    }

    private Optional<Lease> foreign(AutoScalingGroup group) {
        return new Leases(at, group.autoScalingGroupName()).foreign(group);
    }

    private static String what(Optional<Pair> pair) {
        if (pair.isEmpty()) {
            return "Its lease is taken over and the group restored first.";
        }
        Pair half = pair.get();
        if (half.cut()) {
            return "It was taking " + half.old() + " out of service; that is finished first.";
        }
        return half.made()
                ? "It had not begun to take " + half.old() + " out of service, so " + half.fresh()
                        + " is removed first."
                : "It had not begun to take " + half.old() + " out of service; its processes are resumed first.";
    }

    private void takeOver(Pair pair, Family family) {
        Optional<AutoScalingGroup> old = family.group(pair.old());
        Optional<AutoScalingGroup> fresh = family.group(pair.fresh());
        state.groups(pair.old(), pair.fresh());
        state.making(pair.made());
        state.created(pair.made());
        state.cleanUpAfter(pair.deployment());
        at.state().put("keeps", pair.keep() ? "yes" : "no");
        fresh.flatMap(Lease::on).ifPresent(lease -> {
            state.held(lease.wayBack().suspended());
            state.raised(lease.wayBack().surge());
        });
        old.flatMap(LaunchSource::of)
                .flatMap(source -> new LaunchSources(at.aws(), pair.deployment()).read(source))
                .ifPresent(facts -> state.source(facts.fixed(), facts.fixed()));
        state.markCopied();
        state.phase(pair.cut() ? Phase.CUT : Phase.UNDO);
        old.flatMap(this::foreign).ifPresent(lease -> new Leases(at, pair.old()).takeOver(lease));
        fresh.flatMap(this::foreign)
                .ifPresent(lease -> at.aws()
                        .autoScaling()
                        .createOrUpdateTags(r -> r.tags(GroupTags.tags(
                                pair.fresh(), lease.with(at.owner()).tags()))));
        at.wrote();
        at.save();
    }

    /** A group that a rolling deployment left. */
    Tick restore(AutoScalingGroup group) {
        Leases leases = new Leases(at, group.autoScalingGroupName());
        if (leases.mine().isPresent()) {
            LaunchSource.of(group).ifPresent(used -> new SideSource(at.aws(), state.maker("")).deleteCopyOf(used));
            Optional<Tick> again = new Restoration(at, group.autoScalingGroupName())
                    .step(group, null, Comparator.comparing(member -> 0));
            if (again.isPresent()) {
                return again.get();
            }
            at.say("", "The group is restored");
        }
        return beginAnew();
    }

    /** The groups have changed since they were looked at: look at them anew. */
    Tick beginAnew() {
        state.beginAnew();
        at.wrote();
        at.save();
        if (at.trouble().isPresent()) {
            return new Tick.LookAgain(at.now());
        }
        return new Tick.LookAgain(at.now().plus(Leases.SETTLE));
    }

    /** Nobody is left to take the place of a group that is gone. */
    static Stop bothGone(List<String> names) {
        return new Stop(
                Trouble.Kind.GROUP_CHANGED,
                "Neither of the groups " + String.join(" and ", names) + " exists any more; someone deleted them.");
    }
}
