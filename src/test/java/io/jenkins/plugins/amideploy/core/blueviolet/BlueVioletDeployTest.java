package io.jenkins.plugins.amideploy.core.blueviolet;

import static io.jenkins.plugins.amideploy.core.blueviolet.Twins.BLUE;
import static io.jenkins.plugins.amideploy.core.blueviolet.Twins.VIOLET;
import static io.jenkins.plugins.amideploy.core.blueviolet.Twins.WEB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A deployment that nothing disturbs. */
class BlueVioletDeployTest {
    @Test
    void aPlainGroupIsReplacedByTheFirstColour() {
        Twins twins =
                Twins.typical(1, 3, Application.healthy()).with("warmup", 60).with("bake", 60);

        Outcome outcome = twins.play();

        twins.assertDeployed(outcome, BLUE, 3);
        twins.assertFloorHeld();
        Map<String, Object> result = ((Outcome.Succeeded) outcome).result();
        assertEquals(BLUE, result.get("group"));
        assertEquals(WEB, result.get("retired"));
        assertEquals(twins.newImage, result.get("ami"));
        assertTrue((long) result.get("seconds") > 180, result::toString);
    }

    /** Boot, warm-up, bake and draining cannot be had faster; twenty boots are as long as the longest of them. */
    @Test
    void takesNoLongerAndNoMoreCallsThanItMust() {
        List<String> over = new ArrayList<>();
        for (int seed = 1; seed <= 20; seed++) {
            Twins twins = Twins.empty(seed, Application.healthy());
            twins.group(WEB, 20, spec -> spec);
            twins.begin(20);
            twins.with("warmup", 60).with("bake", 300);
            Instant start = twins.aws.clock().instant();
            Outcome outcome = twins.play();
            twins.assertFloorHeld();
            Duration took = Duration.between(start, twins.aws.clock().instant());
            int calls = twins.aws.calls().total();
            Duration boot = Duration.between(start, twins.lastServed(BLUE));
            Duration optimum = boot.plusSeconds(60 + 300 + 60);
            if (took.toMillis() > 1.05 * optimum.toMillis() || calls > 2 * 20 + 60) {
                over.add("seed " + seed + ": " + took + " of " + optimum + ", " + calls + " calls " + outcome
                        + twins.aws.calls().counts());
            }
        }
        assertEquals(List.of(), over);
    }

    @Test
    void coloursAlternate() {
        Twins twins = Twins.typical(2, 3, Application.healthy());

        twins.assertDeployed(twins.play(), BLUE, 3);
        twins.assertDeployed(twins.play(), VIOLET, 3);
        twins.assertDeployed(twins.with("group", VIOLET).play(), BLUE, 3);
        twins.assertFloorHeld();
    }
}
