package io.jenkins.plugins.amideploy.page;

import io.jenkins.plugins.amideploy.core.deployment.Words;
import io.jenkins.plugins.amideploy.core.history.History;
import io.jenkins.plugins.amideploy.core.history.History.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The phases one after the other, as a band. */
final class PhaseBand {
    static final double HEIGHT = 20;
    /** Of a letter, in what a drawing measures in, generously. */
    private static final double LETTER = 6.6;

    private final History history;
    private final TimeScale time;
    private final Instant until;
    private final Duration shift;

    /**
     * @param until where it ends
     * @param shift how much later it is drawn than it was
     */
    PhaseBand(History history, TimeScale time, Instant until, Duration shift) {
        this.history = history;
        this.time = time;
        this.until = until;
        this.shift = shift;
    }

    void draw(Svg svg, double top, String label, String classes) {
        svg.text("text", label, "x", time.left() - 8, "y", top + 14, "class", "ami-deploy-label ami-deploy-end");
        List<Phase> phases = history.phases();
        for (int i = 0; i < phases.size(); i++) {
            Phase phase = phases.get(i);
            Instant end = i + 1 < phases.size() ? phases.get(i + 1).from() : until.minus(shift);
            double x = time.x(phase.from().plus(shift));
            double width = time.x(end.plus(shift)) - x;
            String name = PhaseNames.of(phase);
            String tip = name + ": " + Words.of(Duration.between(phase.from(), end));
            svg.box(x, top, Math.max(1, width - 1), HEIGHT, classes + kind(phase), tip);
            if (name.length() * LETTER < width - 8) {
                svg.text("text", name, "x", x + 5, "y", top + 14, "class", "ami-deploy-phase-name");
            }
        }
    }

    private static String kind(Phase phase) {
        return phase.unwinding() ? " ami-deploy-phase-back" : PhaseNames.waits(phase) ? " ami-deploy-phase-gate" : "";
    }
}
