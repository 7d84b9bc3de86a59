package io.jenkins.plugins.amideploy.core.simulator;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.cloudformation.model.CancelUpdateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.CancelUpdateStackResponse;
import software.amazon.awssdk.services.cloudformation.model.ContinueUpdateRollbackRequest;
import software.amazon.awssdk.services.cloudformation.model.ContinueUpdateRollbackResponse;
import software.amazon.awssdk.services.cloudformation.model.CreateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.CreateStackResponse;
import software.amazon.awssdk.services.cloudformation.model.DeleteStackRequest;
import software.amazon.awssdk.services.cloudformation.model.DeleteStackResponse;
import software.amazon.awssdk.services.cloudformation.model.Parameter;

/**
 * What changes stacks: AWS CloudFormation API Reference, "CreateStack", "CancelUpdateStack" (only in
 * {@code UPDATE_IN_PROGRESS}), "DeleteStack" (of none that there is succeeds), "ContinueUpdateRollback".
 */
final class StackOperations {
    private final World world;
    private final Stacks stacks;

    StackOperations(World world, Operations operations, Stacks stacks) {
        this.world = world;
        this.stacks = stacks;
        operations.on(Service.CLOUD_FORMATION, CreateStackRequest.class, this::create);
        operations.on(Service.CLOUD_FORMATION, CancelUpdateStackRequest.class, this::cancel);
        operations.on(Service.CLOUD_FORMATION, DeleteStackRequest.class, this::delete);
        operations.on(Service.CLOUD_FORMATION, ContinueUpdateRollbackRequest.class, this::continueRollback);
    }

    static Map<String, String> given(List<Parameter> parameters, Map<String, String> before) {
        Map<String, String> given = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            String key = parameter.parameterKey();
            boolean previous = Boolean.TRUE.equals(parameter.usePreviousValue());
            if (previous && !before.containsKey(key)) {
                throw Service.CLOUD_FORMATION.rejection(
                        "ValidationError",
                        "Invalid input for parameter key " + key + ". Cannot specify"
                                + " usePreviousValue as true for a parameter key not in the previous template");
            }
            given.put(key, previous ? before.get(key) : parameter.parameterValue());
        }
        return given;
    }

    private CreateStackResponse create(CreateStackRequest request) {
        if (stacks.existing(request.stackName()).isPresent()) {
            throw Service.CLOUD_FORMATION.rejection(
                    "AlreadyExistsException", "Stack [" + request.stackName() + "] already exists");
        }
        SimulatedStack stack = new SimulatedStack(world, request.stackName());
        StackTemplate template = StackTemplate.of(request.templateBody());
        stack.template = template;
        stack.tags = request.tags();
        StackPlan plan = new StackPlan(
                stacks, stack, template, template.parameters(given(request.parameters(), Map.of()), Map.of()));
        stacks.add(stack);
        new StackRun(
                        world,
                        stacks,
                        stack,
                        plan,
                        request.clientRequestToken(),
                        Boolean.TRUE.equals(request.disableRollback()),
                        status -> {})
                .start();
        return CreateStackResponse.builder().stackId(stack.id).build();
    }

    private CancelUpdateStackResponse cancel(CancelUpdateStackRequest request) {
        SimulatedStack stack = stacks.find(request.stackName());
        if (!stack.status.equals("UPDATE_IN_PROGRESS")) {
            throw Service.CLOUD_FORMATION.rejection(
                    "ValidationError", "CancelUpdateStack cannot be called from current stack status");
        }
        stack.run.cancel();
        return CancelUpdateStackResponse.builder().build();
    }

    private DeleteStackResponse delete(DeleteStackRequest request) {
        stacks.existing(request.stackName()).filter(stack -> !stack.deleted()).ifPresent(stack -> {
            if (stack.status.equals("DELETE_IN_PROGRESS")) {
                return;
            }
            if (stack.inProgress() && stack.status.startsWith("UPDATE")) {
                throw Service.CLOUD_FORMATION.rejection(
                        "ValidationError",
                        "Stack [" + stack.name + "] cannot be deleted while in status " + stack.status);
            }
            StackRun.delete(world, stacks, stack, request.clientRequestToken());
        });
        return DeleteStackResponse.builder().build();
    }

    private ContinueUpdateRollbackResponse continueRollback(ContinueUpdateRollbackRequest request) {
        SimulatedStack stack = stacks.find(request.stackName());
        if (!stack.status.equals("UPDATE_ROLLBACK_FAILED")) {
            throw Service.CLOUD_FORMATION.rejection(
                    "ValidationError",
                    "Stack:" + stack.id + " is in " + stack.status + " state and can not continue its rollback.");
        }
        Set<String> skipped = new HashSet<>(request.resourcesToSkip());
        stack.status("UPDATE_ROLLBACK_IN_PROGRESS", "User Initiated", request.clientRequestToken());
        stack.run.restore(skipped);
        return ContinueUpdateRollbackResponse.builder().build();
    }
}
