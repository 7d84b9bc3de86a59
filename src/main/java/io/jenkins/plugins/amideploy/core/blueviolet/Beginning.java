package io.jenkins.plugins.amideploy.core.blueviolet;

import io.jenkins.plugins.amideploy.core.blueviolet.BlueVioletState.Phase;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import io.jenkins.plugins.amideploy.core.group.Alarms;
import io.jenkins.plugins.amideploy.core.group.Family;
import io.jenkins.plugins.amideploy.core.group.GroupCopy.Front;
import io.jenkins.plugins.amideploy.core.group.LaunchSource;
import io.jenkins.plugins.amideploy.core.group.LaunchSources;
import io.jenkins.plugins.amideploy.core.group.SideCheck;
import io.jenkins.plugins.amideploy.core.group.SideCheck.Findings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** Finds out which group is live and whether another can take its place. */
final class Beginning {
    private final BlueVioletRequest request;
    private final TickContext at;
    private final BlueVioletState state;
    private final List<String> problems;

    Beginning(BlueVioletRequest request, TickContext at, BlueVioletState state, List<String> problems) {
        this.request = request;
        this.at = at;
        this.state = state;
        this.problems = new ArrayList<>(problems);
    }

    Tick tick() {
        Family family = Family.read(at, request.group(), Family.Colours.BLUE_VIOLET);
        Optional<Tick> first = new CleaningUp(request, at, state).leftover(family);
        if (first.isPresent()) {
            return first.get();
        }
        if (!family.going().isEmpty()) {
            if (!at.state().has("told.going")) {
                at.state().put("told.going", "yes");
                at.say(
                        "",
                        "Waiting until " + family.going().get(0).autoScalingGroupName() + ", which AWS is deleting, "
                                + "is gone");
            }
            return new Tick.LookAgain(at.now().plusSeconds(5));
        }
        return request.retiresOnly() ? retire(family) : deploy(family);
    }

    // ---- a new group

    /** What a deployment would begin with; where anything is in the way, all of it at once. */
    BlueVioletSurvey survey() {
        Family family = Family.read(at, request.group(), Family.Colours.BLUE_VIOLET);
        if (request.retiresOnly()) {
            problems.add("plan: without ami there is nothing to play; a call without plan retires the older group");
        }
        Optional<AutoScalingGroup> live = family.live(problems);
        Optional<Findings> found = look(family, live);
        refuse();
        return new BlueVioletSurvey(
                live.orElseThrow(),
                state.fresh(),
                found.orElseThrow().facts().imageId(),
                found.get().sizes().desired(),
                found.get().notCopied());
    }

    private Optional<Findings> look(Family family, Optional<AutoScalingGroup> live) {
        if (live.isEmpty()) {
            new Alarms(at.aws(), request.alarms()).check(problems);
            return Optional.empty();
        }
        String fresh = family.nameBeside(live.get(), problems).orElse("");
        state.groups(live.get().autoScalingGroupName(), fresh);
        return check().look(live.get(), fresh, Front.of(live.get()));
    }

    private SideCheck check() {
        LaunchSources sources = new LaunchSources(at.aws(), at.owner().deployment());
        return new SideCheck(at.aws(), request.order(), sources, problems);
    }

    private Tick deploy(Family family) {
        Optional<AutoScalingGroup> live = family.live(problems);
        Optional<Findings> looked = look(family, live);
        refuse();
        AutoScalingGroup group = live.orElseThrow();
        Findings found = looked.orElseThrow();
        state.making(true);
        state.source(found.source(), found.facts().fixed());
        state.image(request.ami());
        state.sizes(found.sizes().min(), found.sizes().desired(), found.sizes().max());
        state.basis(group.desiredCapacity());
        state.going(found.drains(), found.terminationHooks());
        found.boots().stream().min(Duration::compareTo).ifPresent(state::quickest);
        announce(family, group, found);
        state.phase(Phase.LEASE);
        return new Tick.LookAgain(at.now());
    }

    private void announce(Family family, AutoScalingGroup group, Findings found) {
        StringBuilder text = new StringBuilder("Group " + state.old() + " is live: min " + group.minSize()
                + ", desired " + group.desiredCapacity() + ", max " + group.maxSize() + "; launches from "
                + found.source() + " with " + found.facts().imageId());
        text.append("\nBeside it, behind the same balancers: ")
                .append(state.fresh())
                .append(" with ")
                .append(request.ami())
                .append(", min ")
                .append(state.min())
                .append(", desired ")
                .append(state.desired())
                .append(", max ")
                .append(state.max());
        text.append("\nCosts ").append(cost(found));
        if (!found.notCopied().isEmpty()) {
            text.append("\nNot copied, for AWS does not let anyone: ").append(String.join("; ", found.notCopied()));
        }
        found.unchecked().ifPresent(why -> text.append("\n").append(why));
        if (family.group(state.fresh()).isPresent()) {
            text.append("\n")
                    .append(state.fresh())
                    .append(" stands by from an earlier deployment; its name is needed, so it is removed first");
        }
        at.say("", text.toString());
        if (group.desiredCapacity() > 0 && family.candidates().size() > 1 && family.capacity(group) == 0) {
            at.say("", "No instance of " + state.old() + " is in service; it is replaced all the same");
        }
    }

    private String cost(Findings found) {
        Duration together =
                found.boot().plus(request.warmup()).plus(request.bake()).plus(found.drains());
        return Words.count(found.sizes().desired(), "instance") + " more for about " + Words.of(together) + " (boot "
                + Words.of(found.boot()) + ", warm-up " + Words.of(request.warmup()) + ", bake "
                + Words.of(request.bake()) + ", draining up to " + Words.of(found.drains()) + ")"
                + (request.gated() ? " and the time the block takes" : "");
    }

    // ---- one of two goes

    private Tick retire(Family family) {
        if (family.candidates().size() < 2 && problems.isEmpty()) {
            return nothingToRetire(family);
        }
        Optional<AutoScalingGroup> old = family.toRetire(problems);
        Optional<AutoScalingGroup> fresh = old.flatMap(gone -> family.candidates().stream()
                .filter(group -> !group.equals(gone))
                .findFirst());
        SideCheck check = check();
        old.ifPresent(check::checkGroup);
        fresh.ifPresent(check::checkGroup);
        new Alarms(at.aws(), request.alarms()).check(problems);
        refuse();
        begin(old.orElseThrow(), fresh.orElseThrow(), family);
        return new Tick.LookAgain(at.now());
    }

    private void begin(AutoScalingGroup old, AutoScalingGroup fresh, Family family) {
        state.groups(old.autoScalingGroupName(), fresh.autoScalingGroupName());
        state.making(false);
        int needed = Carrying.needed(old, fresh, family.capacity(old) > 0);
        state.sizes(fresh.minSize(), needed, Math.max(needed, fresh.maxSize()));
        state.basis(old.desiredCapacity());
        state.image(imageOf(fresh));
        at.say(
                "",
                "Group " + state.old() + " is retired, " + state.fresh() + " stays"
                        + (needed > fresh.desiredCapacity()
                                ? "; alone it will need " + needed + " instances where it now runs "
                                        + fresh.desiredCapacity()
                                : ""));
        state.phase(Phase.LEASE);
    }

    private String imageOf(AutoScalingGroup group) {
        LaunchSources sources = new LaunchSources(at.aws(), at.owner().deployment());
        return LaunchSource.of(group)
                .flatMap(sources::read)
                .map(LaunchSources.Facts::imageId)
                .orElse("");
    }

    private Tick nothingToRetire(Family family) {
        if (family.candidates().isEmpty()) {
            family.live(problems);
            refuse();
        }
        AutoScalingGroup only = family.candidates().get(0);
        state.groups("", only.autoScalingGroupName());
        state.image(imageOf(only));
        at.say("", "Group " + state.fresh() + " has no other beside it; there is nothing to retire");
        return new Tick.Ended(new Outcome.Succeeded(Ending.result(at, state, "")));
    }

    private void refuse() {
        if (!problems.isEmpty()) {
            throw new Stop(
                    Trouble.Kind.REFUSED, "This deployment cannot be done:\n  - " + String.join("\n  - ", problems));
        }
    }
}
