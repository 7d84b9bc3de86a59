package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.RollbackConfiguration;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/** A stack: what it has, what has happened to it, and who works on it at the moment. */
final class SimulatedStack {
    static final String TYPE = "AWS::CloudFormation::Stack";

    final String name;
    final String id;
    final Actor by;
    final Instant created;
    final Lag<Stack> lag;
    final Map<String, Resource> resources = new LinkedHashMap<>();
    final Map<String, SimulatedChangeSet> changeSets = new LinkedHashMap<>();
    private final World world;
    private final List<Shown> events = new ArrayList<>();

    String status;
    String reason;
    StackTemplate template;
    Map<String, String> parameters = Map.of();
    Map<String, String> outputs = Map.of();
    List<Tag> tags = List.of();
    String roleArn;
    List<String> notificationArns = List.of();
    RollbackConfiguration rollback;
    StackRun run;

    /** A resource of the stack as it is. */
    static final class Resource {
        final String logicalId;
        final String type;
        String physicalId;
        Map<?, ?> properties = Map.of();
        /** The resource as its template says, for its policies. */
        Map<?, ?> body = Map.of();

        String status;

        Resource(String logicalId, String type) {
            this.logicalId = logicalId;
            this.type = type;
        }
    }

    /** An event, and from when on it is shown. */
    private record Shown(StackEvent event, Instant from) {}

    SimulatedStack(World world, String name) {
        this.world = world;
        this.name = name;
        this.by = world.actor;
        this.created = world.clock.now();
        this.id = Service.CLOUD_FORMATION.arn(world.region, "stack/" + name + "/" + world.ids.uuid());
        this.lag = new Lag<>(world);
    }

    void status(String next, String why, String token) {
        if (status == null) {
            lag.beforeWrite(() -> null);
        } else {
            lag.beforeWrite(this::describe);
        }
        status = next;
        reason = why;
        event(name, id, TYPE, next, why, token);
    }

    void event(String logicalId, String physicalId, String type, String eventStatus, String why, String token) {
        StackEvent event = StackEvent.builder()
                .stackId(id)
                .stackName(name)
                .eventId(logicalId + "-" + eventStatus + "-" + world.ids.uuid())
                .logicalResourceId(logicalId)
                .physicalResourceId(physicalId)
                .resourceType(type)
                .resourceStatus(eventStatus)
                .resourceStatusReason(why)
                .timestamp(world.clock.now())
                .clientRequestToken(token)
                .build();
        Duration delay = world.draws.span("stack events", world.behaviour.consistencyLag());
        Instant from = world.clock.now().plus(delay);
        Instant last = events.isEmpty() ? Instant.MIN : events.get(events.size() - 1).from;
        events.add(new Shown(event, from.isBefore(last) ? last : from));
    }

    /** Newest first, those that are shown already. */
    List<StackEvent> events() {
        List<StackEvent> shown = new ArrayList<>();
        for (Shown event : events) {
            if (world.actor.kind() == Actor.Kind.OPERATOR || !event.from.isAfter(world.clock.now())) {
                shown.add(0, event.event);
            }
        }
        return shown;
    }

    boolean inProgress() {
        return status.endsWith("_IN_PROGRESS") && !status.equals("REVIEW_IN_PROGRESS");
    }

    boolean deleted() {
        return "DELETE_COMPLETE".equals(status);
    }

    Stack describe() {
        return Stack.builder()
                .stackName(name)
                .stackId(id)
                .stackStatus(status)
                .stackStatusReason(reason)
                .creationTime(created)
                .parameters(described(parameters))
                .outputs(outputs.entrySet().stream()
                        .map(e -> Output.builder()
                                .outputKey(e.getKey())
                                .outputValue(e.getValue())
                                .build())
                        .toList())
                .tags(tags)
                .roleARN(roleArn)
                .notificationARNs(notificationArns)
                .rollbackConfiguration(rollback)
                .build();
    }

    List<Parameter> described(Map<String, String> values) {
        return values.entrySet().stream()
                .map(e -> Parameter.builder()
                        .parameterKey(e.getKey())
                        .parameterValue(e.getValue())
                        .resolvedValue(world.parameters.get(e.getValue()))
                        .build())
                .toList();
    }
}
