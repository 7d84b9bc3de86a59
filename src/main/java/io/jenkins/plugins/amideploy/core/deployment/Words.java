package io.jenkins.plugins.amideploy.core.deployment;

import java.time.Duration;

/** Words for people. */
public final class Words {
    /** Longest value of a tag (Amazon EC2 Auto Scaling API Reference, Tag). */
    static final int TAG_VALUE = 256;

    private Words() {}

    /** A duration to the second, such as {@code 2 min 5 s}. */
    public static String of(Duration duration) {
        long seconds = Math.max(0, duration.plusMillis(500).toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return join(seconds / 60, " min", seconds % 60, " s");
        }
        return join(seconds / 3600, " h", seconds % 3600 / 60, " min");
    }

    private static String join(long large, String largeUnit, long small, String smallUnit) {
        return large + largeUnit + (small == 0 ? "" : " " + small + smallUnit);
    }

    /** A number with its noun, such as {@code 1 instance} or {@code 3 instances}. */
    public static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** The text as a tag's value: characters that AWS allows in every tag, letters, digits, blanks and {@code + - = . _ : / @}. */
    public static String tagValue(String text) {
        String safe = text.replaceAll("[^\\p{L}\\p{N} +\\-=._:/@]", "_");
        return safe.length() > TAG_VALUE ? safe.substring(0, TAG_VALUE) : safe;
    }
}
