package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;

/**
 * Finds and replaces unhealthy instances: Amazon EC2 Auto Scaling User Guide, "Health checks for instances in an Auto
 * Scaling group", "Set the health check grace period" (an instance that EC2 has stopped or terminated is not given the
 * grace period), "View the reason for health check failures" (an unhealthy instance is terminated first and then
 * replaced) and "How suspended processes affect other processes" (without {@code Launch} it is terminated all the same;
 * without {@code Terminate} nothing is replaced until it is resumed).
 */
final class HealthReplacement {
    private static final String ELB = "an ELB system health check failure.";
    private static final String STATUS = "an EC2 instance status checks failure.";
    private static final String GONE = "an EC2 health check indicating it has been terminated or stopped.";
    private static final String USER = "a user health-check.";

    private final World world;

    HealthReplacement(World world) {
        this.world = world;
    }

    /** Something may be wrong with the instance: Auto Scaling will have noticed in a while. */
    void evaluate(SimulatedInstance instance) {
        if (instance.group == null
                || instance.evaluation != null
                || failure(instance).isEmpty()) {
            return;
        }
        Instant due = world.clock
                .now()
                .plus(world.draws.span("health " + instance.group.name, world.behaviour.healthEvaluation()));
        Instant graceEnd = graceEnd(instance);
        instance.evaluation =
                world.clock.schedule(instance.alive() && graceEnd.isAfter(due) ? graceEnd : due, () -> mark(instance));
    }

    void evaluateAll(SimulatedGroup group) {
        for (SimulatedInstance instance : List.copyOf(group.instances.values())) {
            if (instance.health().equals(SimulatedInstance.UNHEALTHY)) {
                replace(instance, USER);
            } else {
                evaluate(instance);
            }
        }
    }

    Instant graceEnd(SimulatedInstance instance) {
        return instance.inServiceSince == null
                ? Instant.MAX
                : instance.inServiceSince.plusSeconds(instance.group.gracePeriod);
    }

    /** Someone has said that the instance is not healthy. */
    void reported(SimulatedInstance instance) {
        instance.health(SimulatedInstance.UNHEALTHY);
        replace(instance, USER);
    }

    private void mark(SimulatedInstance instance) {
        instance.evaluation = null;
        if (instance.group == null || !instance.group.runs("HealthCheck")) {
            return;
        }
        failure(instance).ifPresent(failure -> {
            instance.health(SimulatedInstance.UNHEALTHY);
            replace(instance, failure);
        });
    }

    private Optional<String> failure(SimulatedInstance instance) {
        if (instance.terminating()) {
            return Optional.empty();
        }
        if (!instance.alive()) {
            return Optional.of(GONE);
        }
        if (instance.lifecycle() != LifecycleState.IN_SERVICE) {
            return Optional.empty();
        }
        if (instance.crashed) {
            return Optional.of(STATUS);
        }
        boolean elb = instance.group.healthCheckType.contains("ELB")
                && instance.group.balancers().stream()
                        .map(instance.registrations::get)
                        .anyMatch(registration -> registration != null && registration.failing());
        return elb ? Optional.of(ELB) : Optional.empty();
    }

    private void replace(SimulatedInstance instance, String failure) {
        SimulatedGroup group = instance.group;
        if (instance.terminating()
                || instance.lifecycle() == LifecycleState.STANDBY
                || !group.runs("ReplaceUnhealthy")
                || !group.runs("Terminate")) {
            return;
        }
        group.unhealthyReplacements++;
        world.terminator.terminate(
                instance,
                TerminationCause.UNHEALTHY,
                world.activities.at("an instance was taken out of service in response to " + failure));
    }
}
