package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;

/** The filters of EC2's Describe requests: Amazon EC2 User Guide, "Find your Amazon EC2 resources", wildcards. */
final class Filters {
    private Filters() {}

    static UnsupportedOperationException unmodelled(Filter filter) {
        return new UnsupportedOperationException("The simulator does not model the filter " + filter.name());
    }

    static boolean matches(Filter filter, String value) {
        return value != null && filter.values().stream().anyMatch(pattern -> matches(pattern, value));
    }

    static boolean matches(String pattern, String value) {
        return pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0
                ? pattern.equals(value)
                : value.matches(
                        ("\\Q" + pattern + "\\E").replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"));
    }

    /**
     * Whether all filters match.
     *
     * @param values gives the values that the resource has for the name of a filter; null for a name not modelled
     */
    static boolean all(List<Filter> filters, List<Tag> tags, Function<String, List<String>> values) {
        return filters.stream().allMatch(filter -> {
            List<String> found = tagged(filter, tags);
            if (found == null) {
                found = values.apply(filter.name());
            }
            if (found == null) {
                throw unmodelled(filter);
            }
            return found.stream().anyMatch(value -> matches(filter, value));
        });
    }

    private static List<String> tagged(Filter filter, List<Tag> tags) {
        String name = filter.name();
        if (name.startsWith("tag:")) {
            String key = name.substring(4);
            return tags.stream()
                    .filter(tag -> tag.key().equals(key))
                    .map(Tag::value)
                    .toList();
        }
        return name.equals("tag-key") ? tags.stream().map(Tag::key).toList() : null;
    }
}
