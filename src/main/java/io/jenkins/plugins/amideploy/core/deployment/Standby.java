package io.jenkins.plugins.amideploy.core.deployment;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * A group that was taken out of service and kept, at size zero but still attached to its balancers: its tag says what it
 * was, and giving it its sizes back puts it in service.
 *
 * @param suspended the scaling processes that we left suspended, so that no schedule wakes it
 */
public record Standby(int min, int max, int desired, Set<String> suspended) {
    public static final String TAG = GroupTags.LASTING_PREFIX + "standby";
    /** Since when a group has been in service, and by whose doing. */
    public static final String SINCE = GroupTags.LASTING_PREFIX + "since";

    /** What the group's tag says; empty where it is no standby, or someone has given it a size by hand. */
    public static Optional<Standby> on(AutoScalingGroup group) {
        return Optional.ofNullable(GroupTags.of(group).get(TAG))
                .filter(text -> group.maxSize() == 0)
                .map(Standby::of);
    }

    private static Standby of(String text) {
        WayBack was = WayBack.of(text);
        return new Standby(was.min(), was.max(), was.desired(), was.suspended());
    }

    public String asText() {
        return new WayBack(min, max, desired, 0, 0, new LinkedHashSet<>(suspended), "").asText();
    }

    /** The tag that says since when a group is in service. */
    public static Map<String, String> since(Instant when, Owner owner) {
        return Map.of(SINCE, Words.tagValue(when + " by " + owner.build()));
    }

    /** Since when the group has been in service as far as its tag says; empty for one that no deployment made. */
    public static Optional<Instant> since(AutoScalingGroup group) {
        return Optional.ofNullable(GroupTags.of(group).get(SINCE)).map(text -> Instant.parse(text.split(" ")[0]));
    }

    /** Puts the group in service again. May be done twice. */
    void wake(TickContext at, String group) {
        at.wrote();
        at.save();
        at.aws()
                .autoScaling()
                .updateAutoScalingGroup(r ->
                        r.autoScalingGroupName(group).minSize(min).maxSize(max).desiredCapacity(desired));
        if (!suspended.isEmpty()) {
            at.aws()
                    .autoScaling()
                    .resumeProcesses(r -> r.autoScalingGroupName(group).scalingProcesses(suspended));
        }
        at.aws().autoScaling().createOrUpdateTags(r -> r.tags(GroupTags.tags(group, since(at.now(), at.owner()))));
        at.aws().autoScaling().deleteTags(r -> r.tags(GroupTags.keys(group, Set.of(TAG))));
        at.wrote();
        at.say(
                "",
                "Standby " + group + " is in service again with min " + min + ", desired " + desired + ", max " + max
                        + "; it launches its instances now");
    }
}
