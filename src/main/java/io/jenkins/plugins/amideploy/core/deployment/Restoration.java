package io.jenkins.plugins.amideploy.core.deployment;

import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.aws.Member;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;

/**
 * Gives a group back what the lease says was taken: the surge goes, instance by named instance; the maximum comes down
 * by our raise; the scaling processes that we suspended run again; the lease ends. Works from the lease alone, so that
 * any controller can do it, and over several ticks.
 */
public final class Restoration {
    private static final Duration PACE = Duration.ofSeconds(5);
    private static final String CLAMPED = "restoration.clamped";

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

    /**
     * Takes the lease of a deployment that is over. What its tags say of the surge was written before the group was
     * enlarged, so it is cut to what the group really has above its former size.
     */
    public void takeOver(Lease dead, AutoScalingGroup shown) {
        leases.takeOver(dead);
        at.state()
                .put(
                        CLAMPED,
                        Math.max(0, shown.desiredCapacity() - dead.wayBack().desired()));
        at.save();
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
        if (surge.hasPending()) {
            if (!at.settled()) {
                return again();
            }
            surge.settlePending(shown, false);
        }
        List<Member> members = Balancers.members(at.aws(), shown);
        int excess = excess(members);
        if (excess > 0) {
            takeBack(shown, members, excess, first);
            return again();
        }
        restoreSizes(shown, last);
        resume(shown);
        leases.giveBack(shown);
        return Optional.empty();
    }

    private int excess(List<Member> members) {
        Lease lease = leases.mine().orElseThrow();
        int outstanding = surge.outstanding(members);
        int gone = lease.wayBack().surge() - outstanding;
        return Math.min(outstanding, Math.max(0, at.state().getInt(CLAMPED, Integer.MAX_VALUE) - gone));
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
                surge.change(shown, -cut, r -> r);
                at.say("", "Desired capacity lowered by " + cut + " that had not been launched");
                return;
            }
        }
        Set<String> closing = leases.mine().orElseThrow().closing();
        List<Member> named = counted.stream()
                .filter(m -> closing.contains(m.id()))
                .limit(excess)
                .toList();
        if (named.size() < excess && justAsked == 0) {
            surge.close(choose(counted, closing, excess - named.size(), first));
            return;
        }
        for (Member member : named) {
            at.say("", member.id() + " " + member.zone() + " terminated: it was only there for the deployment");
            surge.terminateClosing(member.id());
        }
    }

    /** Those that do not serve go first, then the caller's choice, then from the fullest zone. */
    private static Set<String> choose(List<Member> counted, Set<String> but, int number, Comparator<Member> first) {
        Map<String, Integer> zones = new HashMap<>();
        counted.forEach(member -> zones.merge(member.zone(), 1, Integer::sum));
        return counted.stream()
                .filter(member -> !but.contains(member.id()))
                .sorted(Comparator.comparing(Member::serving)
                        .thenComparing(first)
                        .thenComparing(member -> -zones.get(member.zone()))
                        .thenComparing(Member::id))
                .limit(number)
                .map(Member::id)
                .collect(Collectors.toSet());
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

    private void resume(AutoScalingGroup shown) {
        Set<String> ours = leases.mine().orElseThrow().wayBack().suspended();
        List<String> still = shown.suspendedProcesses().stream()
                .map(SuspendedProcess::processName)
                .filter(ours::contains)
                .toList();
        if (!still.isEmpty()) {
            at.aws()
                    .autoScaling()
                    .resumeProcesses(r -> r.autoScalingGroupName(groupName).scalingProcesses(still));
            at.say("", "Scaling process " + String.join(", ", still) + " resumed");
        }
    }

    private Optional<Tick> again() {
        return Optional.of(new Tick.LookAgain(at.now().plus(PACE)));
    }
}
