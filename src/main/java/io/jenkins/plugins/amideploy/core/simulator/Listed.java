package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Things of one kind that a Describe lists, by their names. What was written shows after a while, as with {@link Lag};
 * what the set-up or AWS itself writes shows at once.
 *
 * @param <T> the SDK's description of a thing
 */
final class Listed<T> {
    private final World world;
    private final Lag<List<T>> lag;
    private final Map<String, Entry<T>> byName = new LinkedHashMap<>();

    /** @param by who made it, whoever changed it since */
    record Entry<T>(T thing, Actor by, Instant since) {}

    Listed(World world, String kind) {
        this.world = world;
        this.lag = new Lag<>(world, "consistency of " + kind);
    }

    T get(String name) {
        Entry<T> entry = byName.get(name);
        return entry == null ? null : entry.thing;
    }

    void put(String name, T thing) {
        beforeWrite();
        Entry<T> before = byName.get(name);
        byName.put(
                name,
                before == null
                        ? new Entry<>(thing, world.actor, world.clock.now())
                        : new Entry<>(thing, before.by, before.since));
    }

    /** @return what was removed, or null */
    T remove(String name) {
        beforeWrite();
        Entry<T> removed = byName.remove(name);
        return removed == null ? null : removed.thing;
    }

    int size() {
        return byName.size();
    }

    /** All that there is. */
    List<T> all() {
        List<T> things = new ArrayList<>(byName.size());
        byName.values().forEach(entry -> things.add(entry.thing));
        return things;
    }

    /** All that a Describe shows now. */
    List<T> seen() {
        return lag.read(this::all).orElseGet(List::of);
    }

    void forEach(BiConsumer<String, ? super Entry<T>> action) {
        byName.forEach(action);
    }

    private void beforeWrite() {
        Actor.Kind by = world.actor.kind();
        if (by == Actor.Kind.CALLER || by == Actor.Kind.OPERATOR) {
            lag.beforeWrite(this::all);
        }
    }
}
