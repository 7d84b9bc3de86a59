package io.jenkins.plugins.amideploy.core.simulator;

/** The controller's own death at an API call. An {@link Error}, so that nothing that handles exceptions handles it. */
public final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1L;

    SimulatedCrash(String message) {
        super(message);
    }
}
