package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;

/**
 * A lifecycle hook to be set up, and what whoever it notifies does.
 *
 * @param launching whether it is for launching instances, else for terminating ones
 * @param heartbeatTimeout how long the instance waits for an answer
 * @param defaultResult {@code CONTINUE} or {@code ABANDON}: the result where no answer came
 * @param answersAfter when the lifecycle action is completed, or null when nobody ever answers
 * @param answer {@code CONTINUE} or {@code ABANDON}
 */
public record HookSpec(
        String name,
        boolean launching,
        Duration heartbeatTimeout,
        String defaultResult,
        Duration answersAfter,
        String answer) {

    public static HookSpec launching(String name, Duration answersAfter) {
        return new HookSpec(name, true, Duration.ofHours(1), "ABANDON", answersAfter, "CONTINUE");
    }

    public static HookSpec terminating(String name, Duration answersAfter) {
        return new HookSpec(name, false, Duration.ofHours(1), "CONTINUE", answersAfter, "CONTINUE");
    }

    public HookSpec withHeartbeat(Duration timeout, String result) {
        return new HookSpec(name, launching, timeout, result, answersAfter, answer);
    }

    public HookSpec neverAnswered() {
        return new HookSpec(name, launching, heartbeatTimeout, defaultResult, null, answer);
    }

    public HookSpec answering(String result) {
        return new HookSpec(name, launching, heartbeatTimeout, defaultResult, answersAfter, result);
    }
}
