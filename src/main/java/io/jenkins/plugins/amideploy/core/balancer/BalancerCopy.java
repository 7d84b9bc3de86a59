package io.jenkins.plugins.amideploy.core.balancer;

import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import java.util.Optional;

/**
 * A faithful copy of a load balancer: everything that AWS lets a caller set, under a name made of the original's and the
 * deployment's id. It is made over as many ticks as it takes; each of them may be cut off after any call.
 */
public sealed interface BalancerCopy permits ElbCopy, ClassicCopy {

    static BalancerCopy of(TickContext at, LiveBalancer original) {
        return original.classic() ? new ClassicCopy(at, original) : new ElbCopy(at, original);
    }

    /**
     * Does the next pieces.
     *
     * @return when to look again; empty once the copy is complete and AWS has made it active
     * @throws io.jenkins.plugins.amideploy.core.deployment.Stop where AWS could not provision it
     */
    Optional<Tick> make();

    /** The copy; empty while it is not complete. Asks nobody. */
    Optional<Copied> copied();

    /** Whether something may have been made, that then is to be removed: see {@link BalancerRemoval}. */
    static boolean begun(SavedState saved) {
        return saved.has(ElbCopy.DONE) || saved.has(ClassicCopy.DONE) || saved.has(BEGUN);
    }

    String BEGUN = "copy.begun";
}
