package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.deployment.Parameters;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** The tags of what a build makes, and how it is found again by them. */
final class Tags {
    static final String CONTROLLER = Owner.TAG_PREFIX + "controller";
    static final String DEPLOYMENT = Owner.TAG_PREFIX + "deployment";
    /**
     * On all that a build makes, so that the sweeper can never take anything else of this plugin's, such as an instance
     * that serves.
     */
    static final String ROLE = Owner.TAG_PREFIX + "role";

    static final String BUILD_ROLE = "image-build";
    /** Groups the images of which only the latest are kept. */
    static final String FAMILY = Owner.TAG_PREFIX + "family";
    /** The image that an image was made from. */
    static final String SOURCE = Owner.TAG_PREFIX + "source";
    /**
     * The digest of all that went into an image. Set last, when the image and its copies are all that they shall be: an
     * image that is tagged by a deployment and lacks this is half-made.
     */
    static final String INPUTS = Owner.TAG_PREFIX + "inputs";
    /** On an image: the other regions that it is copied to. */
    static final String COPIES = Owner.TAG_PREFIX + "copies";
    /** Until when the sweeper leaves what a failed build left for a look; an instant in ISO 8601. */
    static final String KEEP_UNTIL = Owner.TAG_PREFIX + "keep-until";

    /** On a snapshot whose image is removed to keep only the latest ones: it goes, too. */
    static final String RETIRED = Owner.TAG_PREFIX + "retired";

    /** On a half-made image: since when the sweeper knows of it; an instant in ISO 8601. */
    static final String FOUND = Owner.TAG_PREFIX + "found-half-made";

    private static final int KEY = 128;
    private static final int VALUE = 256;

    private Tags() {}

    /** The tags that the user gives by that parameter. */
    static Map<String, String> given(String parameter, Parameters p, List<String> problems) {
        Map<String, String> tags = p.pairs(parameter);
        tags.forEach((key, value) -> {
            if (key.startsWith("aws:") || key.startsWith(Owner.TAG_PREFIX)) {
                problems.add(parameter + ": the key '" + key + "' is reserved");
            } else if (key.length() > KEY || value.length() > VALUE) {
                problems.add(parameter + ": '" + key + "' is longer than AWS takes (" + KEY + " characters for a key, "
                        + VALUE + " for a value)");
            }
        });
        return tags;
    }

    /** Those of everything. */
    static Map<String, String> of(Desk desk) {
        Map<String, String> tags = new LinkedHashMap<>(desk.at().owner().tags());
        tags.put(ROLE, BUILD_ROLE);
        return tags;
    }

    /** Those of an image and its snapshots from the beginning. */
    static Map<String, String> ofImage(Desk desk) {
        Map<String, String> tags = new LinkedHashMap<>(desk.request().image().tags());
        tags.putAll(of(desk));
        tags.put(FAMILY, desk.family());
        tags.put(SOURCE, desk.state().source());
        if (!desk.request().image().copyTo().isEmpty()) {
            tags.put(
                    COPIES,
                    Words.tagValue(
                            String.join(" ", desk.request().image().copyTo().keySet())));
        }
        return tags;
    }

    /** Those of the instance and its volumes. */
    static Map<String, String> ofInstance(Desk desk) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("Name", Words.tagValue("buildAmi " + desk.at().owner().build()));
        tags.putAll(desk.request().instance().tags());
        tags.putAll(of(desk));
        return tags;
    }

    static TagSpecification on(ResourceType type, Map<String, String> tags) {
        return TagSpecification.builder().resourceType(type).tags(list(tags)).build();
    }

    static List<Tag> list(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
                .toList();
    }

    static Map<String, String> map(List<Tag> tags) {
        Map<String, String> map = new LinkedHashMap<>();
        tags.forEach(tag -> map.put(tag.key(), tag.value()));
        return map;
    }

    /** Finds what has that tag. */
    static Filter filter(String key, String value) {
        return Filter.builder().name("tag:" + key).values(value).build();
    }
}
