package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.deployment.Parameters;
import java.util.List;

/**
 * How much capacity the new balancer reserves before traffic comes.
 *
 * @param units load balancer capacity units; 0 where that is not fixed
 * @param auto whether it follows from what the old balancer had at its peak
 */
public record Prewarm(int units, boolean auto) {
    static final Prewarm NONE = new Prewarm(0, false);
    /** The most that is taken for meant; AWS's own quota is told by the preflight. */
    private static final int MOST = 100_000;

    static Prewarm of(Parameters p, Route route, List<String> problems) {
        String text = p.text("prewarm", "");
        if (text.isEmpty()) {
            return NONE;
        }
        if (!route.dns()) {
            problems.add("prewarm: in mode listener the load balancer stays, and there is nothing to warm");
        }
        return text.equals("auto") ? new Prewarm(0, true) : new Prewarm(p.number("prewarm", 0, 1, MOST), false);
    }

    boolean asked() {
        return auto || units > 0;
    }
}
