package io.jenkins.plugins.amideploy.core.deployment;

/** The host could not keep the state: what was about to be done must not be done now. */
final class NotSaved extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotSaved(RuntimeException cause) {
        super(cause.getMessage(), cause);
    }
}
