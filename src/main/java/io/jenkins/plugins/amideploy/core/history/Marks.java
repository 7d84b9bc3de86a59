package io.jenkins.plugins.amideploy.core.history;

import io.jenkins.plugins.amideploy.core.deployment.Sight.State;
import java.util.Arrays;
import java.util.Optional;

/**
 * The instances that are there with the state of each, in eight bytes an instance: as much as a chronicle may hold of a
 * large group between ticks.
 */
final class Marks {
    private static final State[] STATES = State.values();
    private static final int BITS = 4;
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    /** Each a key and, in the lowest bits, a state. In the order of the keys. */
    private long[] marks = new long[0];

    /** Stands for an instance, of which only this many are left to be mistaken for each other: 2 to the 60th. */
    static long key(String id) {
        long hash = OFFSET;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * PRIME;
        }
        return hash >>> BITS;
    }

    private int find(long key) {
        int low = 0;
        int high = marks.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long there = marks[middle] >>> BITS;
            if (there == key) {
                return middle;
            }
            if (there < key) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    /** Its state; empty where it is not there. */
    Optional<State> state(long key) {
        int index = find(key);
        return index < 0 ? Optional.empty() : Optional.of(STATES[(int) (marks[index] & ((1 << BITS) - 1))]);
    }

    /** Notes the state; {@link State#GONE} forgets the instance. */
    void put(long key, State state) {
        int index = find(key);
        if (state == State.GONE) {
            if (index >= 0) {
                long[] fewer = new long[marks.length - 1];
                System.arraycopy(marks, 0, fewer, 0, index);
                System.arraycopy(marks, index + 1, fewer, index, fewer.length - index);
                marks = fewer;
            }
            return;
        }
        if (index < 0) {
            long[] more = new long[marks.length + 1];
            System.arraycopy(marks, 0, more, 0, -index - 1);
            System.arraycopy(marks, -index - 1, more, -index, marks.length + index + 1);
            marks = more;
            index = -index - 1;
        }
        marks[index] = key << BITS | state.ordinal();
    }

    long[] keys() {
        return Arrays.stream(marks).map(mark -> mark >>> BITS).toArray();
    }
}
