package io.jenkins.plugins.amideploy.core.deployment;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a group was before a deployment and what the deployment added, as far as it is needed to undo it.
 *
 * @param desired the desired capacity before
 * @param surge by how much the deployment raised the desired capacity
 * @param raise by how much it raised the maximum size
 * @param suspended the scaling processes that it suspended; those that were suspended already are not ours to resume
 * @param source what the group launched from, for people: {@code lt-0abc version 7}
 */
public record WayBack(int min, int max, int desired, int surge, int raise, Set<String> suspended, String source) {

    /** Before the source, which comes last and may hold blanks. */
    private static final String FROM = " from=";

    public WayBack withSurge(int newSurge, int newRaise) {
        return new WayBack(min, max, desired, newSurge, newRaise, suspended, source);
    }

    /** With another set of processes that we suspended. */
    public WayBack withSuspended(Set<String> processes) {
        return new WayBack(min, max, desired, surge, raise, processes, source);
    }

    /** As a tag's value. What AWS does not take, a name too long or of other characters, can only be at its end. */
    String asText() {
        return "min=" + min + " max=" + max + " desired=" + desired + " surge=" + surge + " raise=" + raise
                + " suspended=" + String.join("+", suspended) + FROM + source;
    }

    static WayBack of(String text) {
        int from = text.indexOf(FROM);
        Map<String, String> words = new LinkedHashMap<>();
        for (String word : text.substring(0, Math.max(0, from)).split(" ")) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                words.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        String suspended = words.getOrDefault("suspended", "");
        return new WayBack(
                number(words, "min"),
                number(words, "max"),
                number(words, "desired"),
                number(words, "surge"),
                number(words, "raise"),
                suspended.isEmpty() ? Set.of() : new LinkedHashSet<>(List.of(suspended.split("\\+"))),
                from < 0 ? "" : text.substring(from + FROM.length()));
    }

    private static int number(Map<String, String> words, String name) {
        return Integer.parseInt(words.getOrDefault(name, "0"));
    }
}
