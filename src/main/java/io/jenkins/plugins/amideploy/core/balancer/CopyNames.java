package io.jenkins.plugins.amideploy.core.balancer;

import io.jenkins.plugins.amideploy.core.deployment.Owner;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * What the copies that a deployment makes are called, and the tags by which they are known as its own. A copy of a copy
 * is called after the first original.
 */
final class CopyNames {
    /** On a copy: what the first original was called. */
    static final String BASE = Owner.TAG_PREFIX + "base-name";
    /** Longest name of a load balancer and of a target group (Elastic Load Balancing API Reference). */
    private static final int LONGEST = 32;

    private static final int HASH = 8;
    private static final int SHORT_HASH = 4;

    private final Owner owner;

    CopyNames(Owner owner) {
        this.owner = owner;
    }

    /** In which the names of all copies of this deployment end, and hardly any other name. */
    String ending() {
        return "-" + hash(owner.deployment());
    }

    /** @param base what the first original is called */
    String of(String base) {
        int room = LONGEST - ending().length();
        String name = base.length() <= room
                ? base
                : base.substring(0, room - SHORT_HASH - 1).replaceFirst("-+$", "") + "-"
                        + hash(base).substring(HASH - SHORT_HASH);
        return name + ending();
    }

    /** What the first original of a thing with those tags was called. */
    static String base(Map<String, String> tags, String name) {
        return tags.getOrDefault(BASE, name);
    }

    /** The tags of the copy of something that has a name of its own. */
    Map<String, String> tags(Map<String, String> original, String name) {
        Map<String, String> tags = tags(original);
        tags.put(BASE, base(original, name));
        return tags;
    }

    /** The tags of a copy: those of the original that are not AWS's or ours, and ours. */
    Map<String, String> tags(Map<String, String> original) {
        Map<String, String> tags = new LinkedHashMap<>();
        original.forEach((key, value) -> {
            if (!key.startsWith("aws:") && !key.startsWith(Owner.TAG_PREFIX)) {
                tags.put(key, value);
            }
        });
        tags.putAll(owner.tags());
        return tags;
    }

    /** Whether a thing with those tags was made by this deployment. */
    boolean mine(Map<String, String> tags) {
        return Owner.in(tags)
                .map(maker -> maker.deployment().equals(owner.deployment()))
                .orElse(false);
    }

    private static String hash(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }
}
