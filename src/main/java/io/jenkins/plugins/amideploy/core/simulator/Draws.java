package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Everything random, from one seed: a stream for each concern, so that what one concern draws never depends on how often
 * another one drew. Boot times do not even depend on their own history: the i-th launch of a group has the same boot
 * time in every world of the seed.
 */
final class Draws {
    private final long seed;
    private final Behaviour behaviour;
    private final Map<String, SplittableRandom> streams = new HashMap<>();

    Draws(long seed, Behaviour behaviour) {
        this.seed = seed;
        this.behaviour = behaviour;
    }

    SplittableRandom stream(String concern) {
        return streams.computeIfAbsent(concern, name -> new SplittableRandom(mix(seed + mix(hash(name)))));
    }

    Duration span(String concern, Span span) {
        return span.isZero() ? Duration.ZERO : span.draw(stream(concern));
    }

    /** How far the boot of the i-th launch of a group is from the mean, in standard deviations. */
    double bootDeviate(String group, int launch) {
        return new SplittableRandom(mix(seed ^ mix(hash(group) + 31L * launch))).nextGaussian();
    }

    Duration boot(String group, int launch, Duration mean) {
        double millis = mean.toMillis()
                + bootDeviate(group, launch) * behaviour.bootDeviation().toMillis();
        long least = Math.min(mean.toMillis(), behaviour.bootMinimum().toMillis());
        return Duration.ofMillis(Math.max(least, Math.round(millis)));
    }

    /** A draw that belongs to one thing of the world, whenever it is asked for. */
    Duration of(String thing, Span span) {
        return span.draw(new SplittableRandom(mix(seed ^ hash(thing))));
    }

    private static long hash(String name) {
        long hash = 1125899906842597L;
        for (int i = 0; i < name.length(); i++) {
            hash = 31 * hash + name.charAt(i);
        }
        return hash;
    }

    static long mix(long value) {
        long z = value * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
