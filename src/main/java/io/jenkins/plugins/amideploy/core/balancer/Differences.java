package io.jenkins.plugins.amideploy.core.balancer;

import java.util.Map;
import java.util.TreeMap;

/** Attributes that must be set so that a copy has what the original has. */
final class Differences {
    private Differences() {}

    /** What is empty in the original is what a new one has anyway, and often no value that may be set. */
    static Map<String, String> between(Map<String, String> wanted, Map<String, String> present) {
        Map<String, String> changes = new TreeMap<>(wanted);
        changes.entrySet()
                .removeIf(change ->
                        change.getValue().isEmpty() || change.getValue().equals(present.get(change.getKey())));
        return changes;
    }
}
