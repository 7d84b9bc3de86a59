package io.jenkins.plugins.amideploy.core.cfn;

import io.jenkins.plugins.amideploy.core.simulator.Seeds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An update of a stack drawn from a seed, with a fault of each class: it ends, deployed or rolled back or left where it is
 * with what to do; nothing is said twice; no change set of ours is left.
 *
 * <p>{@code -Dseeds=1000} tries so many seeds for each class; {@code -Dseed=42 -DfaultClass=NETWORK} replays one and
 * prints its console.
 */
class CfnSeedsTest {

    @ParameterizedTest
    @EnumSource(RandomUpdate.Fault.class)
    void updatesEndWellUnder(RandomUpdate.Fault fault) {
        Seeds.assertNoneFails(4, fault, seed -> RandomUpdate.failure(seed, fault, Seeds.replayed()));
    }
}
