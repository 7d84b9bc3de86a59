package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityInProgressException;
import software.amazon.awssdk.services.autoscaling.model.SetInstanceHealthRequest;
import software.amazon.awssdk.services.autoscaling.model.SetInstanceHealthResponse;
import software.amazon.awssdk.services.autoscaling.model.SetInstanceProtectionRequest;
import software.amazon.awssdk.services.autoscaling.model.SetInstanceProtectionResponse;
import software.amazon.awssdk.services.autoscaling.model.TerminateInstanceInAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.TerminateInstanceInAutoScalingGroupResponse;

/**
 * Requests that name an instance of a group: Amazon EC2 Auto Scaling API Reference,
 * "TerminateInstanceInAutoScalingGroup", "SetInstanceHealth", "SetInstanceProtection". When the error
 * "ScalingActivityInProgress" is the answer is not documented. It has been seen for an instance that enters standby and
 * for one whose launch had not ended; here it is for every instance in transition, also one that is terminating already.
 */
final class GroupInstanceOperations {
    private final World world;

    GroupInstanceOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.AUTO_SCALING, TerminateInstanceInAutoScalingGroupRequest.class, this::terminate);
        operations.on(Service.AUTO_SCALING, SetInstanceHealthRequest.class, this::setHealth);
        operations.on(Service.AUTO_SCALING, SetInstanceProtectionRequest.class, this::setProtection);
    }

    private TerminateInstanceInAutoScalingGroupResponse terminate(TerminateInstanceInAutoScalingGroupRequest request) {
        SimulatedInstance instance = Groups.instance(world, request.instanceId());
        SimulatedGroup group = Groups.toChange(world, instance.groupName());
        refuseInTransition(instance);
        boolean decrement = Boolean.TRUE.equals(request.shouldDecrementDesiredCapacity());
        int weight = decrement && instance.lifecycle() != LifecycleState.STANDBY ? instance.weight : 0;
        if (weight > 0 && group.desired - weight < group.min) {
            throw Rejection.validation("Currently, desiredSize equals minSize (" + group.min
                    + "). Terminating instance without replacement will violate group's min size constraint. Either set"
                    + " shouldDecrementDesiredCapacity flag to false or lower group's min size.");
        }
        group.beforeWrite();
        int before = group.desired;
        group.desired -= weight;
        String why = world.activities.userTermination(instance, before, group.desired);
        world.terminator.terminate(instance, world.actor.asTerminationCause(), why);
        Activity activity = group.activities.getFirst().describe();
        return TerminateInstanceInAutoScalingGroupResponse.builder()
                .activity(activity)
                .build();
    }

    private void refuseInTransition(SimulatedInstance instance) {
        boolean settled =
                switch (instance.lifecycle()) {
                    case IN_SERVICE, STANDBY -> true;
                    case PENDING, PENDING_WAIT, PENDING_PROCEED -> world.behaviour.pendingCanBeTerminated();
                    default -> false;
                };
        if (!settled) {
            throw new Rejection(
                    ScalingActivityInProgressException.builder(),
                    400,
                    "ScalingActivityInProgress",
                    "Activity " + instance.activity.id() + " is in progress.");
        }
    }

    private SetInstanceHealthResponse setHealth(SetInstanceHealthRequest request) {
        SimulatedInstance instance = Groups.instance(world, request.instanceId());
        SimulatedGroup group = Groups.toChange(world, instance.groupName());
        group.beforeWrite();
        boolean respectGrace = !Boolean.FALSE.equals(request.shouldRespectGracePeriod());
        boolean inGrace = world.clock.now().isBefore(world.health.graceEnd(instance));
        if (request.healthStatus().equals(SimulatedInstance.HEALTHY)) {
            instance.health(SimulatedInstance.HEALTHY);
        } else if (!(respectGrace && inGrace)) {
            world.health.reported(instance);
        }
        return SetInstanceHealthResponse.builder().build();
    }

    private SetInstanceProtectionResponse setProtection(SetInstanceProtectionRequest request) {
        SimulatedGroup group = Groups.toChange(world, request.autoScalingGroupName());
        List<SimulatedInstance> instances = new ArrayList<>(Groups.instances(group, request.instanceIds()));
        for (SimulatedInstance instance : instances) {
            if (instance.terminating()) {
                throw Rejection.validation(
                        "The instance " + instance.id + " is not in InService or EnteringStandby or Standby.");
            }
        }
        group.beforeWrite();
        for (SimulatedInstance instance : instances) {
            world.observers.changed(
                    instance, "protection", instance.protectedFromScaleIn, request.protectedFromScaleIn());
            instance.protectedFromScaleIn = request.protectedFromScaleIn();
        }
        world.reconciler.soon(group);
        return SetInstanceProtectionResponse.builder().build();
    }
}
