package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.balancer.LiveBalancer;
import io.jenkins.plugins.amideploy.core.bluegreen.BlueGreenState.Phase;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import io.jenkins.plugins.amideploy.core.group.Alarms;
import io.jenkins.plugins.amideploy.core.group.Family;
import io.jenkins.plugins.amideploy.core.group.Family.Colours;
import io.jenkins.plugins.amideploy.core.group.GroupCopy.Front;
import io.jenkins.plugins.amideploy.core.group.LaunchSources;
import io.jenkins.plugins.amideploy.core.group.SideCheck;
import io.jenkins.plugins.amideploy.core.group.SideCheck.Findings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** Finds out which group is live, how traffic reaches it, and whether it can be moved to another. */
final class Beginning {
    private final BlueGreenRequest request;
    private final TickContext at;
    private final BlueGreenState state;
    private final List<String> problems;

    Beginning(BlueGreenRequest request, TickContext at, BlueGreenState state, List<String> problems) {
        this.request = request;
        this.at = at;
        this.state = state;
        this.problems = new ArrayList<>(problems);
    }

    Tick tick() {
        Family family = Family.read(at, request.group(), Colours.BLUE_GREEN);
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
        return deploy(family);
    }

    /** What a deployment would begin with; where anything is in the way, all of it at once. */
    BlueGreenSurvey survey() {
        Family family = Family.read(at, request.group(), Colours.BLUE_GREEN);
        Optional<Found> found = look(family);
        refuse();
        Found all = found.orElseThrow();
        return new BlueGreenSurvey(
                all.group(),
                state.fresh(),
                all.findings().facts().imageId(),
                all.findings().sizes().desired(),
                all.balancer(),
                all.notCopied());
    }

    /** What is live, and what is in front of it. */
    private record Found(AutoScalingGroup group, LiveBalancer balancer, Findings findings, List<String> notCopied) {}

    private Optional<Found> look(Family family) {
        Optional<AutoScalingGroup> live = new Live(at, request.route()).among(family, problems);
        if (live.isEmpty()) {
            new Alarms(at.aws(), request.alarms()).check(problems);
            return Optional.empty();
        }
        AutoScalingGroup group = live.get();
        String fresh = family.nameBeside(group, problems).orElse("");
        state.groups(group.autoScalingGroupName(), fresh);
        Optional<LiveBalancer> balancer = new Live(at, request.route()).balancer(group, problems);
        List<String> notCopied = new ArrayList<>();
        balancer.ifPresent(front -> notCopied.addAll(lookAtFront(group, front)));
        Front shared = request.bridge() && request.route().dns() ? Front.of(group) : new Front(List.of(), List.of());
        Optional<Findings> findings = check().look(group, fresh, shared);
        findings.ifPresent(found -> notCopied.addAll(0, found.notCopied()));
        return balancer.flatMap(front -> findings.map(found -> new Found(group, front, found, notCopied)));
    }

    private SideCheck check() {
        LaunchSources sources = new LaunchSources(at.aws(), at.owner().deployment());
        return new SideCheck(at.aws(), request.order(), sources, problems);
    }

    /** Gives back what of it cannot be copied. */
    private List<String> lookAtFront(AutoScalingGroup group, LiveBalancer front) {
        End blue = Live.end(group, front);
        state.blue(blue);
        state.cutover(Cutover.of(request.route(), blue));
        Scene scene = scene(group);
        problems.addAll(scene.split().problems());
        return new FrontCheck(scene, front, problems).look(group);
    }

    private Scene scene(AutoScalingGroup group) {
        return Scene.of(request, at, state, Optional.of(group), Optional.empty());
    }

    private Tick deploy(Family family) {
        Optional<Found> looked = look(family);
        refuse();
        Found found = looked.orElseThrow();
        AutoScalingGroup group = found.group();
        Findings findings = found.findings();
        boolean cold = found.balancer().classic();
        state.making(true);
        state.source(findings.source(), findings.facts().fixed());
        state.image(request.ami());
        state.sizes(
                findings.sizes().min(),
                findings.sizes().desired(),
                findings.sizes().max());
        state.basis(group.desiredCapacity());
        state.going(findings.drains(), findings.terminationHooks());
        state.pace(request.pace().stepsFor(cold), request.pace().intervalFor(cold));
        findings.boots().stream().min(Duration::compareTo).ifPresent(state::quickest);
        announce(family, found);
        new FrontCheck(scene(group), found.balancer(), problems).prepare(group);
        state.phase(Phase.LEASE);
        return new Tick.LookAgain(at.now());
    }

    private void announce(Family family, Found found) {
        AutoScalingGroup group = found.group();
        StringBuilder text = new StringBuilder("Group " + state.old() + " is live behind the " + found.balancer()
                + ": min " + group.minSize() + ", desired " + group.desiredCapacity() + ", max " + group.maxSize()
                + "; launches from " + found.findings().source() + " with "
                + found.findings().facts().imageId());
        text.append("\nBeside it, ")
                .append(request.route().dns() ? "behind a copy of that balancer: " : "behind the same balancer: ")
                .append(state.fresh())
                .append(" with ")
                .append(request.ami())
                .append(", min ")
                .append(state.min())
                .append(", desired ")
                .append(state.desired())
                .append(", max ")
                .append(state.max());
        text.append("\n")
                .append(
                        request.route().dns()
                                ? request.route().recordName() + " is moved there in steps of "
                                : "Its listeners are moved in steps of ")
                .append(String.join(
                        ", ", state.steps().stream().map(step -> step + " %").toList()))
                .append(", each watched for ")
                .append(Words.of(state.interval()));
        text.append("\nCosts ").append(cost(found));
        if (request.pace().slowedBy(found.balancer().classic())) {
            text.append("\nSlower than usual, for AWS reserves no capacity for a Classic Load Balancer: the new one "
                    + "grows with its traffic");
        }
        if (!found.notCopied().isEmpty()) {
            text.append("\nNot copied, for AWS does not let anyone: ").append(String.join("; ", found.notCopied()));
        }
        found.findings().unchecked().ifPresent(why -> text.append("\n").append(why));
        if (family.group(state.fresh()).isPresent()) {
            text.append("\n")
                    .append(state.fresh())
                    .append(" stands by from an earlier deployment; its name is needed, so it is removed first");
        }
        at.say("", text.toString());
    }

    private String cost(Found found) {
        Duration steps = state.interval().multipliedBy(state.steps().size());
        Duration together = found.findings()
                .boot()
                .plus(request.warmup())
                .plus(steps)
                .plus(request.retireOld() ? request.drain().quiet() : Duration.ZERO)
                .plus(found.findings().drains());
        return Words.count(found.findings().sizes().desired(), "instance")
                + (request.route().dns() ? " and a load balancer" : "") + " more for at least " + Words.of(together)
                + " (boot " + Words.of(found.findings().boot()) + ", warm-up " + Words.of(request.warmup())
                + ", steps " + Words.of(steps) + ", quiet "
                + Words.of(request.drain().quiet()) + ", draining up to "
                + Words.of(found.findings().drains()) + ")"
                + (request.gated() ? " and the time the block takes" : "");
    }

    private void refuse() {
        if (!problems.isEmpty()) {
            throw new Stop(
                    Trouble.Kind.REFUSED, "This deployment cannot be done:\n  - " + String.join("\n  - ", problems));
        }
    }
}
