package io.jenkins.plugins.amideploy.core.simulator;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.ResumeProcessesRequest;
import software.amazon.awssdk.services.autoscaling.model.ResumeProcessesResponse;
import software.amazon.awssdk.services.autoscaling.model.SuspendProcessesRequest;
import software.amazon.awssdk.services.autoscaling.model.SuspendProcessesResponse;

/** Amazon EC2 Auto Scaling User Guide, "Suspend and resume Amazon EC2 Auto Scaling processes". */
final class ProcessOperations {
    private static final List<String> ALL = List.of(
            "AddToLoadBalancer",
            "AlarmNotification",
            "AZRebalance",
            "HealthCheck",
            "InstanceRefresh",
            "Launch",
            "ReplaceUnhealthy",
            "ScheduledActions",
            "Terminate");

    private final World world;

    ProcessOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.AUTO_SCALING, SuspendProcessesRequest.class, this::suspend);
        operations.on(Service.AUTO_SCALING, ResumeProcessesRequest.class, this::resume);
    }

    private static Collection<String> checked(List<String> processes) {
        processes.stream().filter(process -> !ALL.contains(process)).findAny().ifPresent(process -> {
            throw Rejection.validation(process + " is not a valid process type.");
        });
        return processes.isEmpty() ? ALL : Set.copyOf(processes);
    }

    private SuspendProcessesResponse suspend(SuspendProcessesRequest request) {
        SimulatedGroup group = Groups.toChange(world, request.autoScalingGroupName());
        Collection<String> processes = checked(request.scalingProcesses());
        group.beforeWrite();
        String since = "User suspended at " + world.clock.now();
        processes.forEach(process -> group.suspended.putIfAbsent(process, since));
        return SuspendProcessesResponse.builder().build();
    }

    private ResumeProcessesResponse resume(ResumeProcessesRequest request) {
        SimulatedGroup group = Groups.toChange(world, request.autoScalingGroupName());
        Collection<String> processes = checked(request.scalingProcesses());
        group.beforeWrite();
        boolean changed = group.suspended.keySet().removeAll(processes);
        if (changed) {
            world.health.evaluateAll(group);
            world.reconciler.soon(group);
        }
        return ResumeProcessesResponse.builder().build();
    }
}
