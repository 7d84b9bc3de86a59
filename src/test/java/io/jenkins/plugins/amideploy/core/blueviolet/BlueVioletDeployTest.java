package io.jenkins.plugins.amideploy.core.blueviolet;

import static io.jenkins.plugins.amideploy.core.blueviolet.Twins.BLUE;
import static io.jenkins.plugins.amideploy.core.blueviolet.Twins.VIOLET;
import static io.jenkins.plugins.amideploy.core.blueviolet.Twins.WEB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.simulator.Application;
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

    @Test
    void coloursAlternate() {
        Twins twins = Twins.typical(2, 3, Application.healthy());

        twins.assertDeployed(twins.play(), BLUE, 3);
        twins.assertDeployed(twins.play(), VIOLET, 3);
        twins.assertDeployed(twins.with("group", VIOLET).play(), BLUE, 3);
        twins.assertFloorHeld();
    }
}
