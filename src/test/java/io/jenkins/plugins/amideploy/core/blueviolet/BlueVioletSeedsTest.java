package io.jenkins.plugins.amideploy.core.blueviolet;

import io.jenkins.plugins.amideploy.core.simulator.FaultClass;
import io.jenkins.plugins.amideploy.core.simulator.RelativeFault;
import io.jenkins.plugins.amideploy.core.simulator.Seeds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A deployment beside a live group in a world drawn from a seed, with a fault of each class: it ends, deployed or as it
 * was before; the capacity behind the balancers never falls below what it was; nothing of ours is left.
 *
 * <p>{@code -Dseeds=1000} tries so many seeds for each class; fewer rotate from day to day.
 * {@code -Dseed=42 -DfaultClass=NETWORK -Drelative=NONE} replays one and prints its console.
 */
class BlueVioletSeedsTest {
    private static final String RELATIVE = System.getProperty("relative", "");

    @ParameterizedTest
    @EnumSource(FaultClass.class)
    void deploymentsEndWellUnder(FaultClass faultClass) {
        play(faultClass, RelativeFault.NONE);
    }

    @ParameterizedTest
    @EnumSource(RelativeFault.class)
    void deploymentsEndWellWhereOneOfTheGroupsIsDisturbed(RelativeFault relative) {
        play(FaultClass.NONE, relative);
    }

    private static void play(FaultClass faultClass, RelativeFault relative) {
        if (!RELATIVE.isEmpty() && !RELATIVE.equals(relative.name())) {
            return;
        }
        Seeds.assertNoneFails(4, faultClass, seed -> RandomTwins.failure(seed, faultClass, relative, Seeds.replayed()));
    }
}
