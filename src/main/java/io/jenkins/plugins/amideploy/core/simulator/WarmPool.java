package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.WarmPoolConfiguration;
import software.amazon.awssdk.services.autoscaling.model.WarmPoolState;
import software.amazon.awssdk.services.autoscaling.model.WarmPoolStatus;

/** The warm pool of a group: its settings and its instances, which are none of the group's own. */
final class WarmPool {
    final Actor by;
    final Instant created;
    final Map<String, SimulatedInstance> instances = new LinkedHashMap<>();
    WarmPoolConfiguration configuration;

    WarmPool(Actor by, Instant created, WarmPoolConfiguration configuration) {
        this.by = by;
        this.created = created;
        this.configuration = configuration;
    }

    boolean deleting() {
        return configuration.status() == WarmPoolStatus.PENDING_DELETE;
    }

    /**
     * Amazon EC2 Auto Scaling User Guide, "Warm pools for applications with long boot times": by default what is missing
     * to the maximum size of the group, with a maximum prepared capacity what is missing to that, never less than the
     * minimum size of the pool.
     */
    int size(SimulatedGroup group) {
        Integer prepared = configuration.maxGroupPreparedCapacity();
        int upTo = prepared == null || prepared < 0 ? group.max : prepared;
        int least = configuration.minSize() == null ? 0 : configuration.minSize();
        return deleting() ? 0 : Math.max(least, upTo - group.desired);
    }

    LifecycleState state() {
        WarmPoolState state = configuration.poolState();
        if (state == WarmPoolState.RUNNING) {
            return LifecycleState.WARMED_RUNNING;
        }
        return state == WarmPoolState.HIBERNATED ? LifecycleState.WARMED_HIBERNATED : LifecycleState.WARMED_STOPPED;
    }

    boolean reuses() {
        return configuration.instanceReusePolicy() != null
                && Boolean.TRUE.equals(configuration.instanceReusePolicy().reuseOnScaleIn());
    }
}
