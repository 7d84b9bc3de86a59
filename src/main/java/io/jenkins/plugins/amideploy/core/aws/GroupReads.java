package io.jenkins.plugins.amideploy.core.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * Reads Auto Scaling groups for many deployments at once: a call that is due for one group brings along the groups that
 * other deployments will ask for in the next moments, up to the hundred names that DescribeAutoScalingGroups takes.
 */
public final class GroupReads {
    /** Most names in one call (Amazon EC2 Auto Scaling API Reference, DescribeAutoScalingGroups). */
    private static final int NAMES_IN_A_CALL = 100;
    /** How far ahead a call looks for others to bring along; also how old a group that was brought along may be. */
    private static final Duration AHEAD = Duration.ofSeconds(3);

    /** Whoever is so late does not come any more: its deployment has ended without a word. */
    private static final Duration LATE = Duration.ofMinutes(2);

    private final AutoScalingClient client;
    private final InstantSource clock;
    /** When each deployment said it would look again. */
    private final Map<String, Instant> expected = new HashMap<>();
    /** Groups that were brought along and not yet asked for. */
    private final Map<String, Read> broughtAlong = new HashMap<>();

    private record Read(Optional<AutoScalingGroup> group, Instant at) {}

    GroupReads(AutoScalingClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * The group as AWS shows it, or empty where AWS shows none of that name.
     *
     * @param since a time before which nothing is good enough, such as that of the caller's own last change
     */
    public synchronized Optional<AutoScalingGroup> read(String name, Instant since) {
        Instant now = clock.instant();
        expected.remove(name);
        Read ready = broughtAlong.remove(name);
        if (ready != null
                && !ready.at().isBefore(since)
                && !ready.at().plus(AHEAD).isBefore(now)) {
            return ready.group();
        }
        call(names(name, now), now);
        return broughtAlong.remove(name).group();
    }

    /** Says that this group will be read again at that time, so that a call for another group may bring it along. */
    public synchronized void expect(String name, Instant at) {
        expected.put(name, at);
    }

    /** Says that nobody will ask for this group any more. */
    public synchronized void forget(String name) {
        expected.remove(name);
        broughtAlong.remove(name);
    }

    private static boolean fresh(Read read, Instant now) {
        return read != null && !read.at().plus(AHEAD).isBefore(now);
    }

    private Set<String> names(String first, Instant now) {
        Set<String> names = new LinkedHashSet<>();
        names.add(first);
        expected.values().removeIf(at -> at.plus(LATE).isBefore(now));
        expected.entrySet().stream()
                .filter(e -> !e.getValue().isAfter(now.plus(AHEAD)))
                .filter(e -> !fresh(broughtAlong.get(e.getKey()), now))
                .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .limit(NAMES_IN_A_CALL - 1)
                .forEach(e -> names.add(e.getKey()));
        return names;
    }

    private void call(Set<String> names, Instant now) {
        Map<String, AutoScalingGroup> found = new HashMap<>();
        client.describeAutoScalingGroups(r -> r.autoScalingGroupNames(names).maxRecords(NAMES_IN_A_CALL))
                .autoScalingGroups()
                .forEach(group -> found.put(group.autoScalingGroupName(), group));
        broughtAlong.values().removeIf(read -> !fresh(read, now));
        names.forEach(name -> broughtAlong.put(name, new Read(Optional.ofNullable(found.get(name)), now)));
    }
}
