package io.jenkins.plugins.amideploy.core.cfn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
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
    private static final int SEEDS = Integer.getInteger("seeds", 40);
    private static final Long ONE = Long.getLong("seed");
    private static final String CLASS = System.getProperty("faultClass", "");

    @ParameterizedTest
    @EnumSource(RandomUpdate.Fault.class)
    void updatesEndWellUnder(RandomUpdate.Fault fault) {
        if (!CLASS.isEmpty() && !CLASS.equals(fault.name())) {
            return;
        }
        long first = SEEDS >= 1000 ? 1 : LocalDate.now(ZoneOffset.UTC).toEpochDay() * 10_000;
        LongStream seeds = ONE != null ? LongStream.of(ONE) : LongStream.range(first, first + SEEDS);
        List<String> failures = seeds.parallel()
                .mapToObj(seed -> RandomUpdate.failure(seed, fault, ONE != null))
                .filter(Objects::nonNull)
                .toList();
        assertEquals(List.of(), failures.stream().limit(3).toList(), () -> failures.size() + " seeds failed");
    }
}
