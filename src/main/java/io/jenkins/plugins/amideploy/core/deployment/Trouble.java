package io.jenkins.plugins.amideploy.core.deployment;

import java.util.Optional;

/**
 * Why a deployment cannot go on to its end. The first one is kept and decides; it is saved, so that a deployment that
 * was unwinding goes on unwinding after a restart.
 *
 * @param text what happened, where and why, for the console
 */
public record Trouble(Kind kind, String text) {
    static final String KIND = "trouble";
    static final String TEXT = "trouble.text";

    /** Whose doing it was. */
    public enum Kind {
        /** Someone aborted the build. */
        ABORTED,
        /** The deployment's own time was up. */
        TIMED_OUT,
        /** The block failed. */
        GATE_FAILED,
        /** A CloudWatch alarm watched by this deployment went ALARM. */
        ALARM,
        /** Instances could not be launched or did not become healthy. */
        UNHEALTHY,
        /** What was asked for is impossible, or AWS refused a call. */
        REFUSED,
        /** Someone else has taken the lease: the group is no longer ours to touch. */
        LEASE_LOST,
        /** The group changed in a way that leaves nothing to go on with. */
        GROUP_CHANGED,
        /** A mistake in this plugin. */
        INTERNAL
    }

    static Optional<Trouble> in(SavedState state) {
        return state.get(KIND).map(kind -> new Trouble(Kind.valueOf(kind), state.get(TEXT, "")));
    }

    void keepIn(SavedState state) {
        state.put(KIND, kind);
        state.put(TEXT, text);
    }
}
