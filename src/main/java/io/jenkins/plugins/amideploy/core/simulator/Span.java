package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.util.SplittableRandom;

/** A duration drawn evenly from a range. */
public record Span(Duration from, Duration to) {
    public static final Span ZERO = new Span(Duration.ZERO, Duration.ZERO);

    public Span {
        if (from.isNegative() || to.compareTo(from) < 0) {
            throw new IllegalArgumentException("Not a range: " + from + " to " + to);
        }
    }

    public static Span always(Duration duration) {
        return new Span(duration, duration);
    }

    public static Span seconds(double from, double to) {
        return new Span(Duration.ofMillis((long) (from * 1000)), Duration.ofMillis((long) (to * 1000)));
    }

    boolean isZero() {
        return to.isZero();
    }

    Duration draw(SplittableRandom random) {
        long width = to.minus(from).toMillis();
        return width == 0 ? from : from.plusMillis(random.nextLong(width + 1));
    }
}
