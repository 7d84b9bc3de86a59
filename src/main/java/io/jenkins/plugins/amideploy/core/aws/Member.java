package io.jenkins.plugins.amideploy.core.aws;

import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;

/**
 * An instance of a group with what its balancers say of it.
 *
 * @param instance the instance as the group shows it
 * @param obstacle why it does not serve; empty where it does
 */
public record Member(Instance instance, String obstacle) {
    private static final Set<LifecycleState> LEAVING = Set.of(
            LifecycleState.TERMINATING,
            LifecycleState.TERMINATING_WAIT,
            LifecycleState.TERMINATING_PROCEED,
            LifecycleState.TERMINATED,
            LifecycleState.DETACHING,
            LifecycleState.DETACHED);
    private static final Set<LifecycleState> ASIDE =
            Set.of(LifecycleState.STANDBY, LifecycleState.ENTERING_STANDBY, LifecycleState.QUARANTINED);

    public String id() {
        return instance.instanceId();
    }

    public String zone() {
        return instance.availabilityZone();
    }

    /** In service in the group and in every balancer attached to it. */
    public boolean serving() {
        return obstacle.isEmpty();
    }

    /** On its way out of the group; it no longer counts against the desired capacity. */
    public boolean leaving() {
        return LEAVING.contains(instance.lifecycleState());
    }

    /** Set aside by someone; it counts neither as capacity nor against the desired capacity. */
    public boolean standby() {
        return ASIDE.contains(instance.lifecycleState());
    }

    /** In the warm pool: not part of the group's capacity. */
    public boolean warmed() {
        return instance.lifecycleStateAsString() != null
                && instance.lifecycleStateAsString().startsWith("Warmed:");
    }

    /** Counts against the desired capacity. */
    public boolean counted() {
        return !leaving() && !standby() && !warmed();
    }

    public boolean inService() {
        return instance.lifecycleState() == LifecycleState.IN_SERVICE;
    }

    public boolean protectedFromScaleIn() {
        return Boolean.TRUE.equals(instance.protectedFromScaleIn());
    }
}
