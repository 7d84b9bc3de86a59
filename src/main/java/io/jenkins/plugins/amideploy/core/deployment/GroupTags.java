package io.jenkins.plugins.amideploy.core.deployment;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Tag;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;

/** Tags of groups as plain text. */
public final class GroupTags {
    /** In the keys of tags that stay on a group after a deployment; those of a lease begin otherwise. */
    public static final String LASTING_PREFIX = "ami-deploy-group:";

    private static final String TYPE = "auto-scaling-group";

    private GroupTags() {}

    public static Map<String, String> of(AutoScalingGroup group) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (TagDescription tag : group.tags()) {
            tags.put(tag.key(), tag.value());
        }
        return tags;
    }

    /** Whether the tag is one that this plugin sets, for a deployment or for longer. */
    public static boolean ours(String key) {
        return key.startsWith(Owner.TAG_PREFIX) || key.startsWith(LASTING_PREFIX);
    }

    /** In the SDK's form, for a group of that name; never passed on to instances. */
    public static List<Tag> tags(String group, Map<String, String> values) {
        return values.entrySet().stream()
                .map(e -> Tag.builder()
                        .resourceId(group)
                        .resourceType(TYPE)
                        .key(e.getKey())
                        .value(e.getValue())
                        .propagateAtLaunch(false)
                        .build())
                .toList();
    }

    /** In the SDK's form, to be deleted. */
    public static List<Tag> keys(String group, Collection<String> keys) {
        return keys.stream()
                .map(key -> Tag.builder()
                        .resourceId(group)
                        .resourceType(TYPE)
                        .key(key)
                        .build())
                .toList();
    }
}
