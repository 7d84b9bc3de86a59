package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.simulator.BuildFault;
import io.jenkins.plugins.amideploy.core.simulator.Seeds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An image build with parameters drawn from a seed and a fault of each class: it ends, with an image that can be launched
 * or with none, and nothing else of it is left.
 *
 * <p>{@code -Dseeds=1000} tries so many seeds for each class; {@code -Dseed=42 -DfaultClass=NETWORK} replays one and
 * prints its console.
 */
class BuildSeedsTest {

    @ParameterizedTest
    @EnumSource(BuildFault.class)
    void buildsEndWellUnder(BuildFault fault) {
        Seeds.assertNoneFails(fault, seed -> RandomBuild.failure(seed, fault, Seeds.replayed()));
    }
}
