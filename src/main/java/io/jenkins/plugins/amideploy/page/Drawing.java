package io.jenkins.plugins.amideploy.page;

import io.jenkins.plugins.amideploy.core.deployment.Words;
import io.jenkins.plugins.amideploy.core.history.History;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A deployment as one drawing over time: phases, capacity, and a bar for each instance. */
final class Drawing {
    private static final double WIDTH = 1000;
    private static final double LEFT = 150;
    private static final double RIGHT = 990;
    private static final double GAP = 8;
    private static final double AXIS = 22;

    private final String id;
    private final History history;
    private final Optional<History> plan;
    private final Instant until;
    private final TimeScale time;
    private final InstanceBars bars;
    private final String label;

    /** What has happened until then, beside the plan where there is one. */
    static Drawing of(String id, History history, Optional<History> plan, Instant until) {
        return new Drawing(id, history, plan, until, Messages.Drawing_happened());
    }

    /** Nothing but a plan. */
    static Drawing of(String id, History plan) {
        return new Drawing(id, plan, Optional.empty(), plan.last(), Messages.Drawing_planned());
    }

    private Drawing(String id, History history, Optional<History> plan, Instant until, String label) {
        this.label = label;
        this.id = id;
        this.history = history;
        this.plan = plan;
        this.until = until;
        Instant planned =
                plan.map(p -> history.begin().plus(p.length(p.last()))).orElse(until);
        this.time = TimeScale.of(history.begin(), planned.isAfter(until) ? planned : until, LEFT, RIGHT);
        this.bars = new InstanceBars(history, time, until, label.equals(Messages.Drawing_happened()));
    }

    /** How many instances there was no room for. */
    int left() {
        return bars.left();
    }

    private Duration shift(History planned) {
        return Duration.between(planned.begin(), history.begin());
    }

    @Override
    public String toString() {
        double bands = 4 + (plan.isPresent() ? 2 : 1) * (PhaseBand.HEIGHT + 3);
        CapacityChart chart = new CapacityChart(history, plan, time, until, bands + GAP);
        double chartEnd = bands + (chart.any() ? GAP + CapacityChart.HEIGHT : 0);
        double barsTop = chartEnd + AXIS + GAP / 2;
        double height = barsTop + bars.height() + 6;
        Svg svg = new Svg();
        svg.open(
                "svg",
                "viewBox",
                "0 0 " + Svg.number(WIDTH) + " " + Svg.number(height),
                "class",
                "ami-deploy-drawing",
                "role",
                "img",
                "aria-labelledby",
                "title-" + id + " desc-" + id);
        svg.text("title", Messages.Drawing_title(), "id", "title-" + id);
        svg.text("desc", Messages.Drawing_description(chart.description()), "id", "desc-" + id);
        new PhaseBand(history, time, until, Duration.ZERO).draw(svg, 4, label, "ami-deploy-phase");
        plan.ifPresent(p -> new PhaseBand(p, time, p.last().plus(shift(p)), shift(p))
                .draw(svg, 7 + PhaseBand.HEIGHT, Messages.Drawing_planned(), "ami-deploy-phase ami-deploy-planned"));
        if (chart.any()) {
            chart.draw(svg);
        }
        axis(svg, chartEnd, height);
        bars.draw(svg, barsTop);
        now(svg, height);
        return svg.close().toString();
    }

    private void axis(Svg svg, double top, double bottom) {
        for (Duration tick : time.ticks()) {
            double x = time.x(history.begin().plus(tick));
            svg.element("line", "x1", x, "x2", x, "y1", top, "y2", bottom - 4, "class", "ami-deploy-tick");
            svg.text(
                    "text",
                    tick.isZero() ? "0" : Words.of(tick),
                    "x",
                    x,
                    "y",
                    top + 15,
                    "class",
                    "ami-deploy-label " + (x > RIGHT - 20 ? "ami-deploy-end" : "ami-deploy-middle"));
        }
    }

    /** Where it goes on, the present is marked. */
    private void now(Svg svg, double bottom) {
        if (history.end().isEmpty()) {
            double x = time.x(until);
            svg.element("line", "x1", x, "x2", x, "y1", 2.0, "y2", bottom - 4, "class", "ami-deploy-now");
        }
    }
}
