package io.jenkins.plugins.amideploy.core.deployment;

import java.time.Duration;

/**
 * A deployment procedure as a resumable state machine. It holds its parameters and nothing else; whatever it must
 * remember is in the {@link SavedState}, and whatever can be seen in AWS is looked up.
 *
 * <p>The contract of {@link #tick}: look at AWS, decide, save what is about to be done, do it, and say when to look
 * again. A tick may be cut off at any point, by a crash, by an exception from any call, and is then run again from its
 * beginning with the last saved state; it must find what the first attempt did and not repeat it.
 */
public interface Procedure {

    /**
     * One tick. Any exception ends the tick: failures of AWS that pass are tried again by {@link Deployment}, others
     * become the deployment's {@link Trouble}, which the next tick finds in its context and acts on.
     *
     * @throws Stop where the procedure itself finds that it cannot go on
     */
    Tick tick(TickContext context);

    /** How long the deployment may take before it is unwound; unwinding itself has as long again, four
     * hours at least. */
    Duration timeout();

    /** Whether anything may have been changed in AWS yet; before that a failure needs no unwinding. */
    boolean begun(SavedState state);

    /**
     * The state things are in and how to get back, for a deployment that has to end where it stands, such as when AWS
     * takes its credentials away.
     */
    String wayBack(SavedState state);
}
