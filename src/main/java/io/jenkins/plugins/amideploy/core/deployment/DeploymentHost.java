package io.jenkins.plugins.amideploy.core.deployment;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What a deployment needs of whatever drives it: a Pipeline step, a freestyle builder, the simulator. */
public interface DeploymentHost {
    /** The phase in which the block has the word, whatever the procedure. */
    String GATE = "GATE";

    /**
     * Keeps the state. When this returns, the state survives a crash; the deployment makes its next call to AWS only
     * then.
     *
     * @throws RuntimeException where it cannot be kept, as on a full disk; the deployment waits until it can be
     */
    void save(Map<String, String> state);

    /**
     * Keeps a secret apart from the state, encrypted, until the deployment has ended. When this returns, it survives a
     * crash.
     */
    default void keepSecret(String name, String value) {
        throw new UnsupportedOperationException("Nothing is kept secret here");
    }

    default Optional<String> secret(String name) {
        return Optional.empty();
    }

    /** The machine on which the block runs. */
    default Workplace workplace() {
        return Workplace.NONE;
    }

    /** Shows an event to people. Must not fail the deployment. */
    void say(Event event);

    /**
     * Whether the deployment that holds a lease has certainly ended, so that its lease may be taken over. False where
     * that cannot be known, as for another controller.
     */
    boolean isOver(Owner owner);

    /**
     * The deployment has got into a phase of its procedure, for people to look at; said again after a restart.
     *
     * @param phase its name in the saved state, empty for the first, or {@link #GATE}
     * @param unwinding whether the deployment is being unwound
     */
    default void entered(Instant at, String phase, boolean unwinding) {}

    /** What a tick has seen, for people to look at. */
    default void saw(Instant at, Sight sight) {}

    /** What the deployment is expected to be like, as the text of a history. */
    default void planned(String history) {}
}
