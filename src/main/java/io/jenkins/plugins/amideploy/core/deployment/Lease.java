package io.jenkins.plugins.amideploy.core.deployment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Tag;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;

/**
 * Who deploys to a group, and the way back: kept on the group itself, as tags, from before the first change until after
 * the last. Tags have no compare-and-swap, so the protocol is: write, wait for AWS to settle, read back; of two that
 * write at once the later stays and the other finds itself gone before it has changed anything.
 *
 * @param closing the instances chosen to be terminated together with the capacity they stand for, so that what is left
 *     of the surge can be told from the group alone: one of these that is gone has taken its share along
 */
public record Lease(Owner owner, WayBack wayBack, Set<String> closing) {
    private static final String PREFIX = "ami-deploy:";
    private static final String CONTROLLER = PREFIX + "controller";
    private static final String BUILD = PREFIX + "build";
    private static final String DEPLOYMENT = PREFIX + "deployment";
    private static final String WAY_BACK = PREFIX + "way-back";
    private static final String CLOSING = PREFIX + "closing-";

    /** Longest value of a tag (Amazon EC2 Auto Scaling API Reference, Tag). */
    private static final int VALUE = 256;
    /** "i-" and 17 digits, without the "i-", and a blank. */
    private static final int IDS_IN_A_VALUE = VALUE / 18;
    /** How many tags a lease takes at most; a group may have fifty. */
    public static final int MOST_TAGS = 12;

    private static final int MOST_CLOSING = (MOST_TAGS - 4) * IDS_IN_A_VALUE;

    /** The lease on a group, or empty where nobody deploys to it. */
    public static Optional<Lease> on(AutoScalingGroup group) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (TagDescription tag : group.tags()) {
            if (tag.key().startsWith(PREFIX)) {
                tags.put(tag.key(), tag.value());
            }
        }
        return tags.containsKey(DEPLOYMENT) && tags.containsKey(WAY_BACK) ? Optional.of(of(tags)) : Optional.empty();
    }

    static Lease of(Map<String, String> tags) {
        Owner owner = new Owner(tags.getOrDefault(CONTROLLER, ""), tags.getOrDefault(BUILD, ""), tags.get(DEPLOYMENT));
        Set<String> closing = new LinkedHashSet<>();
        tags.forEach((key, value) -> {
            if (key.startsWith(CLOSING) && !value.isBlank()) {
                for (String id : value.strip().split(" ")) {
                    closing.add("i-" + id);
                }
            }
        });
        return new Lease(owner, WayBack.of(tags.get(WAY_BACK)), closing);
    }

    /** The tags that say this, by key. */
    public Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(CONTROLLER, tagText(owner.controller()));
        tags.put(BUILD, tagText(owner.build()));
        tags.put(DEPLOYMENT, owner.deployment());
        tags.put(WAY_BACK, tagText(wayBack.asText()));
        List<String> ids = new ArrayList<>(closing);
        for (int i = 0; i < Math.min(ids.size(), MOST_CLOSING); i += IDS_IN_A_VALUE) {
            String value = ids.subList(i, Math.min(ids.size(), i + IDS_IN_A_VALUE)).stream()
                    .map(id -> id.substring(2))
                    .collect(Collectors.joining(" "));
            tags.put(CLOSING + i / IDS_IN_A_VALUE, value);
        }
        return tags;
    }

    /** The same as {@link #tags} in the SDK's form for a group of that name; never passed on to instances. */
    List<Tag> tags(String group) {
        return tags().entrySet().stream()
                .map(e -> Tag.builder()
                        .resourceId(group)
                        .resourceType("auto-scaling-group")
                        .key(e.getKey())
                        .value(e.getValue())
                        .propagateAtLaunch(false)
                        .build())
                .toList();
    }

    /** All tags of this plugin on a group, and those of this lease that it does not show yet, to be deleted. */
    static List<Tag> allOn(AutoScalingGroup group, Optional<Lease> mine) {
        Set<String> keys = new TreeSet<>();
        mine.ifPresent(lease -> keys.addAll(lease.tags().keySet()));
        group.tags().stream()
                .map(TagDescription::key)
                .filter(key -> key.startsWith(PREFIX))
                .forEach(keys::add);
        return keys.stream()
                .map(key -> Tag.builder()
                        .resourceId(group.autoScalingGroupName())
                        .resourceType("auto-scaling-group")
                        .key(key)
                        .build())
                .toList();
    }

    public Lease with(WayBack newWayBack) {
        return new Lease(owner, newWayBack, closing);
    }

    public Lease with(Owner newOwner) {
        return new Lease(newOwner, wayBack, closing);
    }

    /** With those instances named for closing, after the ones named before. */
    public Lease closing(Set<String> ids) {
        return new Lease(owner, wayBack, new LinkedHashSet<>(ids));
    }

    /** What is left of the surge, given the instances named for closing that are gone with their share of it. */
    public int outstanding(Set<String> closed) {
        return Math.max(0, wayBack.surge() - closed.size());
    }

    void keepIn(SavedState state) {
        Map<String, String> tags = tags();
        state.toMap().keySet().stream()
                .filter(key -> key.startsWith(PREFIX) && !tags.containsKey(key))
                .forEach(state::remove);
        tags.forEach(state::put);
    }

    static Optional<Lease> in(SavedState state) {
        Map<String, String> tags = new LinkedHashMap<>();
        state.toMap().forEach((key, value) -> {
            if (key.startsWith(PREFIX)) {
                tags.put(key, value);
            }
        });
        return tags.containsKey(DEPLOYMENT) ? Optional.of(of(tags)) : Optional.empty();
    }

    /** Only characters that AWS allows in every tag: letters, digits, blanks and {@code + - = . _ : / @}. */
    private static String tagText(String text) {
        String safe = text.replaceAll("[^\\p{L}\\p{N} +\\-=._:/@]", "_");
        return safe.length() > VALUE ? safe.substring(0, VALUE) : safe;
    }
}
