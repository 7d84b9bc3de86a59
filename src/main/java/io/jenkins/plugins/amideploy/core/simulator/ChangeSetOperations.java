package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.ChangeType;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DeleteChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.DeleteChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.ExecuteChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.ExecuteChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.ExecutionStatus;
import software.amazon.awssdk.services.cloudformation.model.InsufficientCapabilitiesException;
import software.amazon.awssdk.services.cloudformation.model.InvalidChangeSetStatusException;

/**
 * Change sets: AWS CloudFormation API Reference, "CreateChangeSet" (the same client token is the same request; a new
 * stack is {@code REVIEW_IN_PROGRESS} until it is executed), "DescribeChangeSet" (in pages), "ExecuteChangeSet" (deletes
 * the stack's other change sets), "DeleteChangeSet".
 */
final class ChangeSetOperations {
    private static final int CHANGES_IN_A_PAGE = 3;
    private static final Span WORK = Span.seconds(3, 8);

    private final World world;
    private final Stacks stacks;

    ChangeSetOperations(World world, Operations operations, Stacks stacks) {
        this.world = world;
        this.stacks = stacks;
        operations.on(Service.CLOUD_FORMATION, CreateChangeSetRequest.class, this::create);
        operations.on(Service.CLOUD_FORMATION, DescribeChangeSetRequest.class, this::describe);
        operations.on(Service.CLOUD_FORMATION, ExecuteChangeSetRequest.class, this::execute);
        operations.on(Service.CLOUD_FORMATION, DeleteChangeSetRequest.class, this::delete);
    }

    private CreateChangeSetResponse create(CreateChangeSetRequest request) {
        boolean creates = request.changeSetType() == ChangeSetType.CREATE;
        SimulatedStack stack = creates
                ? stacks.all().stream()
                        .filter(s -> !s.deleted()
                                && (s.name.equals(request.stackName()) || s.id.equals(request.stackName())))
                        .findFirst()
                        .orElse(null)
                : stacks.find(request.stackName());
        SimulatedChangeSet present = stack == null ? null : stack.changeSets.get(request.changeSetName());
        if (present != null && present.request.clientToken().equals(request.clientToken())) {
            return answer(present);
        }
        if (present != null) {
            throw new Rejection(
                    AlreadyExistsException.builder(),
                    400,
                    "AlreadyExistsException",
                    "ChangeSet " + request.changeSetName() + " already exists");
        }
        refuseState(stack, creates);
        StackTemplate template = Boolean.TRUE.equals(request.usePreviousTemplate())
                ? stack.template
                : request.templateURL() != null
                        ? stacks.fetched(request.templateURL())
                        : StackTemplate.of(request.templateBody());
        refuseCapabilities(template, request);
        Map<String, String> before = stack == null ? Map.of() : stack.parameters;
        Map<String, String> parameters =
                template.parameters(StackOperations.given(request.parameters(), before), Map.of());
        if (stack == null) {
            stack = new SimulatedStack(world, request.stackName());
            stack.template = template;
            stack.status("REVIEW_IN_PROGRESS", "User Initiated", null);
            stacks.add(stack);
        }
        SimulatedChangeSet set =
                new SimulatedChangeSet(world, stack, request, new StackPlan(stacks, stack, template, parameters));
        nested(set);
        stack.changeSets.put(request.changeSetName(), set);
        world.clock.after(world.draws.span("change sets", WORK), () -> ready(set));
        return answer(set);
    }

    private static CreateChangeSetResponse answer(SimulatedChangeSet set) {
        return CreateChangeSetResponse.builder()
                .id(set.id)
                .stackId(set.stack.id)
                .build();
    }

    private static void refuseState(SimulatedStack stack, boolean creates) {
        if (stack == null || creates && stack.status.equals("REVIEW_IN_PROGRESS")) {
            return;
        }
        if (creates
                || stack.inProgress()
                || stack.status.endsWith("ROLLBACK_FAILED")
                || stack.status.equals("ROLLBACK_COMPLETE")) {
            throw Service.CLOUD_FORMATION.rejection(
                    "ValidationError",
                    "Stack:" + stack.id + " is in " + stack.status + " state and can not be updated.");
        }
    }

    private static void refuseCapabilities(StackTemplate template, CreateChangeSetRequest request) {
        Set<String> missing = new TreeSet<>(template.capabilities());
        missing.removeAll(request.capabilitiesAsStrings());
        if (!missing.isEmpty()) {
            throw new Rejection(
                    InsufficientCapabilitiesException.builder(),
                    400,
                    "InsufficientCapabilitiesException",
                    "Requires capabilities : " + missing);
        }
    }

    private void nested(SimulatedChangeSet set) {
        for (StackPlan.Step step : set.plan.steps()) {
            if (step.action().equals("Modify") && step.type().equals(SimulatedStack.TYPE)) {
                SimulatedStack.Resource resource = set.stack.resources.get(step.logicalId());
                StackPlan plan = set.plan.nestedOf(resource);
                SimulatedChangeSet inner =
                        new SimulatedChangeSet(world, stacks.byId(resource.physicalId), set.request, plan);
                inner.status = ChangeSetStatus.CREATE_COMPLETE;
                nested(inner);
                set.nested.put(step.logicalId(), inner);
            }
        }
    }

    private static void ready(SimulatedChangeSet set) {
        set.lag.beforeWrite(() -> set.status);
        if (set.plan.steps().isEmpty()) {
            set.status = ChangeSetStatus.FAILED;
            set.reason = "The submitted information didn't contain changes. Submit different information to create a"
                    + " change set.";
        } else {
            set.status = ChangeSetStatus.CREATE_COMPLETE;
            set.execution = ExecutionStatus.AVAILABLE;
        }
    }

    static SimulatedChangeSet find(Stacks stacks, String stackName, String name) {
        List<SimulatedChangeSet> all = new ArrayList<>();
        for (SimulatedStack stack : stackName == null ? stacks.all() : List.of(stacks.find(stackName))) {
            stack.changeSets.values().forEach(set -> flatten(set, all));
        }
        return all.stream()
                .filter(set -> set.id.equals(name)
                        || set.request.changeSetName().equals(name) && set.stack.changeSets.containsValue(set))
                .filter(set -> set.lag.visible())
                .findFirst()
                .orElseThrow(() -> new Rejection(
                        ChangeSetNotFoundException.builder(),
                        404,
                        "ChangeSetNotFound",
                        "ChangeSet [" + name + "] does not exist"));
    }

    private static void flatten(SimulatedChangeSet set, List<SimulatedChangeSet> all) {
        all.add(set);
        set.nested.values().forEach(inner -> flatten(inner, all));
    }

    private DescribeChangeSetResponse describe(DescribeChangeSetRequest request) {
        SimulatedChangeSet set = find(stacks, request.stackName(), request.changeSetName());
        ChangeSetStatus status = set.lag.read(() -> set.status).orElseThrow();
        boolean complete = status == ChangeSetStatus.CREATE_COMPLETE;
        Pages<StackPlan.Step> page = Pages.of(
                complete ? set.plan.steps() : List.of(),
                request.nextToken(),
                null,
                CHANGES_IN_A_PAGE,
                Service.CLOUD_FORMATION.rejection("ValidationError", "Invalid NextToken"));
        return DescribeChangeSetResponse.builder()
                .changeSetName(set.request.changeSetName())
                .changeSetId(set.id)
                .stackId(set.stack.id)
                .stackName(set.stack.name)
                .status(status)
                .statusReason(status == set.status ? set.reason : null)
                .executionStatus(set.execution)
                .parameters(set.stack.described(set.plan.parameters()))
                .changes(page.items().stream().map(step -> change(set, step)).toList())
                .nextToken(page.nextToken())
                .build();
    }

    private static Change change(SimulatedChangeSet set, StackPlan.Step step) {
        return Change.builder()
                .type(ChangeType.RESOURCE)
                .resourceChange(r -> r.action(step.action())
                        .logicalResourceId(step.logicalId())
                        .physicalResourceId(step.physicalId())
                        .resourceType(step.type())
                        .replacement(step.replacement())
                        .changeSetId(
                                set.nested.containsKey(step.logicalId()) ? set.nested.get(step.logicalId()).id : null))
                .build();
    }

    private ExecuteChangeSetResponse execute(ExecuteChangeSetRequest request) {
        SimulatedChangeSet set = find(stacks, request.stackName(), request.changeSetName());
        if (request.clientRequestToken() != null && request.clientRequestToken().equals(set.executionToken)) {
            return ExecuteChangeSetResponse.builder().build();
        }
        if (set.execution != ExecutionStatus.AVAILABLE || set.stack.inProgress()) {
            throw new Rejection(
                    InvalidChangeSetStatusException.builder(),
                    400,
                    "InvalidChangeSetStatus",
                    "ChangeSet [" + set.id + "] cannot be executed in its current status of [" + set.execution + "]");
        }
        set.execution = ExecutionStatus.EXECUTE_IN_PROGRESS;
        set.executionToken = request.clientRequestToken();
        set.stack.changeSets.values().removeIf(other -> other != set);
        CreateChangeSetRequest asked = set.request;
        if (asked.hasTags()) {
            set.stack.tags = asked.tags();
        }
        if (asked.rollbackConfiguration() != null) {
            set.stack.rollback = asked.rollbackConfiguration();
        }
        set.stack.roleArn = asked.roleARN() == null ? set.stack.roleArn : asked.roleARN();
        set.stack.notificationArns =
                asked.hasNotificationARNs() ? asked.notificationARNs() : set.stack.notificationArns;
        new StackRun(
                        world,
                        stacks,
                        set.stack,
                        set.plan,
                        request.clientRequestToken(),
                        Boolean.TRUE.equals(request.disableRollback()),
                        status -> set.execution = status.endsWith("TE_COMPLETE") && !status.contains("ROLLBACK")
                                ? ExecutionStatus.EXECUTE_COMPLETE
                                : ExecutionStatus.EXECUTE_FAILED)
                .start();
        return ExecuteChangeSetResponse.builder().build();
    }

    private DeleteChangeSetResponse delete(DeleteChangeSetRequest request) {
        SimulatedChangeSet set = find(stacks, request.stackName(), request.changeSetName());
        if (set.status == ChangeSetStatus.CREATE_IN_PROGRESS || set.execution == ExecutionStatus.EXECUTE_IN_PROGRESS) {
            throw new Rejection(
                    InvalidChangeSetStatusException.builder(),
                    400,
                    "InvalidChangeSetStatus",
                    "ChangeSet [" + set.id + "] cannot be deleted in its current status");
        }
        set.stack.changeSets.remove(set.request.changeSetName());
        return DeleteChangeSetResponse.builder().build();
    }
}
