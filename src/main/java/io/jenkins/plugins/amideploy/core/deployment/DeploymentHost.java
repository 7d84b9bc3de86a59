package io.jenkins.plugins.amideploy.core.deployment;

import java.util.Map;

/** What a deployment needs of whatever drives it: a Pipeline step, a freestyle builder, the simulator. */
public interface DeploymentHost {

    /**
     * Keeps the state. When this returns, the state survives a crash; the deployment makes its next call to AWS only
     * then.
     */
    void save(Map<String, String> state);

    /** Shows an event to people. Must not fail the deployment. */
    void say(Event event);

    /**
     * Whether the deployment that holds a lease has certainly ended, so that its lease may be taken over. False where
     * that cannot be known, as for another controller.
     */
    boolean isOver(Owner owner);
}
