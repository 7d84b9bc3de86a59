package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.bluegreen.BlueGreenState.Phase;
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
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * What a deployment left that died: undone where traffic could still go back, and finished where the old side was being
 * given up. The tags of the groups say which.
 */
final class CleaningUp {
    private final BlueGreenRequest request;
    private final TickContext at;
    private final BlueGreenState state;

    CleaningUp(BlueGreenRequest request, TickContext at, BlueGreenState state) {
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
        Optional<AutoScalingGroup> half = family.all().stream()
                .filter(other -> foreign(other).isPresent() && Pair.on(other).isPresent())
                .findFirst();
        at.say(
                "",
                "Group " + group.autoScalingGroupName() + " is still leased by " + dead.owner() + ", which is over. "
                        + what(half.flatMap(Pair::on)));
        if (half.isPresent()) {
            takeOver(half.get(), family);
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
        return pair.get().cut()
                ? "All traffic was moved to " + pair.get().fresh() + "; that is finished first."
                : "Traffic may be divided between " + pair.get().old() + " and "
                        + pair.get().fresh() + ": it goes back to " + pair.get().old() + " first, and what was made is "
                        + "removed.";
    }

    private void takeOver(AutoScalingGroup half, Family family) {
        Pair pair = Pair.on(half).orElseThrow();
        Optional<AutoScalingGroup> old = family.group(pair.old());
        Optional<AutoScalingGroup> fresh = family.group(pair.fresh());
        state.groups(pair.old(), pair.fresh());
        state.making(true);
        state.created(true);
        state.cleanUpAfter(pair.deployment());
        state.keeps(pair.keep());
        Cutover cutover = Cutover.of(GroupTags.of(half)).orElseThrow(() -> unreadable(pair));
        state.cutover(cutover);
        new Ends(at, pair.deployment()).find(cutover, state);
        fresh.flatMap(Lease::on).ifPresent(lease -> state.held(lease.wayBack().suspended()));
        old.flatMap(LaunchSource::of)
                .flatMap(source -> new LaunchSources(at.aws(), pair.deployment()).read(source))
                .ifPresent(facts -> state.source(facts.fixed(), facts.fixed()));
        state.markCopied();
        state.phase(pair.cut() ? Phase.SETTLE : Phase.UNDO);
        old.flatMap(this::foreign).ifPresent(lease -> new Leases(at, pair.old()).takeOver(lease));
        fresh.flatMap(this::foreign)
                .ifPresent(lease -> at.aws()
                        .autoScaling()
                        .createOrUpdateTags(r -> r.tags(GroupTags.tags(
                                pair.fresh(), lease.with(at.owner()).tags()))));
        at.wrote();
        at.save();
    }

    private static Stop unreadable(Pair pair) {
        return new Stop(
                Trouble.Kind.REFUSED,
                "Someone has removed tags from the groups " + pair.old() + " and " + pair.fresh()
                        + " that say how traffic is divided between them. Set the records or listeners by hand so that "
                        + "all traffic goes to one, delete the other and its load balancer, and remove the tags "
                        + "ami-deploy:* from the one that stays.");
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
}
