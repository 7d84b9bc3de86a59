package io.jenkins.plugins.amideploy.core.deployment;

import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.aws.Member;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;

/**
 * Gives a group back what the lease says was taken: the surge goes, instance by named instance; the maximum comes down
 * by our raise; the scaling processes that we suspended run again; the lease ends. Works from the lease alone, so that
 * any controller can do it, and over several ticks.
 */
public final class Restoration {
    private static final Duration PACE = Duration.ofSeconds(5);
    /** What the lease counts as surge although the group was never enlarged by it. */
    private static final String NEVER_MADE = "restoration.never-made";

    private static final String TAKEN_OVER = "restoration.taken-over";

    private final TickContext at;
    private final String groupName;
    private final Leases leases;
    private final Terminations terminations;
    private final Surge surge;

    public Restoration(TickContext at, String groupName) {
        this.at = at;
        this.groupName = groupName;
        this.leases = new Leases(at, groupName);
        this.terminations = new Terminations(at, groupName);
        this.surge = new Surge(at, groupName, leases, terminations);
    }

    /** Takes the lease of a deployment that is over, with its way back. */
    public void takeOver(Lease dead) {
        at.state().put(TAKEN_OVER, "yes");
        leases.takeOver(dead);
    }

    /**
     * Does the next thing.
     *
     * @param last further changes to the group for the call that restores its sizes, or null where there are none
     * @param first which of the instances goes first where the surge has to be taken from serving ones
     * @return when to look again; empty once the lease has been given back
     */
    public Optional<Tick> step(
            AutoScalingGroup shown,
            UnaryOperator<UpdateAutoScalingGroupRequest.Builder> last,
            Comparator<Member> first) {
        if (surge.unclear(shown, false)) {
            return again();
        }
        int excess = excess(shown, Balancers.membersWithoutBalancers(shown));
        if (excess > 0) {
            takeBack(shown, Balancers.members(at.aws(), shown), excess, first);
            return again();
        }
        restoreSizes(shown, last);
        resume();
        leases.giveBack(shown);
        at.state().remove(NEVER_MADE, TAKEN_OVER);
        return Optional.empty();
    }

    private int excess(AutoScalingGroup shown, List<Member> members) {
        int outstanding = surge.outstanding(shown, members);
        if (at.state().has(TAKEN_OVER) && !at.state().has(NEVER_MADE)) {
            // The lease is written before the group is enlarged. Who died in between has added less than it says.
            int before = leases.mine().orElseThrow().wayBack().desired();
            at.state().put(NEVER_MADE, Math.max(0, outstanding - Math.max(0, shown.desiredCapacity() - before)));
        }
        return Math.max(0, outstanding - at.state().getInt(NEVER_MADE, 0));
    }

    private void takeBack(AutoScalingGroup shown, List<Member> members, int excess, Comparator<Member> first) {
        List<Member> counted = members.stream()
                .filter(Member::counted)
                .filter(member -> !terminations.justAsked(member.id()))
                .toList();
        int justAsked = (int) members.stream()
                .filter(Member::counted)
                .filter(member -> terminations.justAsked(member.id()))
                .count();
        int missing = shown.desiredCapacity() - counted.size() - justAsked;
        if (missing > 0) {
            int cut = Math.min(Math.min(missing, excess), shown.desiredCapacity() - shown.minSize());
            if (cut > 0) {
                if (surge.cut(shown, cut)) {
                    at.say("", "Desired capacity lowered by " + cut + " that had not been launched");
                }
                return;
            }
        }
        List<Member> chosen = choose(counted, excess, first);
        nameForClosing(counted, chosen);
        int serving = (int) counted.stream().filter(Member::serving).count();
        for (Member member : chosen) {
            boolean harmless = !member.serving() || serving > shown.desiredCapacity() - excess;
            if (harmless && !terminations.busy(member.id())) {
                serving -= member.serving() ? 1 : 0;
                terminate(member);
            }
        }
    }

    private void terminate(Member member) {
        if (surge.terminateClosing(member.id())) {
            at.say("", member.id() + "  " + member.zone() + "  terminating: it was only there for the deployment");
        } else if (!at.state().get("told.busy", "").equals(member.id())) {
            at.state().put("told.busy", member.id());
            at.say("", member.id() + "  " + member.zone() + "  is to go too, as soon as AWS is done launching it");
        }
    }

    /** Whoever was named before and is still there but not chosen any more stays, and must not be counted as gone. */
    private void nameForClosing(List<Member> counted, List<Member> chosen) {
        Set<String> closing = new LinkedHashSet<>(leases.mine().orElseThrow().closing());
        Set<String> named = terminations.stillNamed(leases.mine().orElseThrow());
        counted.forEach(member -> named.remove(member.id()));
        chosen.forEach(member -> named.add(member.id()));
        if (!named.equals(closing)) {
            leases.write(leases.mine().orElseThrow().closing(named));
        }
    }

    /** Those that do not serve go first, then the caller's choice, then from the fullest zone. */
    private static List<Member> choose(List<Member> counted, int number, Comparator<Member> first) {
        Map<String, Integer> zones = new HashMap<>();
        counted.forEach(member -> zones.merge(member.zone(), 1, Integer::sum));
        return counted.stream()
                .sorted(Comparator.comparing(Member::serving)
                        .thenComparing(first)
                        .thenComparing(member -> -zones.get(member.zone()))
                        .thenComparing(Member::id))
                .limit(number)
                .toList();
    }

    private void restoreSizes(AutoScalingGroup shown, UnaryOperator<UpdateAutoScalingGroupRequest.Builder> last) {
        int max = surge.maxToRestore(shown);
        if (max == shown.maxSize() && last == null) {
            return;
        }
        at.aws().autoScaling().updateAutoScalingGroup(r -> {
            r.autoScalingGroupName(groupName);
            if (max != shown.maxSize()) {
                r.maxSize(max);
            }
            if (last != null) {
                last.apply(r);
            }
        });
    }

    /** Asked for whatever the group shows: it may not show yet what we have only just suspended. */
    private void resume() {
        Set<String> ours = leases.mine().orElseThrow().wayBack().suspended();
        if (!ours.isEmpty()) {
            at.aws()
                    .autoScaling()
                    .resumeProcesses(r -> r.autoScalingGroupName(groupName).scalingProcesses(ours));
            at.say("", "Scaling process " + String.join(", ", ours) + " resumed");
        }
    }

    private Optional<Tick> again() {
        return Optional.of(new Tick.LookAgain(at.now().plus(PACE)));
    }
}
