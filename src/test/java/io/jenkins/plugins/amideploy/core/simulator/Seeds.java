package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * The seeds that a property is tried with: {@code -Dseeds=1000} asks for so many of each fault class. A thousand are
 * always the same ones, so that a full run says the same about the same sources; fewer rotate from day to day.
 * {@code -Dseed=42 -DfaultClass=NETWORK} replays one, which then prints its console.
 */
public final class Seeds {
    private static final int ASKED = Integer.getInteger("seeds", 40);
    private static final int ALWAYS_THE_SAME = 1000;
    private static final Long ONE = Long.getLong("seed");
    private static final String CLASS = System.getProperty("faultClass", "");

    private Seeds() {}

    /** Whether one seed is replayed. */
    public static boolean replayed() {
        return ONE != null;
    }

    /** Fails with the first few of the seeds for which that is not null. */
    public static void assertNoneFails(Enum<?> faultClass, LongFunction<String> failure) {
        assertNoneFails(1, faultClass, failure);
    }

    /** @param share tries one of so many of the seeds that were asked for, where there are many classes or slow ones */
    public static void assertNoneFails(int share, Enum<?> faultClass, LongFunction<String> failure) {
        if (!CLASS.isEmpty() && !CLASS.equals(faultClass.name())) {
            return;
        }
        long first =
                ASKED >= ALWAYS_THE_SAME ? 1 : LocalDate.now(ZoneOffset.UTC).toEpochDay() * 10_000;
        LongStream seeds =
                replayed() ? LongStream.of(ONE) : LongStream.range(first, first + Math.max(1, ASKED / share));
        List<String> failures =
                seeds.parallel().mapToObj(failure).filter(Objects::nonNull).toList();
        assertEquals(List.of(), failures.stream().limit(3).toList(), () -> failures.size() + " seeds failed");
    }
}
