package io.jenkins.plugins.amideploy.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Where a time is in a drawing. */
record TimeScale(Instant begin, Instant end, double left, double right) {
    private static final int MOST_TICKS = 9;
    private static final List<Duration> STEPS = List.of(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(6),
            Duration.ofHours(12),
            Duration.ofDays(1),
            Duration.ofDays(7));

    /** @param begin the left end; where the right one is not later, it is put a minute later */
    static TimeScale of(Instant begin, Instant end, double left, double right) {
        Instant least = begin.plusSeconds(60);
        return new TimeScale(begin, end.isBefore(least) ? least : end, left, right);
    }

    double x(Instant time) {
        Instant inside = time.isBefore(begin) ? begin : time.isAfter(end) ? end : time;
        double share = (double) Duration.between(begin, inside).toMillis()
                / Duration.between(begin, end).toMillis();
        return left + share * (right - left);
    }

    /** Round times after the beginning, a handful of them. */
    List<Duration> ticks() {
        Duration length = Duration.between(begin, end);
        Duration step = STEPS.stream()
                .filter(candidate -> length.dividedBy(candidate) <= MOST_TICKS)
                .findFirst()
                .orElse(STEPS.get(STEPS.size() - 1));
        List<Duration> ticks = new ArrayList<>();
        for (Duration tick = Duration.ZERO; tick.compareTo(length) <= 0; tick = tick.plus(step)) {
            ticks.add(tick);
        }
        return ticks;
    }
}
