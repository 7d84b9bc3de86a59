package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import software.amazon.awssdk.services.autoscaling.model.CompleteLifecycleActionRequest;
import software.amazon.awssdk.services.autoscaling.model.CompleteLifecycleActionResponse;
import software.amazon.awssdk.services.autoscaling.model.DeleteLifecycleHookRequest;
import software.amazon.awssdk.services.autoscaling.model.DeleteLifecycleHookResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeLifecycleHooksRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeLifecycleHooksResponse;
import software.amazon.awssdk.services.autoscaling.model.LifecycleHook;
import software.amazon.awssdk.services.autoscaling.model.LifecycleHookSpecification;
import software.amazon.awssdk.services.autoscaling.model.LimitExceededException;
import software.amazon.awssdk.services.autoscaling.model.PutLifecycleHookRequest;
import software.amazon.awssdk.services.autoscaling.model.PutLifecycleHookResponse;
import software.amazon.awssdk.services.autoscaling.model.RecordLifecycleActionHeartbeatRequest;
import software.amazon.awssdk.services.autoscaling.model.RecordLifecycleActionHeartbeatResponse;

/** Amazon EC2 Auto Scaling API Reference, "PutLifecycleHook" and "CompleteLifecycleAction". */
final class HookOperations {
    private static final int HEARTBEAT = 3600;
    private static final int MOST = 50;

    private final World world;

    HookOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.AUTO_SCALING, PutLifecycleHookRequest.class, this::put);
        operations.on(Service.AUTO_SCALING, DeleteLifecycleHookRequest.class, this::delete);
        operations.on(Service.AUTO_SCALING, DescribeLifecycleHooksRequest.class, this::describe);
        operations.on(Service.AUTO_SCALING, CompleteLifecycleActionRequest.class, this::complete);
        operations.on(Service.AUTO_SCALING, RecordLifecycleActionHeartbeatRequest.class, this::heartbeat);
    }

    static LifecycleHook of(SimulatedGroup group, LifecycleHookSpecification hook) {
        return complete(Pojos.copy(hook, LifecycleHook.builder())
                .autoScalingGroupName(group.name)
                .build());
    }

    static LifecycleHook of(SimulatedGroup group, HookSpec hook) {
        return complete(LifecycleHook.builder()
                .autoScalingGroupName(group.name)
                .lifecycleHookName(hook.name())
                .lifecycleTransition(hook.launching() ? LifecycleHooks.LAUNCHING : LifecycleHooks.TERMINATING)
                .heartbeatTimeout((int) hook.heartbeatTimeout().toSeconds())
                .defaultResult(hook.defaultResult())
                .build());
    }

    private static LifecycleHook complete(LifecycleHook hook) {
        int heartbeat = hook.heartbeatTimeout() == null ? HEARTBEAT : hook.heartbeatTimeout();
        return hook.toBuilder()
                .heartbeatTimeout(heartbeat)
                .globalTimeout(LifecycleHooks.globalTimeout(heartbeat))
                .defaultResult(hook.defaultResult() == null ? "ABANDON" : hook.defaultResult())
                .build();
    }

    void put(SimulatedGroup group, LifecycleHook hook) {
        group.hooks.put(hook.lifecycleHookName(), hook);
    }

    /** The hooks of a group that is being created. */
    void putNew(SimulatedGroup group, List<LifecycleHookSpecification> given) {
        given.forEach(hook -> {
            checkCount(group, hook.lifecycleHookName());
            put(group, of(group, hook));
        });
    }

    /** Amazon EC2 Auto Scaling User Guide, "Quotas for Amazon EC2 Auto Scaling". */
    private static void checkCount(SimulatedGroup group, String hook) {
        if (!group.hooks.containsKey(hook) && group.hooks.size() >= MOST) {
            throw new Rejection(
                    LimitExceededException.builder(),
                    400,
                    "LimitExceeded",
                    "The number of lifecycle hooks for AutoScalingGroup " + group.name + " exceeds the limit of " + MOST
                            + ".");
        }
    }

    private PutLifecycleHookResponse put(PutLifecycleHookRequest request) {
        SimulatedGroup group = Groups.toChange(world, request.autoScalingGroupName());
        checkCount(group, request.lifecycleHookName());
        group.hooksLag.beforeWrite(() -> List.copyOf(group.hooks.values()));
        LifecycleHook.Builder hook = group.hooks.containsKey(request.lifecycleHookName())
                ? group.hooks.get(request.lifecycleHookName()).toBuilder()
                : LifecycleHook.builder();
        put(group, complete(Pojos.copy(request, hook).build()));
        return PutLifecycleHookResponse.builder().build();
    }

    private DeleteLifecycleHookResponse delete(DeleteLifecycleHookRequest request) {
        SimulatedGroup group = Groups.toChange(world, request.autoScalingGroupName());
        if (!group.hooks.containsKey(request.lifecycleHookName())) {
            throw Rejection.validation("No Lifecycle Hook found with name " + request.lifecycleHookName());
        }
        for (SimulatedInstance instance : group.instances.values().toArray(SimulatedInstance[]::new)) {
            world.hooks.complete(instance, request.lifecycleHookName(), null, "CONTINUE", "Lifecycle Action Completed");
        }
        group.hooksLag.beforeWrite(() -> List.copyOf(group.hooks.values()));
        group.hooks.remove(request.lifecycleHookName());
        return DeleteLifecycleHookResponse.builder().build();
    }

    private DescribeLifecycleHooksResponse describe(DescribeLifecycleHooksRequest request) {
        SimulatedGroup group = Groups.find(world, request.autoScalingGroupName());
        return DescribeLifecycleHooksResponse.builder()
                .lifecycleHooks(group.hooksLag.read(() -> List.copyOf(group.hooks.values())).orElseThrow().stream()
                        .filter(hook -> request.lifecycleHookNames().isEmpty()
                                || request.lifecycleHookNames().contains(hook.lifecycleHookName()))
                        .toList())
                .build();
    }

    private CompleteLifecycleActionResponse complete(CompleteLifecycleActionRequest request) {
        SimulatedGroup group = Groups.toChange(world, request.autoScalingGroupName());
        SimulatedInstance instance = group.instances.get(request.instanceId());
        boolean completed = instance != null
                && world.hooks.complete(
                        instance,
                        request.lifecycleHookName(),
                        request.lifecycleActionToken(),
                        request.lifecycleActionResult(),
                        "Lifecycle Action Completed");
        if (!completed) {
            throw noAction(request.instanceId());
        }
        return CompleteLifecycleActionResponse.builder().build();
    }

    private RecordLifecycleActionHeartbeatResponse heartbeat(RecordLifecycleActionHeartbeatRequest request) {
        SimulatedGroup group = Groups.toChange(world, request.autoScalingGroupName());
        SimulatedInstance instance = group.instances.get(request.instanceId());
        if (instance == null
                || !world.hooks.heartbeat(instance, request.lifecycleHookName(), request.lifecycleActionToken())) {
            throw noAction(request.instanceId());
        }
        return RecordLifecycleActionHeartbeatResponse.builder().build();
    }

    private static Rejection noAction(String instance) {
        return Rejection.validation("No active Lifecycle Action found with instance ID " + instance);
    }
}
