package io.jenkins.plugins.amideploy.page;

import io.jenkins.plugins.amideploy.core.deployment.Sight.Side;
import io.jenkins.plugins.amideploy.core.deployment.Sight.State;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import io.jenkins.plugins.amideploy.core.history.History;
import io.jenkins.plugins.amideploy.core.history.Life;
import io.jenkins.plugins.amideploy.core.history.Life.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One bar for each instance: what it did when. By zone; within one, in the order in which they came and went. */
final class InstanceBars {
    private static final int MOST = 160;
    private static final int MOST_NAMED = 60;
    private static final double ZONE = 22;
    private static final double NAMED_ROW = 17;
    private static final double PLAIN_ROW = 8;

    private final TimeScale time;
    private final Instant until;
    private final boolean named;
    private final Map<String, List<Life>> zones = new TreeMap<>();
    private final int shown;
    private final int left;

    /**
     * @param until where what has happened ends
     * @param named whether the instances have names that say something
     */
    InstanceBars(History history, TimeScale time, Instant until, boolean named) {
        this.named = named;
        this.time = time;
        this.until = until;
        List<Life> lives = new ArrayList<>(history.lives());
        // Where there are too many, those that something happened to are of interest.
        lives.sort(Comparator.comparing((Life life) -> -life.spans().size()));
        this.left = Math.max(0, lives.size() - MOST);
        List<Life> most = lives.subList(0, lives.size() - left);
        this.shown = most.size();
        most.forEach(life ->
                zones.computeIfAbsent(life.zone(), zone -> new ArrayList<>()).add(life));
        zones.values()
                .forEach(zone -> zone.sort(Comparator.comparing((Life life) -> life.side() == Side.NEW)
                        .thenComparing(
                                life -> life.side() == Side.NEW ? life.first().from() : leaves(life))
                        .thenComparing(Life::id)));
    }

    private static Instant leaves(Life life) {
        return life.first(State.DRAINING).or(() -> life.first(State.GONE)).orElse(Instant.MAX);
    }

    /** How many there was no room for. */
    int left() {
        return left;
    }

    private double row() {
        return shown > MOST_NAMED ? PLAIN_ROW : NAMED_ROW;
    }

    double height() {
        return zones.size() * ZONE + shown * row();
    }

    void draw(Svg svg, double top) {
        double y = top;
        for (Map.Entry<String, List<Life>> zone : zones.entrySet()) {
            svg.text("text", zone.getKey(), "x", 4, "y", y + 15, "class", "ami-deploy-zone");
            y += ZONE;
            for (Life life : zone.getValue()) {
                draw(svg, life, y);
                y += row();
            }
        }
    }

    private void draw(Svg svg, Life life, double y) {
        if (named && row() == NAMED_ROW) {
            String side = "ami-deploy-" + life.side().name().toLowerCase(Locale.ROOT);
            svg.text(
                    "text",
                    life.id(),
                    "x",
                    time.left() - 8,
                    "y",
                    y + 11,
                    "class",
                    "ami-deploy-id ami-deploy-end " + side + "-name");
        }
        for (int i = 0; i < life.spans().size(); i++) {
            Span span = life.spans().get(i);
            Instant end = i + 1 < life.spans().size() ? life.spans().get(i + 1).from() : until;
            if (span.state() != State.GONE && end.isAfter(span.from())) {
                bar(svg, life, span, end, y);
            }
        }
    }

    private void bar(Svg svg, Life life, Span span, Instant end, double y) {
        double height = row() - (row() == NAMED_ROW ? 4 : 2);
        boolean thin = span.state() == State.DRAINING || span.state() == State.STANDBY;
        double x = time.x(span.from());
        String name = StateNames.of(life.side(), span.state());
        svg.box(
                x,
                thin ? y + height / 3 : y,
                time.x(end) - x,
                thin ? height / 3 : height,
                classes(life.side(), span.state()),
                (named ? life.id() + ": " : "") + name + ", " + Words.of(Duration.between(span.from(), end)));
    }

    static String classes(Side side, State state) {
        return "ami-deploy-bar ami-deploy-" + side.name().toLowerCase(Locale.ROOT) + " ami-deploy-"
                + state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
