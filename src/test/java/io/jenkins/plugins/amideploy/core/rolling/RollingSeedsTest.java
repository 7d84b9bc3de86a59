package io.jenkins.plugins.amideploy.core.rolling;

import io.jenkins.plugins.amideploy.core.simulator.FaultClass;
import io.jenkins.plugins.amideploy.core.simulator.Seeds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A rolling deployment in a world drawn from a seed, with a fault of each class: it ends, deployed or as it was before;
 * the floor holds; nothing of ours is left.
 */
class RollingSeedsTest {

    @ParameterizedTest
    @EnumSource(FaultClass.class)
    void deploymentsEndWellUnder(FaultClass faultClass) {
        Seeds.assertNoneFails(faultClass, seed -> RandomDeployment.failure(seed, faultClass, Seeds.replayed()));
    }
}
