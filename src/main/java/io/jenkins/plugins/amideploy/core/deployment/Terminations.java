package io.jenkins.plugins.amideploy.core.deployment;

import io.jenkins.plugins.amideploy.core.aws.Activities;
import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import io.jenkins.plugins.amideploy.core.aws.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityInProgressException;

/**
 * The terminations this deployment has asked for, so that none is asked for twice: an instance just terminated may
 * still be shown as in service, and a termination that takes its capacity along must count exactly once.
 */
public final class Terminations {
    /** Instances asked to go, with the time: {@code i-0abc@1767600000000}. Kept until the group shows them leaving. */
    private static final String ASKED = "asked";
    /** Instances whose capacity is known to have gone along with them. */
    private static final String CLOSED = "closed";

    /** Instances named for closing that went by themselves and left their capacity behind. */
    private static final String NOT_CLOSED = "not-closed";
    /** Before the id of an instance: since when it is gone and no activity says why. */
    private static final String UNCLEAR = "unclear.";

    private static final Duration UNCLEAR_FOR = Duration.ofMinutes(1);
    /** Before the id of an instance: when AWS said that a scaling activity is in progress on it. */
    private static final String BUSY = "busy.";
    /** When it is worth asking again. */
    private static final Duration BUSY_FOR = Duration.ofSeconds(20);

    private final TickContext at;
    private final String group;

    public Terminations(TickContext at, String group) {
        this.at = at;
        this.group = group;
    }

    /** Whether it was asked to go so recently that the group may not show it yet. */
    public boolean justAsked(String instanceId) {
        return justAsked().contains(instanceId);
    }

    /** Those that were asked to go so recently that the group may not show it yet. */
    public Set<String> justAsked() {
        Map<String, Instant> asked = asked();
        asked.values().removeIf(when -> !at.now().isBefore(when.plus(Leases.SETTLE)));
        return asked.keySet();
    }

    /**
     * Terminates an instance.
     *
     * @param andItsCapacity whether the desired capacity is lowered by one with it; otherwise the group launches a
     *     replacement at once
     * @return whether it goes; false where AWS is still busy with it, or it is gone already
     */
    public boolean terminate(String instanceId, boolean andItsCapacity) {
        Map<String, Instant> asked = asked();
        asked.put(instanceId, at.now());
        keep(asked);
        at.wrote();
        at.save();
        try {
            at.aws()
                    .autoScaling()
                    .terminateInstanceInAutoScalingGroup(
                            r -> r.instanceId(instanceId).shouldDecrementDesiredCapacity(andItsCapacity));
        } catch (ScalingActivityInProgressException e) {
            asked.remove(instanceId);
            keep(asked);
            at.state().put(BUSY + instanceId, at.now());
            return false;
        } catch (AutoScalingException e) {
            AwsFailure failure = AwsFailure.of(e);
            if (failure.notFound()) {
                return false;
            }
            if (failure.kind() == AwsFailure.Kind.DENIED) {
                asked.remove(instanceId); // AWS has not heard it, and the next tick asks again instead of waiting
            }
            throw e;
        } finally {
            // The SDK may have tried for a minute, and AWS heard it only at the end.
            asked.computeIfPresent(instanceId, (id, before) -> at.now());
            keep(asked);
            at.wrote();
        }
        if (andItsCapacity) {
            close(instanceId);
        }
        return true;
    }

    /** Whether AWS said not long ago that it is busy with that instance, so that it cannot be terminated yet. */
    public boolean busy(String instanceId) {
        return at.state()
                .getInstant(BUSY + instanceId)
                .map(when -> at.now().isBefore(when.plus(BUSY_FOR)))
                .orElse(false);
    }

    /** When the first of the instances that AWS is busy with may be worth another try; empty where there is none. */
    public Optional<Instant> notBusyAt() {
        return at.state().toMap().keySet().stream()
                .filter(key -> key.startsWith(BUSY))
                .flatMap(key -> at.state().getInstant(key).stream())
                .map(when -> when.plus(BUSY_FOR))
                .filter(at.now()::isBefore)
                .min(Instant::compareTo);
    }

    /**
     * Of the instances named for closing, those that are gone and took their capacity along. One that went without our
     * call being known to have succeeded is looked up in the group's scaling activities.
     */
    public Set<String> closed(Lease lease, List<Member> members) {
        Set<String> known = at.state().getSet(CLOSED);
        Set<String> staying = members.stream()
                .filter(member -> !member.leaving())
                .map(Member::id)
                .collect(Collectors.toSet());
        Set<String> unclear = new LinkedHashSet<>(lease.closing());
        unclear.removeAll(known);
        unclear.removeAll(staying);
        unclear.removeAll(at.state().getSet(NOT_CLOSED));
        if (!unclear.isEmpty()) {
            lookUp(unclear);
            known = at.state().getSet(CLOSED);
        }
        known.retainAll(lease.closing());
        return known;
    }

    /** Of the instances named for closing, those that count: not the ones that went by themselves, which are many in time. */
    public Set<String> stillNamed(Lease lease) {
        Set<String> named = new LinkedHashSet<>(lease.closing());
        named.removeAll(at.state().getSet(NOT_CLOSED));
        return named;
    }

    /** Whether one of the instances named for closing was asked to go and it is not known yet whether AWS heard it. */
    public boolean unclear(Lease lease) {
        Set<String> closed = at.state().getSet(CLOSED);
        return lease.closing().stream()
                .anyMatch(id ->
                        !closed.contains(id) && (justAsked(id) || at.state().has(UNCLEAR + id)));
    }

    /** Forgets what the group shows as done. */
    public void tidy(List<Member> members) {
        Map<String, Instant> asked = asked();
        Set<String> staying = members.stream()
                .filter(member -> !member.leaving())
                .map(Member::id)
                .collect(Collectors.toSet());
        asked.entrySet().removeIf(e -> !staying.contains(e.getKey()) && !justAsked(e.getKey()));
        keep(asked);
        at.state().toMap().keySet().stream()
                .filter(key -> key.startsWith(BUSY) && !busy(key.substring(BUSY.length())))
                .forEach(at.state()::remove);
    }

    /** An activity that AWS does not show yet decides nothing for a minute; after that the instance went by itself. */
    private void lookUp(Set<String> unclear) {
        List<Activity> activities = Activities.since(at.aws(), group, Instant.EPOCH);
        Set<String> other = at.state().getSet(NOT_CLOSED);
        for (String id : unclear) {
            Instant since = at.state().getInstant(UNCLEAR + id).orElse(at.now());
            at.state().put(UNCLEAR + id, since);
            boolean shown = activities.stream().anyMatch(a -> Activities.terminationOf(a, id));
            if (activities.isEmpty() || activities.stream().anyMatch(a -> Activities.decrementedBy(a, id))) {
                close(id);
            } else if (shown || at.now().isAfter(since.plus(UNCLEAR_FOR))) {
                other.add(id);
            } else {
                continue;
            }
            at.state().remove(UNCLEAR + id);
        }
        at.state().put(NOT_CLOSED, other);
    }

    private void close(String instanceId) {
        Set<String> closed = at.state().getSet(CLOSED);
        closed.add(instanceId);
        at.state().put(CLOSED, closed);
    }

    private Map<String, Instant> asked() {
        Map<String, Instant> asked = new HashMap<>();
        for (String entry : at.state().getSet(ASKED)) {
            int split = entry.indexOf('@');
            asked.put(entry.substring(0, split), Instant.ofEpochMilli(Long.parseLong(entry.substring(split + 1))));
        }
        return asked;
    }

    private void keep(Map<String, Instant> asked) {
        Set<String> entries = new LinkedHashSet<>();
        asked.forEach((id, when) -> entries.add(id + "@" + when.toEpochMilli()));
        at.state().put(ASKED, entries);
    }
}
