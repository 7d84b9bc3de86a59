package io.jenkins.plugins.amideploy.core.group;

import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.aws.Balancers.Report;
import io.jenkins.plugins.amideploy.core.aws.Member;
import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import io.jenkins.plugins.amideploy.core.group.SideSource.Made;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;

/**
 * Takes a group out of service and removes it with all that belongs to it, over several ticks: its alarms go; its size
 * becomes zero, upon which Auto Scaling deregisters all its instances from all balancers at once and lets them drain and
 * their termination hooks run; then it is deleted, and so is what it launched from where a deployment of this plugin made
 * that. Works from the group alone, so that any controller can go on with it.
 */
public final class GroupRemoval {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration SHORTEST_LOOK = Duration.ofSeconds(10);
    /** How long after its balancers' time an instance may still be shown before it is not waited for any longer. */
    private static final Duration OVERDUE = Duration.ofMinutes(10);
    /** The longest termination that is waited for; whoever takes longer is held by a lifecycle hook. */
    private static final Duration LONGEST_HOOK = Duration.ofHours(1);

    private static final int PROTECTED_IN_A_CALL = 50;

    private static final String MADE = "removal.made";
    private static final String ALARMS = "removal.alarms";
    private static final String ZEROED = "removal.zeroed";
    private static final String HOOKS = "removal.hooks";
    private static final String DELETED = "removal.deleted";
    private static final String DRAINS = "removal.drains";
    private static final String TOLD = "removal.told";
    private static final String SEEN = "removal.seen";

    private final TickContext at;
    private final SavedState saved;
    private final String name;
    private final SideSource sources;

    public GroupRemoval(TickContext at, String group) {
        this.at = at;
        this.saved = at.state();
        this.name = group;
        this.sources = new SideSource(at.aws(), at.owner().deployment());
    }

    /** Forgets how far it was, before another group is removed. */
    public static void forget(SavedState saved) {
        saved.remove(MADE, ALARMS, ZEROED, HOOKS, DELETED, DRAINS, TOLD, SEEN);
    }

    /** Says what is known of the group that is removed next, so that it is not looked up again. */
    public static void expect(SavedState saved, Duration drains, boolean terminationHooks) {
        saved.put(DRAINS, drains.toSeconds());
        saved.put(HOOKS, terminationHooks ? "yes" : "no");
    }

    /** Whether the group has been asked to become empty. */
    public static boolean begun(SavedState saved) {
        return saved.has(ZEROED) || saved.has(DELETED);
    }

    /**
     * Does the next thing.
     *
     * @param shown the group as read in this tick
     * @param graceful whether its instances may have clients, so that they drain first
     * @param keep whether the empty group stays
     * @return when to look again; empty once the group is gone, is certain to go, or stands by
     */
    public Optional<Tick> step(Optional<AutoScalingGroup> shown, boolean graceful, boolean keep) {
        if (shown.isEmpty()) {
            return gone();
        }
        AutoScalingGroup group = shown.get();
        saved.put(SEEN, "yes");
        if (!keep) {
            rememberSource(group);
        }
        if (group.status() != null || saved.has(DELETED)) {
            return going();
        }
        if (!keep && !saved.has(ALARMS)) {
            PolicyCopies.deleteAlarms(at.aws(), name);
            saved.put(ALARMS, "yes");
        }
        if ((graceful || keep) && !empty(group)) {
            return Optional.of(makeEmpty(group));
        }
        if (graceful || keep) {
            Optional<Tick> wait = drain(group);
            if (wait.isPresent()) {
                return wait;
            }
        }
        if (keep) {
            return Optional.empty();
        }
        delete();
        return going();
    }

    private Optional<Tick> gone() {
        if (!saved.has(SEEN) && !at.settled()) {
            return again(Duration.between(at.now(), at.lastWrite().plusSeconds(11))); // it may not be shown yet
        }
        if (saved.has(SEEN) && !saved.has(DELETED) && !at.settled()) {
            return again(SOON);
        }
        removeSource();
        return Optional.empty();
    }

    /** AWS removes it now. A launch configuration can only go after it. */
    private Optional<Tick> going() {
        if (saved.get(MADE, "").startsWith("lc ")) {
            return again(SOON);
        }
        if (!at.settled() && !saved.has(DELETED)) {
            return again(SOON);
        }
        removeSource();
        return Optional.empty();
    }

    private void rememberSource(AutoScalingGroup group) {
        if (!saved.has(MADE)) {
            saved.put(
                    MADE,
                    sources.madeFor(group)
                            .map(made -> made.source().asText() + (made.wholeTemplate() ? " whole" : ""))
                            .orElse(""));
            at.save();
        }
    }

    private void removeSource() {
        String text = saved.get(MADE, "");
        if (text.isEmpty()) {
            return;
        }
        boolean whole = text.endsWith(" whole");
        Made made = new Made(LaunchSource.parse(text.replaceAll(" whole$", "")), whole);
        Optional<String> stays = sources.remove(made, name);
        at.say("", stays.map(why -> made.source() + " stays: " + why).orElse("Removed " + made.source()));
        saved.put(MADE, "");
    }

    private static boolean empty(AutoScalingGroup group) {
        return group.minSize() == 0 && group.maxSize() == 0 && group.desiredCapacity() == 0;
    }

    private Tick makeEmpty(AutoScalingGroup group) {
        unprotect(group);
        if (!saved.has(DRAINS)) {
            saved.put(DRAINS, Draining.longest(at.aws(), group).toSeconds());
            saved.put(
                    HOOKS,
                    at
                                    .aws()
                                    .autoScaling()
                                    .describeLifecycleHooks(r -> r.autoScalingGroupName(name))
                                    .lifecycleHooks()
                                    .stream()
                                    .anyMatch(Hooks::terminating)
                            ? "yes"
                            : "no");
        }
        boolean first = !saved.has(ZEROED);
        saved.put(ZEROED, saved.getInstant(ZEROED).orElse(at.now()));
        at.wrote();
        at.save();
        at.aws()
                .autoScaling()
                .updateAutoScalingGroup(
                        r -> r.autoScalingGroupName(name).minSize(0).maxSize(0).desiredCapacity(0));
        at.wrote();
        if (first && !group.instances().isEmpty()) {
            String drains = saved.getInt(DRAINS, 0) > 0
                    ? "; they drain for up to " + Words.of(Duration.ofSeconds(saved.getInt(DRAINS, 0)))
                    : "";
            at.say(
                    "",
                    name + " is taken out of service: "
                            + Words.count(group.instances().size(), "instance") + " deregistered from all balancers"
                            + drains);
        }
        return new Tick.LookAgain(at.now().plus(SHORTEST_LOOK));
    }

    /** A protected instance would survive the size zero. */
    private void unprotect(AutoScalingGroup group) {
        List<String> guarded = Balancers.membersWithoutBalancers(group).stream()
                .filter(member -> member.protectedFromScaleIn() && member.counted())
                .map(Member::id)
                .toList();
        for (int from = 0; from < guarded.size(); from += PROTECTED_IN_A_CALL) {
            List<String> some = guarded.subList(from, Math.min(guarded.size(), from + PROTECTED_IN_A_CALL));
            at.aws()
                    .autoScaling()
                    .setInstanceProtection(
                            r -> r.autoScalingGroupName(name).instanceIds(some).protectedFromScaleIn(false));
        }
    }

    /** Waits until no balancer has its instances any more and no hook holds them. What is left is EC2 shutting down. */
    private Optional<Tick> drain(AutoScalingGroup group) {
        Instant since = saved.getInstant(ZEROED).orElse(at.now());
        saved.put(ZEROED, since);
        Duration drains = Duration.ofSeconds(saved.getInt(DRAINS, 0));
        List<Member> there = Balancers.membersWithoutBalancers(group);
        if (there.isEmpty()) {
            return Optional.empty();
        }
        boolean hooks = saved.get(HOOKS, "yes").equals("yes");
        Report report = Balancers.report(at.aws(), group);
        List<Member> waiting = there.stream()
                .filter(member -> member.counted() || report.knows(member.id()) || hooks && held(member))
                .toList();
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        Instant due = since.plus(drains);
        if (at.now().isAfter(due.plus(hooks ? LONGEST_HOOK : OVERDUE))) {
            at.say(
                    Event.Kind.WARNING,
                    "",
                    Words.count(waiting.size(), "instance") + " of " + name + " still terminating ("
                            + waiting.get(0).id() + " is "
                            + waiting.get(0).instance().lifecycleStateAsString()
                            + "); not waiting any longer");
            return Optional.empty();
        }
        if (waiting.stream().anyMatch(Member::counted) && at.settled()) {
            unprotect(group);
        }
        tellHooks(waiting);
        // Before its time an instance may be done; after it, the longer it takes the less a few seconds matter.
        Duration look = at.now().isBefore(due)
                ? longer(drains.dividedBy(3), SHORTEST_LOOK)
                : longer(Duration.between(due, at.now()).dividedBy(5), SOON);
        Instant next = at.now().plus(look);
        Instant end = due.plus(SOON);
        return Optional.of(new Tick.LookAgain(at.now().isBefore(due) && next.isAfter(end) ? end : next));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static boolean held(Member member) {
        return member.leaving()
                && member.instance().lifecycleState() != LifecycleState.TERMINATING_PROCEED
                && member.instance().lifecycleState() != LifecycleState.TERMINATED;
    }

    private void tellHooks(List<Member> waiting) {
        long inHook = waiting.stream()
                .filter(member -> member.instance().lifecycleState() == LifecycleState.TERMINATING_WAIT)
                .count();
        if (inHook > 0 && !saved.has(TOLD)) {
            saved.put(TOLD, "yes");
            at.say("", Words.count((int) inHook, "instance") + " of " + name + " wait for a termination hook");
        }
    }

    private void delete() {
        at.wrote();
        at.save();
        try {
            at.aws()
                    .autoScaling()
                    .deleteAutoScalingGroup(r -> r.autoScalingGroupName(name).forceDelete(true));
        } catch (AutoScalingException e) {
            AwsFailure failure = AwsFailure.of(e);
            if (!failure.notFound() && !failure.reason().contains("pending delete")) {
                throw e;
            }
        }
        saved.put(DELETED, "yes");
        at.wrote();
        at.save();
        at.say("", "Group " + name + " deleted with its instances, policies and alarms");
    }

    private Optional<Tick> again(Duration wait) {
        return Optional.of(new Tick.LookAgain(at.now().plus(wait)));
    }
}
