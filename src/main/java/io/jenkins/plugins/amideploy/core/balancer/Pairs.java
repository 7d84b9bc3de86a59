package io.jenkins.plugins.amideploy.core.balancer;

import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What was copied and its copy, kept in the state; both without blanks. */
final class Pairs {
    private static final String BETWEEN = ">";

    private Pairs() {}

    static Map<String, String> in(SavedState saved, String key) {
        return saved.getSet(key).stream()
                .map(pair -> pair.split(BETWEEN))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (a, b) -> b, LinkedHashMap::new));
    }

    static void add(SavedState saved, String key, String original, String copy) {
        Map<String, String> all = in(saved, key);
        all.put(original, copy);
        saved.put(
                key,
                all.entrySet().stream()
                        .map(pair -> pair.getKey() + BETWEEN + pair.getValue())
                        .collect(Collectors.<String, Set<String>>toCollection(LinkedHashSet::new)));
    }
}
