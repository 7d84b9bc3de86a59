package io.jenkins.plugins.amideploy.core.blueviolet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.amideploy.core.simulator.FaultClass;
import io.jenkins.plugins.amideploy.core.simulator.RelativeFault;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
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
    private static final int SEEDS = Integer.getInteger("seeds", 40);
    private static final Long ONE = Long.getLong("seed");
    private static final String CLASS = System.getProperty("faultClass", "");
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
        if (!CLASS.isEmpty() && !CLASS.equals(faultClass.name())
                || !RELATIVE.isEmpty() && !RELATIVE.equals(relative.name())) {
            return;
        }
        long first = SEEDS >= 1000 ? 1 : LocalDate.now(ZoneOffset.UTC).toEpochDay() * 10_000;
        LongStream seeds = ONE != null ? LongStream.of(ONE) : LongStream.range(first, first + SEEDS);
        List<String> failures = seeds.parallel()
                .mapToObj(seed -> RandomTwins.failure(seed, faultClass, relative, ONE != null))
                .filter(Objects::nonNull)
                .toList();
        assertEquals(List.of(), failures.stream().limit(3).toList(), () -> failures.size() + " seeds failed");
    }
}
