package io.jenkins.plugins.amideploy.core.traffic;

import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import io.jenkins.plugins.amideploy.core.traffic.Metered.Metric;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Whether anybody still reaches the old side, by what it tells CloudWatch itself. A balancer that nobody uses tells nothing
 * at all; that a minute has no value means nobody only when CloudWatch has had time to have it.
 */
public final class TrafficMeter {
    /**
     * From the end of a minute until its values are certainly there. Elastic Load Balancing sends them every 60 seconds;
     * how long CloudWatch takes AWS does not say, and it is seen to be a minute or two.
     */
    public static final Duration DELAY = Duration.ofMinutes(3);

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LOOKED_BACK = Duration.ofHours(1);
    /** So little of what there was before counts as nobody: on the internet somebody always knocks at the door. */
    private static final double ABOUT_ZERO = 0.001;

    private static final String BASE = "meter.base.";
    private static final String SAID = "meter.said";
    private static final String LAST = "meter.last";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private final TickContext at;
    private final SavedState saved;
    private final Metered old;
    private final List<Metric> signs;

    public TrafficMeter(TickContext at, Metered old) {
        this.at = at;
        this.saved = at.state();
        this.old = old;
        this.signs = old.signs();
    }

    /** Notes the most that came in a minute of the last hour. To be called before anybody is moved; later calls change nothing. */
    public void remember() {
        if (saved.has(BASE + 0)) {
            return;
        }
        Instant now = at.now();
        List<NavigableMap<Instant, Double>> values = read(now.minus(LOOKED_BACK), now);
        for (int i = 0; i < signs.size(); i++) {
            double most = values.get(i).values().stream()
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElse(0);
            saved.put(BASE + i, Math.round(most));
        }
        at.save();
    }

    private List<NavigableMap<Instant, Double>> read(Instant from, Instant to) {
        return new MetricReads(at.aws()).byMinute(signs, from.truncatedTo(ChronoUnit.MINUTES), to);
    }

    /**
     * Waits until nobody has come for that time, and tells how the numbers fall.
     *
     * @param since from when on nobody should come any more
     * @param quiet for how long nobody must have come
     * @return when to look again; empty once it is so
     */
    public Optional<Tick> drained(Instant since, Duration quiet) {
        Instant now = at.now();
        Instant known = now.minus(DELAY).truncatedTo(ChronoUnit.MINUTES);
        List<NavigableMap<Instant, Double>> values = read(known.minus(quiet).minus(MINUTE), now);
        Instant lastBusy = Instant.EPOCH;
        for (int i = 0; i < signs.size(); i++) {
            double most = aboutZero(i);
            for (var minute : values.get(i).entrySet()) {
                if (minute.getValue() > most && minute.getKey().isAfter(lastBusy)) {
                    lastBusy = minute.getKey();
                }
            }
        }
        Instant quietSince = lastBusy.plus(MINUTE).isAfter(since) ? lastBusy.plus(MINUTE) : since;
        tell(values, known, quiet);
        Duration lasted = Duration.between(quietSince, known);
        if (lasted.compareTo(quiet) >= 0) {
            at.say("", old.name() + ": nobody has come for " + Words.of(lasted));
            return Optional.empty();
        }
        Instant soonest = quietSince.plus(quiet).plus(DELAY).plusSeconds(60);
        Instant next = now.plus(MINUTE);
        boolean idle = lastBusy.plus(MINUTE).plus(DELAY).isBefore(now);
        return Optional.of(new Tick.LookAgain(idle && soonest.isAfter(next) ? later(next, soonest) : next));
    }

    /** While nothing comes, half of the time that is left is enough to see it if it begins again. */
    private Instant later(Instant next, Instant soonest) {
        Instant half = at.now().plus(Duration.between(at.now(), soonest).dividedBy(2));
        return half.isAfter(next) ? half : next;
    }

    private double aboutZero(int sign) {
        return saved.getInt(BASE + sign, 0) * ABOUT_ZERO;
    }

    /** The newest minute that CloudWatch tells of; one of its silence where that is old enough to mean nobody. */
    private void tell(List<NavigableMap<Instant, Double>> values, Instant known, Duration quiet) {
        Instant newest = values.stream()
                .filter(minutes -> !minutes.isEmpty())
                .map(NavigableMap::lastKey)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        Instant silent = known.minus(MINUTE);
        Instant minute = newest.isBefore(silent) ? silent : newest;
        List<String> counts = new ArrayList<>();
        double share = 0;
        for (int i = 0; i < signs.size(); i++) {
            double value = values.get(i).getOrDefault(minute, 0.0);
            long base = saved.getInt(BASE + i, 0);
            counts.add(Words.count((int) Math.round(value), signs.get(i).unit())
                    + (base == 0 ? "" : " (before: up to " + base + ")"));
            share = Math.max(share, value <= aboutZero(i) ? 0 : value / Math.max(1, base));
        }
        String text = String.join(", ", counts) + " in the minute to " + time(minute.plus(MINUTE));
        saved.put(LAST, text);
        if (notable(share)) {
            saved.put(SAID, Math.max(share > 0 ? 1 : 0, Math.round(share * 1000)));
            at.say(
                    "",
                    old.name() + ": " + text
                            + (share == 0 ? "; gone once that has lasted for " + Words.of(quiet) : ""));
        }
    }

    /** Halved or doubled since it was last told, or from something to nothing. */
    private boolean notable(double share) {
        if (!saved.has(SAID)) {
            return true;
        }
        double before = saved.getInt(SAID, 0) / 1000.0;
        return share == 0 ? before > 0 : before == 0 || share <= before / 2 || share >= before * 2;
    }

    private static String time(Instant instant) {
        return TIME.format(instant.atZone(ZoneOffset.UTC)) + " UTC";
    }

    /** What was read last, for people; empty before anything was. */
    public static String latest(SavedState saved) {
        return saved.get(LAST, "");
    }

    /** Forgets all numbers. */
    public static void forget(SavedState saved) {
        saved.remove(SAID, LAST);
        for (int i = 0; saved.has(BASE + i); i++) {
            saved.remove(BASE + i);
        }
    }
}
