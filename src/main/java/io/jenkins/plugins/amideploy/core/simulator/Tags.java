package io.jenkins.plugins.amideploy.core.simulator;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** Tags of EC2's resources: Amazon EC2 User Guide, "Tag your Amazon EC2 resources", tag restrictions. */
final class Tags {
    private static final int MOST = 50;

    private Tags() {}

    static List<Tag> list(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    /** Sets tags, or none of them where one is not allowed. */
    static void put(Map<String, String> on, List<Tag> tags) {
        Map<String, String> all = new LinkedHashMap<>(on);
        for (Tag tag : tags) {
            check(tag);
            all.put(tag.key(), tag.value() == null ? "" : tag.value());
        }
        if (all.keySet().stream().filter(key -> !key.startsWith("aws:")).count() > MOST) {
            throw Service.EC2.rejection(
                    "TagLimitExceeded", "The maximum number of Tags for a resource has been reached.");
        }
        on.putAll(all);
    }

    private static void check(Tag tag) {
        String value = tag.value() == null ? "" : tag.value();
        if (tag.key() == null || tag.key().isEmpty() || tag.key().length() > 127) {
            throw Service.EC2.rejection(
                    "InvalidParameterValue", "Tag key exceeds the maximum length of 127 characters, or is empty");
        }
        if (value.length() > 255) {
            throw Service.EC2.rejection(
                    "InvalidParameterValue", "Tag value exceeds the maximum length of 255 characters");
        }
        if (tag.key().startsWith("aws:")) {
            throw Service.EC2.rejection(
                    "InvalidParameterValue", "Tag keys starting with 'aws:' are reserved for" + " internal use");
        }
    }

    /**
     * The tags that a request asks for, by the type of resource.
     *
     * @param types what the request can tag, as far as modelled
     */
    static Map<String, List<Tag>> of(List<TagSpecification> specifications, String... types) {
        Map<String, List<Tag>> byType = new HashMap<>();
        for (TagSpecification specification : specifications) {
            String type = specification.resourceTypeAsString();
            if (!List.of(types).contains(type)) {
                throw Service.EC2.rejection(
                        "InvalidParameterValue",
                        "'" + type + "' is not a valid taggable resource type for this operation.");
            }
            specification.tags().forEach(Tags::check);
            byType.merge(type, specification.tags(), (one, other) -> {
                throw Service.EC2.rejection(
                        "InvalidParameterValue", "Duplicate resource type '" + type + "' in tag specification.");
            });
        }
        for (String type : types) {
            byType.putIfAbsent(type, List.of());
        }
        return byType;
    }
}
