package io.jenkins.plugins.amideploy.core.wire;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The calls that were made, by their names in IAM policies, such as {@code autoscaling:UpdateAutoScalingGroup}. */
public final class Calls {
    private final Map<String, Integer> counts = new TreeMap<>();

    synchronized void count(String action) {
        counts.merge(action, 1, Integer::sum);
    }

    /** Forgets what was counted, so that what follows is counted alone. */
    public synchronized void forget() {
        counts.clear();
    }

    /** Every action that was called. */
    public synchronized Set<String> actions() {
        return new TreeSet<>(counts.keySet());
    }

    public synchronized int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How often each action was called, a line for each. */
    @Override
    public synchronized String toString() {
        return counts.entrySet().stream()
                .map(e -> String.format("%5d %s", e.getValue(), e.getKey()))
                .collect(Collectors.joining("\n"));
    }
}
