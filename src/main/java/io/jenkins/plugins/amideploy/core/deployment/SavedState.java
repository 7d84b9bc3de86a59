package io.jenkins.plugins.amideploy.core.deployment;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All that a deployment keeps between ticks, and all that survives a crash: a few named strings. What can be seen in
 * AWS is not kept here.
 *
 * <p>Values are plain text so that a state saved by one version of this code is readable by the next. Not safe for use
 * by several threads; {@link Deployment} guards it.
 */
public final class SavedState {
    /** Where every procedure keeps the name of the phase it is in; without it, it is in its first. */
    public static final String PHASE = "phase";

    private final Map<String, String> values;

    private SavedState(Map<String, String> values) {
        this.values = values;
    }

    /** The state of a deployment that has not begun. */
    public static SavedState empty() {
        return new SavedState(new TreeMap<>());
    }

    /** The state that {@link #toMap} gave. */
    public static SavedState of(Map<String, String> values) {
        return new SavedState(new TreeMap<>(values));
    }

    /** Goes back to the state that {@link #toMap} gave. */
    void reset(Map<String, String> to) {
        values.clear();
        values.putAll(to);
    }

    /** A copy in plain strings, for the host to keep. */
    public Map<String, String> toMap() {
        return new TreeMap<>(values);
    }

    public Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    public String get(String key, String otherwise) {
        return values.getOrDefault(key, otherwise);
    }

    public int getInt(String key, int otherwise) {
        return get(key).map(Integer::valueOf).orElse(otherwise);
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    public Optional<Instant> getInstant(String key) {
        return get(key).map(Long::valueOf).map(Instant::ofEpochMilli);
    }

    /** A set that {@link #put(String, Set)} kept, in its order; empty where there is none. */
    public Set<String> getSet(String key) {
        String joined = values.getOrDefault(key, "");
        return joined.isEmpty() ? new LinkedHashSet<>() : new LinkedHashSet<>(List.of(joined.split(" ")));
    }

    public <E extends Enum<E>> E getEnum(String key, E otherwise) {
        return get(key).map(name -> Enum.valueOf(otherwise.getDeclaringClass(), name))
                .orElse(otherwise);
    }

    public void put(String key, String value) {
        values.put(key, value);
    }

    public void put(String key, long value) {
        values.put(key, Long.toString(value));
    }

    public void put(String key, Enum<?> value) {
        values.put(key, value.name());
    }

    public void put(String key, Instant value) {
        put(key, value.toEpochMilli());
    }

    /** Keeps a set of words; a word holds no blank. */
    public void put(String key, Set<String> words) {
        if (words.isEmpty()) {
            values.remove(key);
        } else {
            values.put(key, String.join(" ", words));
        }
    }

    public void remove(String... keys) {
        Arrays.asList(keys).forEach(values::remove);
    }

    /** Forgets what a procedure keeps, as before it begins anew; what belongs to the deployment as such stays. */
    public void forgetProcedure() {
        values.keySet().retainAll(Deployment.OWN_KEYS);
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
