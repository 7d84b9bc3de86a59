package io.jenkins.plugins.amideploy.core.rolling;

import io.jenkins.plugins.amideploy.core.deployment.Lease;
import io.jenkins.plugins.amideploy.core.deployment.Leases;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Pair;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.deployment.WayBack;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import io.jenkins.plugins.amideploy.core.group.LaunchSource;
import io.jenkins.plugins.amideploy.core.group.LaunchSources;
import io.jenkins.plugins.amideploy.core.rolling.RollingState.Phase;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** The phases before the first instance is replaced. */
final class Beginning {
    /**
     * The one process a replacement cannot live with: while a group is enlarged, it would launch up to ten percent more
     * and terminate instances of its own choice ("Suspend and resume Amazon EC2 Auto Scaling processes").
     */
    private static final String REBALANCE = "AZRebalance";

    private final RollingRequest request;
    private final TickContext at;
    private final RollingState state;

    Beginning(RollingRequest request, TickContext at, RollingState state) {
        this.request = request;
        this.at = at;
        this.state = state;
    }

    /** Looks whether it can be done at all. */
    Tick preflight(Optional<AutoScalingGroup> shown, List<String> problems) {
        Optional<Lease> other = shown.flatMap(group -> new Leases(at, request.group()).foreign(group));
        if (other.isPresent() && !at.isOver(other.get().owner())) {
            throw Leases.taken(other.get());
        }
        shown.filter(group -> other.isPresent()).flatMap(Pair::on).ifPresent(pair -> {
            throw new Stop(
                    Trouble.Kind.REFUSED,
                    "The group is half of a " + pair.step() + " that died (" + pair.old() + ", " + pair.fresh()
                            + "). Clear that up first, by " + pair.step() + " or restoreAutoScalingGroup.");
        });
        Preflight.Findings found = look(shown, problems);
        AutoScalingGroup group = shown.orElseThrow();
        remember(group, found);
        announce(group, found);
        if (other.isEmpty() && nothingToDo(found)) {
            return new Tick.Ended(new Outcome.Succeeded(new Closing(new Desk(request, at, state, group)).result()));
        }
        state.phase(other.isPresent() ? Phase.CLEAR_UP : Phase.LEASE);
        return new Tick.LookAgain(at.now());
    }

    /** What is found before the start; where anything is in the way, all of it at once. */
    Preflight.Findings look(Optional<AutoScalingGroup> shown, List<String> problems) {
        LaunchSources sources = new LaunchSources(at.aws(), at.owner().deployment());
        Preflight.Findings found = new Preflight(at.aws(), request, sources, problems).look(shown);
        if (!found.problems().isEmpty()) {
            throw new Stop(
                    Trouble.Kind.REFUSED,
                    "This deployment cannot be done:\n  - " + String.join("\n  - ", found.problems()));
        }
        return found;
    }

    private boolean nothingToDo(Preflight.Findings found) {
        return found.old().isEmpty()
                && found.standby().isEmpty()
                && request.ami().equals(found.facts().orElseThrow().imageId());
    }

    private void remember(AutoScalingGroup group, Preflight.Findings found) {
        LaunchSources.Facts facts = found.facts().orElseThrow();
        state.origin(found.source().orElseThrow(), facts.fixed(), facts.imageId() == null ? "" : facts.imageId());
        state.forgetTarget();
        if (request.ami().equals(facts.imageId())) {
            state.target(facts.fixed());
        }
        state.old(found.old());
        state.kept(found.kept());
        state.standby(found.standby());
        state.total(found.old().size());
        state.basis(group.desiredCapacity());
        state.floor(Floor.of(group.desiredCapacity(), request.minHealthyPercentage()));
        state.batch(Math.max(
                1,
                Math.min(
                        request.batchSize().of(group.desiredCapacity()),
                        Math.max(1, found.old().size()))));
    }

    private void announce(AutoScalingGroup group, Preflight.Findings found) {
        StringBuilder text = new StringBuilder("Group " + request.group() + ": min " + group.minSize() + ", desired "
                + group.desiredCapacity() + ", max " + group.maxSize() + "; launches from "
                + found.source().orElseThrow() + " with " + state.originImage());
        text.append("\nTo replace: ")
                .append(Words.count(found.old().size(), "instance"))
                .append(" by ")
                .append(request.ami());
        text.append(", ")
                .append(state.batch())
                .append(" at a time, never fewer than ")
                .append(state.floor())
                .append(" in service");
        int skipped = found.kept().size() - found.matching();
        if (found.matching() > 0) {
            text.append("\nSkipped: ")
                    .append(Words.count(found.matching(), "instance"))
                    .append(" running the image already");
        }
        if (skipped > 0) {
            text.append("\nSkipped as asked: ")
                    .append(Words.count(skipped, "instance"))
                    .append(" protected from scale-in or in Standby");
        }
        at.say("", text.toString());
    }

    /** Restores the group after a deployment that died. */
    Tick clearUp(Desk desk) {
        Optional<Lease> dead = desk.leases().foreign(desk.group());
        if (dead.isPresent() && desk.leases().mine().isEmpty()) {
            if (!at.isOver(dead.get().owner())) {
                throw Leases.taken(dead.get());
            }
            at.say(
                    "",
                    "The group is still leased by " + dead.get().owner()
                            + ", which is over. Its lease is taken over and the group restored first.");
            state.dead(dead.get().owner().deployment());
            desk.restoration().takeOver(dead.get());
            return desk.in(Leases.SETTLE);
        }
        if (desk.leases().mine().isPresent()) {
            if (at.settled()) {
                desk.leases().verify(desk.group()); // before that, the group may still show the lease of the dead
            }
            removeCopyOfTheDead(desk);
            Optional<Tick> again = desk.restoration().step(desk.group(), null, Comparator.comparing(m -> 0));
            if (again.isPresent()) {
                return again.get();
            }
            at.say("", "The group is restored");
        }
        // The group has changed since it was looked at: look at it anew.
        state.phase(Phase.PREFLIGHT);
        at.wrote();
        at.save();
        return desk.in(Leases.SETTLE);
    }

    /** Who died between making a copy and pointing the group at it has left it behind. */
    private void removeCopyOfTheDead(Desk desk) {
        Optional<LaunchSource> used = LaunchSource.of(desk.group());
        if (state.dead().isPresent() && used.isPresent()) {
            new LaunchSources(at.aws(), state.dead().get()).deleteCopyOf(used.get(), request.convertToLaunchTemplate());
        }
        state.buried();
    }

    /** Takes the lease. */
    Tick lease(Desk desk) {
        AutoScalingGroup group = desk.group();
        boolean suspended = group.suspendedProcesses().stream()
                .anyMatch(p -> p.processName().equals(REBALANCE));
        Set<String> suspending = new LinkedHashSet<>();
        if (!suspended) {
            suspending.add(REBALANCE);
        }
        WayBack wayBack = new WayBack(
                group.minSize(),
                group.maxSize(),
                group.desiredCapacity(),
                0,
                0,
                suspending,
                state.originFixed() + (followsLatest() ? ", followed as the latest" : ""));
        Optional<Tick> wait = desk.leases().take(group, wayBack);
        if (wait.isPresent()) {
            return wait.get();
        }
        state.basis(group.desiredCapacity());
        state.phase(Phase.PREPARE);
        at.save();
        return desk.now();
    }

    /** Makes what the group shall launch from, and suspends what would get in the way. */
    Tick prepare(Desk desk) {
        if (pinFirst(desk)) {
            return desk.now();
        }
        if (state.target().isEmpty()) {
            state.copied(true);
            at.wrote();
            at.save();
            LaunchSource target =
                    desk.sources().copy(state.originFixed(), request.ami(), request.convertToLaunchTemplate());
            state.target(target);
            at.save();
            at.say("", "Created " + target + " with " + request.ami());
        }
        Lease lease = desk.leases().mine().orElseThrow();
        if (!lease.wayBack().suspended().isEmpty()) {
            at.aws()
                    .autoScaling()
                    .suspendProcesses(r -> r.autoScalingGroupName(request.group())
                            .scalingProcesses(lease.wayBack().suspended()));
            at.say(
                    "",
                    "Scaling process " + String.join(", ", lease.wayBack().suspended())
                            + " suspended for the time of the deployment");
        }
        state.phase(Phase.REPLACE);
        at.wrote();
        at.save();
        return desk.now();
    }

    private boolean followsLatest() {
        return state.origin() instanceof LaunchSource.Template template
                && template.version().equals("$Latest");
    }

    /**
     * A group that follows {@code $Latest} would launch the new version the moment it exists, and go on doing so if this
     * deployment died right then. It is held at the version it launches now until it is pointed at the new one.
     */
    private boolean pinFirst(Desk desk) {
        boolean follows =
                state.target().isEmpty() && followsLatest() && !at.state().has("pinned");
        if (!follows) {
            return false;
        }
        at.wrote();
        at.save();
        at.aws()
                .autoScaling()
                .updateAutoScalingGroup(
                        r -> state.originFixed().applyTo(r.autoScalingGroupName(request.group()), desk.group()));
        at.state().put("pinned", "yes");
        at.wrote();
        at.save();
        at.say("", "Group held at " + state.originFixed() + ", for it followed $Latest");
        return true;
    }
}
