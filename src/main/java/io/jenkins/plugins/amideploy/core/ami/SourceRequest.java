package io.jenkins.plugins.amideploy.core.ami;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which image to start from, as the user says it. */
sealed interface SourceRequest {
    /** An image by its id. */
    record Id(String id) implements SourceRequest {
        @Override
        public String toString() {
            return id;
        }
    }

    /** A Systems Manager parameter that holds an image's id, such as the public ones of Amazon Linux. */
    record Parameter(String name) implements SourceRequest {
        @Override
        public String toString() {
            return "parameter " + name;
        }
    }

    /**
     * The newest image that fits.
     *
     * @param owners account ids or AWS's aliases such as {@code amazon}; empty for this account's own images
     * @param filters the filters of DescribeImages
     */
    record Newest(List<String> owners, Map<String, String> filters) implements SourceRequest {
        @Override
        public String toString() {
            return "the newest of " + filters + (owners.isEmpty() ? " of this account" : " of " + owners);
        }
    }

    /** @throws IllegalArgumentException with what is wrong with it */
    static SourceRequest of(String text) {
        if (text.matches("ami-[0-9a-f]+")) {
            return new Id(text);
        }
        if (text.startsWith("ssm:") && text.length() > "ssm:".length()) {
            return new Parameter(text.substring("ssm:".length()));
        }
        if (text.contains("=")) {
            return newest(text);
        }
        throw new IllegalArgumentException(
                "sourceAmi: '" + text + "' is neither an image id (ami-0123456789abcdef0), nor "
                        + "a parameter (ssm:/aws/service/...), nor a filter (name=al2023-ami-2023*, owners=amazon)");
    }

    private static SourceRequest newest(String text) {
        Map<String, String> filters = new LinkedHashMap<>();
        for (String pair : text.split(",")) {
            int equals = pair.indexOf('=');
            if (equals <= 0 || pair.substring(equals + 1).isBlank()) {
                throw new IllegalArgumentException(
                        "sourceAmi: '" + pair.strip() + "' in the filter must be a filter's name, = and its value");
            }
            filters.put(
                    pair.substring(0, equals).strip(),
                    pair.substring(equals + 1).strip());
        }
        String owners = filters.remove("owners");
        if (!filters.containsKey("name") && owners == null) {
            throw new IllegalArgumentException("sourceAmi: the filter needs a name or owners");
        }
        return new Newest(owners == null ? List.of() : List.of(owners.split("\\s+")), filters);
    }
}
