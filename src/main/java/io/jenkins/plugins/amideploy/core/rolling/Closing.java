package io.jenkins.plugins.amideploy.core.rolling;

import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.aws.Balancers.Report;
import io.jenkins.plugins.amideploy.core.aws.Member;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import io.jenkins.plugins.amideploy.core.group.LaunchSource;
import io.jenkins.plugins.amideploy.core.group.LaunchSource.Template;
import io.jenkins.plugins.amideploy.core.group.LaunchSources;
import io.jenkins.plugins.amideploy.core.rolling.RollingState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;

/** The end: sizes, processes and lease are given back, what is not needed any more is removed. */
final class Closing {
    /** Between two looks at instances that drain, while a balancer or a lifecycle hook may let them go at any moment. */
    private static final Duration DRAIN_PERIOD = Duration.ofSeconds(5);
    /** Between two looks at the group. */
    private static final Duration SELDOM = Duration.ofMinutes(2);
    /** The longest deregistration delay there is; whoever takes longer is held by a lifecycle hook. */
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(3600);

    private final Desk desk;
    private final RollingState state;
    private final TickContext at;
    private final AutoScalingGroup group;

    Closing(Desk desk) {
        this.desk = desk;
        this.state = desk.state();
        this.at = desk.at();
        this.group = desk.group();
    }

    Tick tick() {
        desk.leases().verify(group);
        if (!terminateStandby()) {
            return desk.in(DRAIN_PERIOD);
        }
        if (!state.stopping()) {
            removeCopies();
        }
        Set<String> fresh = state.fresh();
        Comparator<Member> newFirst = Comparator.comparing(member -> !fresh.contains(member.id()));
        desk.leases().mine().ifPresent(lease -> at.state().put("sizes", sizes()));
        Instant last = at.state().getInstant("drain.since").orElse(at.lastWrite());
        at.state().put("drain.since", last);
        Optional<Tick> again =
                desk.restoration().step(group, lastChange(), state.back() ? newFirst.reversed() : newFirst);
        if (again.isPresent()) {
            return again.get();
        }
        new Drain(at).last(leaving());
        state.phase(Phase.DRAIN);
        at.state().put("drain.since", last);
        at.save();
        return failed() ? end() : drain(Optional.empty());
    }

    /** What the group is once it is restored; AWS may show the sizes before for some seconds. */
    private String sizes() {
        return "min " + group.minSize() + ", desired " + group.desiredCapacity() + ", max "
                + desk.surge().maxToRestore(group);
    }

    private boolean failed() {
        return at.trouble().isPresent();
    }

    /** False while AWS is busy with one of them, which then cannot be terminated yet. */
    private boolean terminateStandby() {
        if (failed()) {
            return true;
        }
        boolean all = true;
        for (String id : state.standby()) {
            boolean there =
                    group.instances().stream().anyMatch(i -> i.instanceId().equals(id));
            if (there && desk.terminations().busy(id)) {
                all = false;
            } else if (there && !desk.terminations().justAsked(id)) {
                desk.say(id + "  in Standby  terminating");
                all &= desk.terminations().terminate(id, false);
            }
        }
        return all;
    }

    /** After a way back our copy is not used; after success a copy that an earlier deployment made is not. */
    private void removeCopies() {
        Optional<LaunchSource> current = LaunchSource.of(group);
        if (failed() && state.copied() && state.target().isEmpty()) {
            // The answer that would have told its name was lost.
            desk.sources().deleteCopyOf(state.originFixed(), desk.request().convertToLaunchTemplate());
            state.copied(false);
            at.save();
        } else if (failed()) {
            state.target()
                    .filter(target -> state.copied() && !current.equals(Optional.of(target)))
                    .ifPresent(this::removeCopy);
        } else if (LaunchSources.madeByUs(state.origin()) && !current.equals(Optional.of(state.origin()))) {
            desk.sources().delete(state.origin(), false);
        }
    }

    private void removeCopy(LaunchSource target) {
        boolean converted = target instanceof Template && state.originFixed() instanceof LaunchSource.Configuration;
        Optional<String> stays = desk.sources().delete(target, converted);
        if (stays.isEmpty()) {
            desk.say("Removed " + target);
            state.copied(false);
            at.save();
        } else if (!at.state().has("copy.stays")) {
            at.state().put("copy.stays", "yes");
            desk.warn(target + " could not be removed: " + stays.get()
                    + (follows()
                            ? " The group stays at " + state.originFixed() + " instead of following " + state.origin()
                            : ""));
        }
    }

    private boolean follows() {
        return state.origin() instanceof Template named && named.floating();
    }

    /** A group that followed {@code $Latest} or {@code $Default} follows it again, once that is the former version. */
    private UnaryOperator<UpdateAutoScalingGroupRequest.Builder> lastChange() {
        boolean follow = failed()
                && (state.back() || at.state().has("pinned") && !state.pointed())
                && !state.stopping()
                && follows()
                && !state.copied()
                && (!at.settled() || LaunchSource.of(group).equals(Optional.of(state.originFixed())));
        return follow ? r -> state.origin().applyTo(r, group) : null;
    }

    /**
     * Waits until the last old instances have drained: until no balancer has them any more and no lifecycle hook holds
     * them. What is left then is EC2 shutting them down.
     *
     * @param known what the balancers say, if they were asked in this tick
     */
    Tick drain(Optional<Report> known) {
        Drain drain = new Drain(at);
        List<Member> leaving = Balancers.membersWithoutBalancers(group).stream()
                .filter(member -> drain.last().contains(member.id()) && member.leaving())
                .toList();
        if (leaving.isEmpty() || failed()) {
            return end();
        }
        Report report = known.orElseGet(() -> Balancers.report(at.aws(), group));
        List<Member> waiting = leaving.stream()
                .filter(member -> report.knows(member.id())
                        || member.instance().lifecycleState() == LifecycleState.TERMINATING_WAIT)
                .toList();
        if (waiting.isEmpty()) {
            return end();
        }
        Instant since = at.state().getInstant("drain.since").orElse(at.now());
        if (at.now().isAfter(since.plus(LONGEST_DRAIN))) {
            desk.warn(Words.count(waiting.size(), "instance") + " still terminating after " + Words.of(LONGEST_DRAIN)
                    + ", held by a lifecycle hook; not waiting any longer");
            return end();
        }
        if (!at.state().has("drain.told")) {
            at.state().put("drain.told", "yes");
            desk.say(Words.count(waiting.size(), "instance") + " still draining");
        }
        new Glance(desk.request(), at, state)
                .until(drain.over(report) ? at.now() : at.now().plus(SELDOM), group);
        return new Tick.LookAgain(Desk.later(since.plus(drain.takes()), at.now().plus(DRAIN_PERIOD)));
    }

    /** The old ones that go. What the group does from now on by itself is none of this deployment's business. */
    private Set<String> leaving() {
        Set<String> leaving = state.standby();
        Balancers.membersWithoutBalancers(group).stream()
                .filter(Member::leaving)
                .forEach(member -> leaving.add(member.id()));
        return leaving;
    }

    private Tick end() {
        if (at.trouble().isEmpty()) {
            desk.say("Done: group " + desk.request().group() + " runs "
                    + desk.request().ami() + " from "
                    + state.current() + "; " + at.state().get("sizes", ""));
            return new Tick.Ended(new Outcome.Succeeded(result()));
        }
        Trouble trouble = at.trouble().orElseThrow();
        return new Tick.Ended(new Outcome.Failed(trouble, aftermath()));
    }

    private String aftermath() {
        String sizes = "Group " + desk.request().group() + " has its sizes and scaling processes back.";
        if (state.stopping()) {
            return state.whyStopping() + "\n" + sizes + " It is a mix: "
                    + Words.count(state.old().size(), "instance") + " "
                    + (state.back() ? "with " + desk.request().ami() : "with the former image") + " left. "
                    + state.wayBack();
        }
        if (state.back()) {
            return "Rolled back: " + sizes + " It launches from " + state.origin() + " with " + state.originImage()
                    + " again.";
        }
        return state.pointed()
                ? sizes + " All instances had been replaced by then. " + state.wayBack()
                : sizes + " No instance was replaced.";
    }

    /** What the step returns. */
    Map<String, Object> result() {
        Instant started = at.state().getInstant("started").orElse(at.now());
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("group", desk.request().group());
        result.put("ami", desk.request().ami());
        result.put("version", version());
        result.put("replaced", state.replaced());
        result.put("skipped", state.kept().size());
        result.put("seconds", Duration.between(started, at.now()).toSeconds());
        return result;
    }

    private String version() {
        LaunchSource current = state.target().orElseGet(state::originFixed);
        return current instanceof Template template
                ? template.version()
                : ((LaunchSource.Configuration) current).name();
    }
}
