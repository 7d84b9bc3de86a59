package io.jenkins.plugins.amideploy.core.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.ExecutionStatus;

/** A change set of a stack. */
final class SimulatedChangeSet {
    final String id;
    final CreateChangeSetRequest request;
    final SimulatedStack stack;
    final StackPlan plan;
    /** The change sets of nested stacks, by their resource. */
    final Map<String, SimulatedChangeSet> nested = new LinkedHashMap<>();

    final Lag<ChangeSetStatus> lag;
    ChangeSetStatus status = ChangeSetStatus.CREATE_IN_PROGRESS;
    String reason;
    ExecutionStatus execution = ExecutionStatus.UNAVAILABLE;
    String executionToken;

    SimulatedChangeSet(World world, SimulatedStack stack, CreateChangeSetRequest request, StackPlan plan) {
        this.stack = stack;
        this.request = request;
        this.plan = plan;
        this.id = Service.CLOUD_FORMATION.arn(
                world.region, "changeSet/" + request.changeSetName() + "/" + world.ids.uuid());
        this.lag = new Lag<>(world);
        lag.beforeWrite(() -> null);
    }
}
