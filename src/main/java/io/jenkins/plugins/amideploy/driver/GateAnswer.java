package io.jenkins.plugins.amideploy.driver;

import java.io.Serializable;

/** How it stands with the user's block at a gate. */
public final class GateAnswer implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final GateAnswer RUNNING = new GateAnswer(State.RUNNING, "");
    public static final GateAnswer PASSED = new GateAnswer(State.PASSED, "");

    private enum State {
        RUNNING,
        PASSED,
        FAILED
    }

    private final State state;
    private final String cause;

    private GateAnswer(State state, String cause) {
        this.state = state;
        this.cause = cause;
    }

    public static GateAnswer failed(String cause) {
        return new GateAnswer(State.FAILED, cause);
    }

    boolean running() {
        return state == State.RUNNING;
    }

    boolean passed() {
        return state == State.PASSED;
    }

    String cause() {
        return cause;
    }
}
