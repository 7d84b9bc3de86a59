package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.DetachInstancesRequest;
import software.amazon.awssdk.services.autoscaling.model.DetachInstancesResponse;
import software.amazon.awssdk.services.autoscaling.model.EnterStandbyRequest;
import software.amazon.awssdk.services.autoscaling.model.EnterStandbyResponse;
import software.amazon.awssdk.services.autoscaling.model.ExitStandbyRequest;
import software.amazon.awssdk.services.autoscaling.model.ExitStandbyResponse;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;

/**
 * Takes instances out of a group without terminating them: Amazon EC2 Auto Scaling User Guide, "Temporarily remove
 * instances from your Auto Scaling group" and "Detach or attach instances".
 */
final class StandbyOperations {
    private final World world;

    StandbyOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.AUTO_SCALING, EnterStandbyRequest.class, this::enter);
        operations.on(Service.AUTO_SCALING, ExitStandbyRequest.class, this::exit);
        operations.on(Service.AUTO_SCALING, DetachInstancesRequest.class, this::detach);
    }

    private EnterStandbyResponse enter(EnterStandbyRequest request) {
        SimulatedGroup group = Groups.toChange(world, request.autoScalingGroupName());
        List<SimulatedInstance> instances = Groups.instances(group, request.instanceIds());
        require(instances, Set.of(LifecycleState.IN_SERVICE), "InService");
        boolean decrement = Boolean.TRUE.equals(request.shouldDecrementDesiredCapacity());
        decrement(group, instances, decrement, "put into Standby");
        List<Activity> activities = new ArrayList<>();
        for (SimulatedInstance instance : instances) {
            SimulatedActivity activity = begin(instance, "Moving EC2 instance to Standby: ", "moved to standby");
            instance.activity = activity;
            instance.lifecycle(LifecycleState.ENTERING_STANDBY);
            world.terminator.drain(instance, () -> {
                instance.lifecycle(LifecycleState.STANDBY);
                activity.end(world.clock.now(), ScalingActivityStatusCode.SUCCESSFUL, null);
            });
            activities.add(activity.describe());
        }
        world.reconciler.soon(group);
        return EnterStandbyResponse.builder().activities(activities).build();
    }

    private ExitStandbyResponse exit(ExitStandbyRequest request) {
        SimulatedGroup group = Groups.toChange(world, request.autoScalingGroupName());
        List<SimulatedInstance> instances = Groups.instances(group, request.instanceIds());
        require(instances, Set.of(LifecycleState.STANDBY), "Standby");
        int back = instances.stream().mapToInt(instance -> instance.weight).sum();
        if (group.desired + back > group.max) {
            throw Rejection.validation("AutoScalingGroup " + group.name + " has min-size=" + group.min + ", max-size="
                    + group.max + ", and desired-size=" + group.desired + ". To place into service "
                    + instances.size() + " instance, please update the AutoScalingGroup sizes appropriately.");
        }
        group.beforeWrite();
        group.desired += back;
        List<Activity> activities = new ArrayList<>();
        for (SimulatedInstance instance : instances) {
            instance.activity = begin(instance, "Moving EC2 instance out of Standby: ", "moved out of standby");
            activities.add(instance.activity.describe());
            instance.lifecycle(LifecycleState.PENDING);
            world.hooks.launching(instance, () -> world.launcher.enterService(instance));
        }
        return ExitStandbyResponse.builder().activities(activities).build();
    }

    private DetachInstancesResponse detach(DetachInstancesRequest request) {
        SimulatedGroup group = Groups.toChange(world, request.autoScalingGroupName());
        List<SimulatedInstance> instances = Groups.instances(group, request.instanceIds());
        require(instances, Set.of(LifecycleState.IN_SERVICE, LifecycleState.STANDBY), "InService or Standby");
        boolean decrement = Boolean.TRUE.equals(request.shouldDecrementDesiredCapacity());
        decrement(
                group,
                instances.stream()
                        .filter(instance -> instance.lifecycle() == LifecycleState.IN_SERVICE)
                        .toList(),
                decrement,
                "detach");
        List<Activity> activities = new ArrayList<>();
        for (SimulatedInstance instance : instances) {
            SimulatedActivity activity = begin(instance, "Detaching EC2 instance: ", "detached");
            instance.activity = activity;
            world.observers.terminated(instance, world.actor.asTerminationCause());
            instance.lifecycle(LifecycleState.DETACHING);
            world.terminator.drain(instance, () -> {
                instance.lifecycle(LifecycleState.DETACHED);
                activity.end(world.clock.now(), ScalingActivityStatusCode.SUCCESSFUL, null);
                instance.tags.remove("aws:autoscaling:groupName");
                instance.leaveGroup();
            });
            activities.add(activity.describe());
        }
        world.reconciler.soon(group);
        return DetachInstancesResponse.builder().activities(activities).build();
    }

    private SimulatedActivity begin(SimulatedInstance instance, String description, String what) {
        return world.activities.begin(
                instance.group,
                description + instance.id,
                world.activities.at("instance " + instance.id + " was " + what + " in response to a user request."),
                instance.zone);
    }

    private static void decrement(
            SimulatedGroup group, List<SimulatedInstance> instances, boolean decrement, String what) {
        int weight = instances.stream().mapToInt(instance -> instance.weight).sum();
        if (decrement && group.desired - weight < group.min) {
            throw Rejection.validation("AutoScalingGroup " + group.name + " has min-size=" + group.min + ", max-size="
                    + group.max + ", and desired-size=" + group.desired + ". To " + what + " " + instances.size()
                    + " instance, please update the AutoScalingGroup sizes appropriately.");
        }
        group.beforeWrite();
        if (decrement) {
            group.desired -= weight;
        }
    }

    private static void require(List<SimulatedInstance> instances, Set<LifecycleState> states, String named) {
        for (SimulatedInstance instance : instances) {
            if (!states.contains(instance.lifecycle())) {
                throw Rejection.validation("The instance " + instance.id + " is not in " + named + ".");
            }
        }
    }
}
