package io.jenkins.plugins.amideploy.core.simulator;

import java.util.UUID;

/** Identifiers as AWS makes them, the same for the same seed. */
final class Ids {
    private static final long MASK = 0xFFFFFFFFFFFFFFFL;

    private final long seed;
    private long next;

    Ids(long seed) {
        this.seed = Draws.mix(seed ^ 0x1D5);
    }

    String resource(String prefix) {
        return prefix + "-0" + padded(Draws.mix(seed + next++) & MASK, 15) + "f";
    }

    String uuid() {
        long high = Draws.mix(seed + next++);
        return new UUID(high & ~0xF000L | 0x4000L, Draws.mix(high) & (-1L >>> 2) | Long.MIN_VALUE).toString();
    }

    String hex() {
        return padded(Draws.mix(seed + next++) & MASK, 15) + "0";
    }

    private static String padded(long value, int digits) {
        String hex = Long.toHexString(value);
        return "0".repeat(digits - hex.length()) + hex;
    }
}
