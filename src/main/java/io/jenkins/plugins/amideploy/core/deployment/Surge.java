package io.jenkins.plugins.amideploy.core.deployment;

import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import io.jenkins.plugins.amideploy.core.aws.Member;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;

/**
 * The capacity that this deployment has added to the group and not yet taken back. Everything is kept as a difference,
 * never as an absolute size, so that what others change meanwhile stands.
 */
public final class Surge {
    /** A change about to be made, {@code from to moreMax}; there while it is not known whether it was made. */
    private static final String PENDING = "surge.pending";
    /** The desired capacity that others want, as last seen. */
    private static final String WANTED = "surge.wanted";

    /** When we changed the desired capacity last, and to what. */
    private static final String CHANGED = "surge.changed";

    private static final String TARGET = "surge.target";
    private static final String LAUNCH = "Launch";

    private final TickContext at;
    private final Leases leases;
    private final Terminations terminations;
    private final String groupName;

    public Surge(TickContext at, String groupName, Leases leases, Terminations terminations) {
        this.at = at;
        this.groupName = groupName;
        this.leases = leases;
        this.terminations = terminations;
    }

    /**
     * How much of it is left to be taken back. Where others lowered the desired capacity so far that ours cannot be taken
     * back without going below the minimum, they have taken it back for us.
     */
    public int outstanding(AutoScalingGroup shown, List<Member> members) {
        Lease lease = lease();
        int left = lease.wayBack().surge() == 0 ? 0 : lease.outstanding(terminations.closed(lease, members));
        return Math.min(left, Math.max(0, shown.desiredCapacity() - shown.minSize()));
    }

    /**
     * Changes the desired capacity by a difference, the maximum along with it where that is needed, and whatever else is
     * given, in one call.
     *
     * @param by positive to surge, negative to take back capacity that was never launched
     * @param also further changes for the same call
     */
    public void change(AutoScalingGroup shown, int by, UnaryOperator<UpdateAutoScalingGroupRequest.Builder> also) {
        int target = shown.desiredCapacity() + by;
        int moreMax = Math.max(0, target - shown.maxSize());
        Lease lease = lease();
        at.state().put(PENDING, shown.desiredCapacity() + " " + target + " " + moreMax);
        if (by > 0) {
            WayBack wayBack = lease.wayBack();
            leases.write(lease.with(wayBack.withSurge(wayBack.surge() + by, wayBack.raise() + moreMax)));
        } else {
            at.wrote();
            at.save();
        }
        try {
            at.aws().autoScaling().updateAutoScalingGroup(r -> {
                r.autoScalingGroupName(groupName).desiredCapacity(target);
                if (moreMax > 0) {
                    r.maxSize(target);
                }
                also.apply(r);
            });
        } catch (AutoScalingException e) {
            if (AwsFailure.of(e).kind() != AwsFailure.Kind.UNREACHABLE) {
                conclude(by, moreMax, false); // AWS has answered: it was not made
            }
            throw e;
        }
        at.state().put(CHANGED, at.now());
        at.state().put(TARGET, target);
        conclude(by, moreMax, true);
    }

    /**
     * Takes back capacity that was never launched, over two ticks. The group must not launch meanwhile: it would have one
     * instance too many for the lowered capacity and terminate one of its own choice, possibly one that serves.
     *
     * @return whether it is done; otherwise AWS is being given time to stop launching
     */
    public boolean cut(AutoScalingGroup shown, int by) {
        Set<String> ours = new LinkedHashSet<>(lease().wayBack().suspended());
        boolean suspended = shown.suspendedProcesses().stream()
                .anyMatch(process -> process.processName().equals(LAUNCH));
        if (!suspended) {
            if (ours.add(LAUNCH)) {
                leases.write(lease().with(lease().wayBack().withSuspended(ours)));
            }
            // Asked for until the group shows it: the call before may have failed.
            at.aws()
                    .autoScaling()
                    .suspendProcesses(r -> r.autoScalingGroupName(groupName).scalingProcesses(LAUNCH));
            at.wrote();
            return false;
        }
        if (!at.settled()) {
            return false;
        }
        change(shown, -by, r -> r);
        return true;
    }

    /** Lets the group launch again after a cut. */
    public void launchAgain() {
        Set<String> ours = new LinkedHashSet<>(lease().wayBack().suspended());
        if (ours.remove(LAUNCH)) {
            at.aws()
                    .autoScaling()
                    .resumeProcesses(r -> r.autoScalingGroupName(groupName).scalingProcesses(LAUNCH));
            leases.write(lease().with(lease().wayBack().withSuspended(ours)));
        }
    }

    /**
     * Finds out about changes that were cut off, by a crash or a lost answer, so that it was not known whether they were
     * made. Until then nothing may be decided.
     *
     * @param certainlyMade whether something else that was changed by the same call shows that it was
     * @return whether AWS has to be given time to show it
     */
    public boolean unclear(AutoScalingGroup shown, boolean certainlyMade) {
        if (at.state().has(PENDING)) {
            if (!at.settled()) {
                return true;
            }
            settlePending(shown, certainlyMade);
        }
        return stale(shown) || terminations.unclear(lease());
    }

    /** Whether the group is shown as it was before our last change of its size: that change would be made once more. */
    private boolean stale(AutoScalingGroup shown) {
        return at.state()
                .getInstant(CHANGED)
                .filter(changed -> at.now().isBefore(changed.plus(Leases.SETTLE)))
                .map(changed -> shown.desiredCapacity() != at.state().getInt(TARGET, 0))
                .orElse(false);
    }

    private void settlePending(AutoScalingGroup shown, boolean certainlyMade) {
        String[] pending = at.state().get(PENDING).orElseThrow().split(" ");
        int to = Integer.parseInt(pending[1]);
        int by = to - Integer.parseInt(pending[0]);
        boolean shownAsMade = by > 0 ? shown.desiredCapacity() >= to : shown.desiredCapacity() <= to;
        conclude(by, Integer.parseInt(pending[2]), certainlyMade || shownAsMade);
    }

    /** A raise is counted before it is made, a cut only afterwards: in doubt the group is left too large, not too small. */
    private void conclude(int by, int moreMax, boolean made) {
        Lease lease = lease();
        WayBack wayBack = lease.wayBack();
        if (by > 0 && !made) {
            lease.with(wayBack.withSurge(wayBack.surge() - by, wayBack.raise() - moreMax))
                    .keepIn(at.state());
        } else if (by < 0 && made) {
            lease.with(wayBack.withSurge(wayBack.surge() + by, wayBack.raise())).keepIn(at.state());
        }
        at.state().remove(PENDING);
        at.wrote();
        at.save();
    }

    /** Names instances for closing, on the group first, so that anyone can count those that are gone. */
    public void close(Collection<String> instanceIds) {
        Set<String> closing = terminations.stillNamed(lease());
        if (closing.addAll(instanceIds)) {
            leases.write(lease().closing(closing));
        }
    }

    /** Terminates an instance named for closing, its capacity with it; false where AWS does not let it go now. */
    public boolean terminateClosing(String instanceId) {
        return terminations.terminate(instanceId, true);
    }

    /** By how much others have changed the desired capacity since this was last asked. */
    public int changedByOthers(AutoScalingGroup shown, List<Member> members) {
        if (!at.settled()) {
            return 0;
        }
        int wanted = shown.desiredCapacity() - outstanding(shown, members);
        int before = at.state().getInt(WANTED, wanted);
        at.state().put(WANTED, wanted);
        return wanted - before;
    }

    /**
     * The maximum without our raise; never below the live desired capacity, and not lowered past what it was before the
     * deployment, so that doing this twice does no harm.
     */
    public int maxToRestore(AutoScalingGroup shown) {
        WayBack wayBack = lease().wayBack();
        int withoutRaise = Math.max(wayBack.max(), shown.maxSize() - wayBack.raise());
        return Math.max(shown.desiredCapacity(), Math.min(shown.maxSize(), withoutRaise));
    }

    private Lease lease() {
        return leases.mine().orElseThrow();
    }
}
