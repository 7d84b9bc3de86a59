package io.jenkins.plugins.amideploy.driver;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.deployment.Workplace;
import java.util.Optional;

/**
 * Who waits for a deployment: a step or a build step. Asked at every tick instead of being trusted to call in time, so
 * that nothing is lost between a restart and the moment in which it is back. Never called on a thread of Pipeline.
 */
public interface Attendant {

    /** Prints a line where the user reads it; false where that place is gone. */
    boolean print(String line);

    /** Why the deployment shall be aborted; empty while it shall go on. */
    Optional<String> abortion();

    /** How it stands with the block at this gate; starts the block where it has not been started. */
    GateAnswer gate(Tick.Gate gate);

    /** The machine on which the block runs. */
    Workplace workplace();

    /** The deployment is being unwound, so that a running block is of no use any more. May be said repeatedly. */
    void troubled(Trouble trouble);

    /** The controller stops; the deployment is taken up again after its start. */
    void suspended();

    /** It is over. Said at least once. */
    void ended(Outcome outcome);
}
