package io.jenkins.plugins.amideploy.core.deployment;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * Two groups of which one takes the other's place: kept as tags beside the lease on both of them, so that whoever finds
 * only the groups knows which is which and how far it had come.
 *
 * @param step the Pipeline step that put them beside each other; only that one knows how to get back
 * @param deployment the one that began; names of what it made are made of it, whoever finishes
 * @param old the group that is to go
 * @param fresh the group that takes its place
 * @param made whether the deployment made {@code fresh}, so that undoing removes it
 * @param cut whether the old group is being taken out: from then on it only goes forward
 * @param keep whether the old group stays, at size zero
 */
public record Pair(String step, String deployment, String old, String fresh, boolean made, boolean cut, boolean keep) {
    private static final String OLD = Owner.TAG_PREFIX + "old";
    private static final String FRESH = Owner.TAG_PREFIX + "new";
    private static final String STEP = Owner.TAG_PREFIX + "pair";

    /** What the group's tags say; empty where it is no part of such a deployment. */
    public static Optional<Pair> on(AutoScalingGroup group) {
        Map<String, String> tags = GroupTags.of(group);
        if (!tags.containsKey(OLD) || !tags.containsKey(FRESH) || !tags.containsKey(STEP)) {
            return Optional.empty();
        }
        Map<String, String> words = new LinkedHashMap<>();
        for (String word : tags.get(STEP).split(" ")) {
            int equals = word.indexOf('=');
            words.put(word.substring(0, Math.max(0, equals)), word.substring(equals + 1));
        }
        return Optional.of(new Pair(
                words.getOrDefault("step", "blueVioletDeploy"),
                words.getOrDefault("by", ""),
                tags.get(OLD),
                tags.get(FRESH),
                "yes".equals(words.get("made")),
                "yes".equals(words.get("cut")),
                "yes".equals(words.get("keep"))));
    }

    /** The tags that say this, by key; the same on both groups. */
    public Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(OLD, old);
        tags.put(FRESH, fresh);
        tags.put(
                STEP,
                "by=" + deployment + " made=" + yes(made) + " cut=" + yes(cut) + " keep=" + yes(keep) + " step="
                        + step);
        return tags;
    }

    public Pair cut(boolean now) {
        return new Pair(step, deployment, old, fresh, made, now, keep);
    }

    private static String yes(boolean so) {
        return so ? "yes" : "no";
    }
}
