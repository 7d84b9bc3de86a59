package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A resource of EC2 with tags, as Describe shows it a while after each write.
 *
 * @param <T> the SDK's description of it
 */
abstract class Resource<T> {
    final String id;
    final Actor by;
    final Instant created;
    final Map<String, String> tags = new LinkedHashMap<>();
    final World world;
    private final Lag<T> lag;
    private boolean deleted;

    Resource(World world, String id) {
        this.world = world;
        this.id = id;
        this.by = world.actor;
        this.created = world.clock.now();
        this.lag = new Lag<>(world);
        if (world.actor.kind() != Actor.Kind.SETUP) {
            lag.beforeWrite(() -> null);
        }
    }

    abstract T describe();

    final boolean exists() {
        return !deleted;
    }

    /** What a Describe shows now; empty where the resource seems not to exist. */
    final Optional<T> seen() {
        return lag.read(this::now);
    }

    /** Changes what a Describe shows, sooner or later. */
    final void write(Runnable change) {
        lag.beforeWrite(this::now);
        change.run();
    }

    final void delete() {
        write(() -> deleted = true);
    }

    private T now() {
        return deleted ? null : describe();
    }
}
