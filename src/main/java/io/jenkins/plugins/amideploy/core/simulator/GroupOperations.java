package io.jenkins.plugins.amideploy.core.simulator;

import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AlreadyExistsException;
import software.amazon.awssdk.services.autoscaling.model.CreateAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.CreateAutoScalingGroupResponse;
import software.amazon.awssdk.services.autoscaling.model.LimitExceededException;
import software.amazon.awssdk.services.autoscaling.model.SetDesiredCapacityRequest;
import software.amazon.awssdk.services.autoscaling.model.SetDesiredCapacityResponse;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupResponse;

/**
 * Creates and changes groups: Amazon EC2 Auto Scaling API Reference, "CreateAutoScalingGroup",
 * "UpdateAutoScalingGroup" (a new bound moves the desired capacity), "SetDesiredCapacity".
 */
final class GroupOperations {
    private final World world;
    private final GroupTagOperations tags;
    private final HookOperations hooks;

    GroupOperations(World world, Operations operations, GroupTagOperations tags, HookOperations hooks) {
        this.world = world;
        this.tags = tags;
        this.hooks = hooks;
        operations.on(Service.AUTO_SCALING, CreateAutoScalingGroupRequest.class, this::create);
        operations.on(Service.AUTO_SCALING, UpdateAutoScalingGroupRequest.class, this::update);
        operations.on(Service.AUTO_SCALING, SetDesiredCapacityRequest.class, this::setDesired);
    }

    private CreateAutoScalingGroupResponse create(CreateAutoScalingGroupRequest request) {
        String name = request.autoScalingGroupName();
        SimulatedGroup present = world.groups.get(name);
        if (present != null) {
            throw new Rejection(
                    AlreadyExistsException.builder(),
                    400,
                    "AlreadyExists",
                    "AutoScalingGroup by this name already exists - A group with the name " + name
                            + (present.deleting ? " is pending delete" : " already exists"));
        }
        checkQuota();
        UpdateAutoScalingGroupRequest settings =
                Pojos.copy(request, UpdateAutoScalingGroupRequest.builder()).build();
        SettingChecks.check(request, settings);
        SimulatedGroup group = new SimulatedGroup(world, name);
        new LaunchSettings(request.launchTemplate(), request.launchConfigurationName(), request.mixedInstancesPolicy())
                .apply(world, group);
        int desired = request.desiredCapacity() == null ? request.minSize() : request.desiredCapacity();
        resize(group, request.minSize(), request.maxSize(), desired);
        GroupSettings.create(world, group, settings);
        TrafficOperations.attachAll(world, group, request);
        tags.putNew(group, request.tags());
        hooks.putNew(group, request.lifecycleHookSpecificationList());
        if (world.actor.kind() != Actor.Kind.SETUP) {
            group.lag.beforeWrite(() -> null);
        }
        world.groups.put(name, group);
        world.activities.userUpdate(group, 0);
        world.reconciler.soon(group);
        return CreateAutoScalingGroupResponse.builder().build();
    }

    private void checkQuota() {
        int most = world.quota(Quota.AUTO_SCALING_GROUPS);
        if (world.actor.kind() != Actor.Kind.SETUP && world.groups.size() >= most) {
            throw new Rejection(
                    LimitExceededException.builder(),
                    400,
                    "LimitExceeded",
                    "Only " + most + " AutoScalingGroups are allowed for this account.");
        }
    }

    private UpdateAutoScalingGroupResponse update(UpdateAutoScalingGroupRequest request) {
        SimulatedGroup group = Groups.toChange(world, request.autoScalingGroupName());
        group.beforeWrite();
        SettingChecks.check(request);
        LaunchSettings settings = new LaunchSettings(
                request.launchTemplate(), request.launchConfigurationName(), request.mixedInstancesPolicy());
        int min = Optional.ofNullable(request.minSize()).orElse(group.min);
        int max = Optional.ofNullable(request.maxSize()).orElse(group.max);
        checkBounds(min, max);
        int desired = request.desiredCapacity() == null
                ? Math.max(min, Math.min(max, group.desired))
                : request.desiredCapacity();
        checkDesired(min, max, desired);
        if (settings.given()) {
            settings.apply(world, group);
        }
        int before = group.desired;
        resize(group, min, max, desired);
        GroupSettings.apply(world, group, request);
        if (desired != before) {
            world.activities.userUpdate(group, before);
            group.forgetFailures();
        }
        world.reconciler.soon(group);
        return UpdateAutoScalingGroupResponse.builder().build();
    }

    private static void resize(SimulatedGroup group, int min, int max, int desired) {
        checkBounds(min, max);
        checkDesired(min, max, desired);
        group.min = min;
        group.max = max;
        group.desired = desired;
    }

    private static void checkBounds(int min, int max) {
        if (min < 0 || max < min) {
            throw Rejection.validation("Max bound, " + max + ", must be greater than or equal to min bound, " + min);
        }
    }

    private static void checkDesired(int min, int max, int desired) {
        if (desired < min || desired > max) {
            throw Rejection.validation("Desired capacity:" + desired + " must be between the specified min size:" + min
                    + " and max size:" + max);
        }
    }

    private SetDesiredCapacityResponse setDesired(SetDesiredCapacityRequest request) {
        SimulatedGroup group = Groups.toChange(world, request.autoScalingGroupName());
        int desired = request.desiredCapacity();
        if (desired > group.max) {
            throw Rejection.validation("New SetDesiredCapacity value " + desired + " is above max value " + group.max
                    + " for the AutoScalingGroup.");
        }
        if (desired < group.min) {
            throw Rejection.validation("New SetDesiredCapacity value " + desired + " is below min value " + group.min
                    + " for the AutoScalingGroup.");
        }
        group.beforeWrite();
        int before = group.desired;
        group.desired = desired;
        if (before != desired) {
            world.activities.userDesired(group, before);
            group.forgetFailures();
        }
        world.reconciler.soon(group);
        return SetDesiredCapacityResponse.builder().build();
    }
}
