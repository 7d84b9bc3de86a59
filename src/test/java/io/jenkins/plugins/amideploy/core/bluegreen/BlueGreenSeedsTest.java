package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.simulator.Seeds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Over many seeds and faults: whoever resolves and connects at any moment reaches a healthy instance, traffic is with the
 * one side or back with the other, and nothing is left.
 */
class BlueGreenSeedsTest {
    @ParameterizedTest
    @EnumSource(RandomCutover.Fault.class)
    void nobodyIsTurnedAwayAndNothingIsLeft(RandomCutover.Fault fault) {
        Seeds.assertNoneFails(4, fault, seed -> RandomCutover.failure(seed, fault, Seeds.replayed()));
    }
}
