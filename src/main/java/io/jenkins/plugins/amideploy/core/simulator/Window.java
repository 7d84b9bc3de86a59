package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;
import java.util.List;

/** A while, its end excluded. */
record Window(Instant from, Instant to) {
    boolean has(Instant time) {
        return !time.isBefore(from) && time.isBefore(to);
    }

    static boolean any(List<Window> windows, Instant time) {
        for (Window window : windows) {
            if (window.has(time)) {
                return true;
            }
        }
        return false;
    }
}
