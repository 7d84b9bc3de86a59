package io.jenkins.plugins.amideploy.driver;

import hudson.FilePath;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who waits for a deployment: a step or a build step. Asked at every tick instead of being trusted to call in time, so
 * that nothing is lost between a restart and the moment in which it is back. Never called on a thread of Pipeline.
 */
public interface Attendant {

    /** Prints a line where the user reads it; false where that place is gone. */
    boolean print(String line);

    /** Why the deployment shall be aborted; empty while it shall go on. */
    Optional<String> abortion();

    /**
     * How it stands with the block at this gate; starts the block where it has not been started.
     *
     * @param files the secrets of the gate as files on the block's agent; asked for only where the block is about to be
     *     started, and empty while they are not there yet: then the block is not started
     */
    GateAnswer gate(Tick.Gate gate, Supplier<Optional<GateFiles>> files);

    /** Whether a block runs, or is about to. */
    boolean blockRuns();

    /**
     * The workspace of the agent that surrounds the block; empty where none does.
     *
     * @throws IOException while that agent is away
     * @throws IllegalStateException where nobody is there any more who could run a block
     */
    Optional<FilePath> workspace() throws IOException, InterruptedException;

    /**
     * The directory in which the build works when the deployment begins; empty where it has none.
     *
     * @throws IOException while its agent is away
     */
    Optional<FilePath> directory() throws IOException, InterruptedException;

    /** The deployment is being unwound, so that a running block is of no use any more. May be said repeatedly. */
    void troubled(Trouble trouble);

    /** The controller stops; the deployment is taken up again after its start. */
    void suspended();

    /** It is over. Said at least once. */
    void ended(Outcome outcome);
}
