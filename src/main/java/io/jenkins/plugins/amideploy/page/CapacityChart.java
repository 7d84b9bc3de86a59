package io.jenkins.plugins.amideploy.page;

import io.jenkins.plugins.amideploy.core.history.History;
import io.jenkins.plugins.amideploy.core.history.History.Capacity;
import io.jenkins.plugins.amideploy.page.Counts.Kind;
import io.jenkins.plugins.amideploy.page.Counts.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Capacity in service, old and new, above the floor, over time; and the new that was planned. */
final class CapacityChart {
    static final double HEIGHT = 190;
    private static final int MOST_LINES = 5;

    private final History history;
    private final Optional<History> plan;
    private final Counts counts;
    private final Counts planned;
    private final TimeScale time;
    private final Instant until;
    private final double top;
    private final int most;

    /** @param until where what has happened ends */
    CapacityChart(History history, Optional<History> plan, TimeScale time, Instant until, double top) {
        this.history = history;
        this.plan = plan;
        this.counts = Counts.of(history);
        this.planned = plan.map(Counts::of).orElseGet(() -> Counts.of(History.of("")));
        this.time = time;
        this.until = until;
        this.top = top;
        int desired = history.capacities().stream()
                .mapToInt(c -> Math.max(c.desired(), c.floor()))
                .max()
                .orElse(0);
        this.most = Math.max(1, Math.max(desired, Math.max(counts.peak(), planned.peak())));
    }

    /** Whether there is anything to draw: the capacity is known where whole groups were looked at. */
    boolean any() {
        return !history.capacities().isEmpty() || !planned.isEmpty();
    }

    private double y(int instances) {
        return top + HEIGHT - HEIGHT * instances / (most * 1.04);
    }

    void draw(Svg svg) {
        grid(svg);
        area(svg, "ami-deploy-warming-area", Kind.WARMING);
        area(svg, "ami-deploy-old-area", Kind.OLD_SERVING);
        area(svg, "ami-deploy-kept-area", Kind.KEPT_SERVING);
        area(svg, "ami-deploy-new-area", Kind.NEW_SERVING);
        line(svg, "ami-deploy-new-line", counts.steps(), Step::from, step -> step.of(Kind.NEW_SERVING), until);
        line(svg, "ami-deploy-desired-line", history.capacities(), Capacity::from, Capacity::desired, until);
        line(svg, "ami-deploy-serving-line", counts.steps(), Step::from, Step::serving, until);
        plan(svg);
        line(svg, "ami-deploy-floor-line", history.capacities(), Capacity::from, Capacity::floor, until);
        floorLabel(svg);
    }

    private void grid(Svg svg) {
        int step = 1;
        while (most / step > MOST_LINES) {
            step = step == 1 ? 2 : step == 2 ? 5 : step * 2;
        }
        for (int n = 0; n <= most; n += step) {
            svg.element(
                    "line", "x1", time.left(), "x2", time.right(), "y1", y(n), "y2", y(n), "class", "ami-deploy-grid");
            svg.text("text", "" + n, "x", time.left() - 8, "y", y(n) + 4, "class", "ami-deploy-label ami-deploy-end");
        }
    }

    private void area(Svg svg, String classes, Kind kind) {
        if (counts.steps().stream().anyMatch(step -> step.of(kind) > 0)) {
            String path = steps(counts.steps(), Step::from, step -> step.upTo(kind), until, Duration.ZERO);
            svg.element(
                    "path",
                    "d",
                    path + "V" + Svg.number(y(0)) + "H"
                            + x(counts.steps().get(0).from()) + "Z",
                    "class",
                    classes);
        }
    }

    private <T> void line(
            Svg svg, String classes, List<T> steps, Function<T, Instant> from, ToIntFunction<T> number, Instant end) {
        if (!steps.isEmpty()) {
            svg.element("path", "d", steps(steps, from, number, end, Duration.ZERO), "class", classes);
        }
    }

    private void plan(Svg svg) {
        plan.filter(p -> !planned.isEmpty()).ifPresent(p -> {
            Duration shift = Duration.between(p.begin(), history.begin());
            Instant end = p.last().plus(shift);
            String path = steps(planned.steps(), Step::from, step -> step.of(Kind.NEW_SERVING), end, shift);
            svg.element("path", "d", path, "class", "ami-deploy-plan-halo-line");
            svg.element("path", "d", path, "class", "ami-deploy-plan-line");
        });
    }

    private void floorLabel(Svg svg) {
        if (!history.capacities().isEmpty()) {
            int floor =
                    history.capacities().get(history.capacities().size() - 1).floor();
            if (floor > 0) {
                svg.text(
                        "text",
                        Messages.CapacityChart_floor(floor),
                        "x",
                        time.left() + 6,
                        "y",
                        y(floor) + 15,
                        "class",
                        "ami-deploy-floor-label");
            }
        }
    }

    private String x(Instant at) {
        return Svg.number(time.x(at));
    }

    private <T> String steps(
            List<T> steps, Function<T, Instant> from, ToIntFunction<T> number, Instant end, Duration shift) {
        StringBuilder path = new StringBuilder();
        for (T step : steps) {
            String x = x(from.apply(step).plus(shift));
            String y = Svg.number(y(number.applyAsInt(step)));
            path.append(path.length() == 0 ? "M" + x + " " + y : "H" + x + "V" + y);
        }
        return path.append('H').append(x(end)).toString();
    }

    /** In words. */
    String description() {
        if (counts.isEmpty()) {
            return "";
        }
        Step now = counts.steps().get(counts.steps().size() - 1);
        int floor = history.capacities().isEmpty()
                ? 0
                : history.capacities().get(history.capacities().size() - 1).floor();
        return Messages.CapacityChart_description(now.serving(), now.of(Kind.NEW_SERVING), counts.least(), floor);
    }
}
