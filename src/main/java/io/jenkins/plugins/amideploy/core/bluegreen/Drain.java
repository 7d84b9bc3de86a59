package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.deployment.Parameters;
import java.time.Duration;
import java.util.Map;

/**
 * When a side is given up that traffic was moved away from.
 *
 * @param quiet for how long at least nothing must have reached it
 * @param timeout after which it is not waited for any longer
 * @param retireAnyway whether the old side goes although something still reached it then; otherwise it stays
 */
public record Drain(Duration quiet, Duration timeout, boolean retireAnyway) {
    static Drain of(Parameters p) {
        return new Drain(
                p.seconds("drainQuiet", Duration.ofMinutes(5), 60, Duration.ofDays(1)),
                p.seconds("drainTimeout", Duration.ofHours(2), 60, Duration.ofDays(7)),
                p.choice("onDrainTimeout", false, Map.of("keep", false, "retire", true)));
    }
}
