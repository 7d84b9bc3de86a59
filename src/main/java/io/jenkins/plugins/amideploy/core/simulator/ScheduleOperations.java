package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.autoscaling.model.AlreadyExistsException;
import software.amazon.awssdk.services.autoscaling.model.BatchDeleteScheduledActionRequest;
import software.amazon.awssdk.services.autoscaling.model.BatchDeleteScheduledActionResponse;
import software.amazon.awssdk.services.autoscaling.model.BatchPutScheduledUpdateGroupActionRequest;
import software.amazon.awssdk.services.autoscaling.model.BatchPutScheduledUpdateGroupActionResponse;
import software.amazon.awssdk.services.autoscaling.model.DeleteScheduledActionRequest;
import software.amazon.awssdk.services.autoscaling.model.DeleteScheduledActionResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeScheduledActionsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeScheduledActionsResponse;
import software.amazon.awssdk.services.autoscaling.model.FailedScheduledUpdateGroupActionRequest;
import software.amazon.awssdk.services.autoscaling.model.LimitExceededException;
import software.amazon.awssdk.services.autoscaling.model.PutScheduledUpdateGroupActionRequest;
import software.amazon.awssdk.services.autoscaling.model.PutScheduledUpdateGroupActionResponse;
import software.amazon.awssdk.services.autoscaling.model.ScheduledUpdateGroupAction;
import software.amazon.awssdk.services.autoscaling.model.ScheduledUpdateGroupActionRequest;

/**
 * Scheduled actions: Amazon EC2 Auto Scaling API Reference, "PutScheduledUpdateGroupAction" (one of the same name is
 * replaced), "BatchPutScheduledUpdateGroupAction" (up to 50; those that fail are named), "DescribeScheduledActions";
 * User Guide, "Scheduled scaling" (125 in a group, no two at the same time).
 */
final class ScheduleOperations {
    private static final int MOST = 125;
    private static final int MOST_IN_BATCH = 50;

    private final World world;
    private final ScheduledActions actions;

    ScheduleOperations(World world, Operations operations) {
        this.world = world;
        this.actions = new ScheduledActions(world);
        operations.on(Service.AUTO_SCALING, PutScheduledUpdateGroupActionRequest.class, this::put);
        operations.on(Service.AUTO_SCALING, BatchPutScheduledUpdateGroupActionRequest.class, this::batchPut);
        operations.on(Service.AUTO_SCALING, DescribeScheduledActionsRequest.class, this::describe);
        operations.on(Service.AUTO_SCALING, DeleteScheduledActionRequest.class, this::delete);
        operations.on(Service.AUTO_SCALING, BatchDeleteScheduledActionRequest.class, this::batchDelete);
    }

    private PutScheduledUpdateGroupActionResponse put(PutScheduledUpdateGroupActionRequest request) {
        SimulatedGroup group = Groups.toChange(world, request.autoScalingGroupName());
        put(group, Pojos.copy(request, ScheduledUpdateGroupAction.builder()).build());
        return PutScheduledUpdateGroupActionResponse.builder().build();
    }

    private BatchPutScheduledUpdateGroupActionResponse batchPut(BatchPutScheduledUpdateGroupActionRequest request) {
        SimulatedGroup group = Groups.toChange(world, request.autoScalingGroupName());
        checkBatch(request.scheduledUpdateGroupActions());
        List<FailedScheduledUpdateGroupActionRequest> failed = new ArrayList<>();
        for (ScheduledUpdateGroupActionRequest action : request.scheduledUpdateGroupActions()) {
            try {
                put(
                        group,
                        Pojos.copy(action, ScheduledUpdateGroupAction.builder()).build());
            } catch (Rejection rejection) {
                failed.add(failed(action.scheduledActionName(), rejection));
            }
        }
        return BatchPutScheduledUpdateGroupActionResponse.builder()
                .failedScheduledUpdateGroupActions(failed)
                .build();
    }

    private static void checkBatch(List<?> actions) {
        if (actions.size() > MOST_IN_BATCH) {
            throw Rejection.validation("At most " + MOST_IN_BATCH + " scheduled actions can be given in one request.");
        }
    }

    private static FailedScheduledUpdateGroupActionRequest failed(String name, Rejection rejection) {
        return FailedScheduledUpdateGroupActionRequest.builder()
                .scheduledActionName(name)
                .errorCode(rejection.code())
                .errorMessage(rejection.getMessage())
                .build();
    }

    private void put(SimulatedGroup group, ScheduledUpdateGroupAction asked) {
        Instant start = asked.startTime() == null ? asked.time() : asked.startTime();
        ScheduledUpdateGroupAction action =
                asked.toBuilder().startTime(start).time(null).build();
        check(group, action);
        String name = action.scheduledActionName();
        String arn = Service.AUTO_SCALING.arn(
                world.region,
                "scheduledUpdateGroupAction:" + world.ids.uuid() + ":autoScalingGroupName/" + group.name
                        + ":scheduledActionName/" + name);
        ScheduledUpdateGroupAction complete = action.toBuilder()
                .autoScalingGroupName(group.name)
                .scheduledActionARN(arn)
                .build();
        group.scheduled.put(name, complete);
        actions.schedule(group, complete);
    }

    private void check(SimulatedGroup group, ScheduledUpdateGroupAction action) {
        Instant now = world.clock.now();
        if (action.minSize() == null && action.maxSize() == null && action.desiredCapacity() == null) {
            throw Rejection.validation("At least one of MinSize, MaxSize and DesiredCapacity is required.");
        }
        if (action.startTime() == null && action.recurrence() == null) {
            throw Rejection.validation("Either StartTime or Recurrence is required.");
        }
        if (action.startTime() != null && action.startTime().isBefore(now)) {
            throw Rejection.validation("Given start time is in the past");
        }
        if (action.endTime() != null && action.endTime().isBefore(now)) {
            throw Rejection.validation("Given end time is in the past");
        }
        if (action.timeZone() != null && !ZoneId.getAvailableZoneIds().contains(action.timeZone())) {
            throw Rejection.validation("Given time zone:" + action.timeZone() + " is invalid");
        }
        Instant first = ScheduledActions.next(action, now.minusMillis(1)).orElse(null);
        for (ScheduledUpdateGroupAction other : group.scheduled.all()) {
            boolean same = other.scheduledActionName().equals(action.scheduledActionName());
            if (!same && Objects.equals(first, ScheduledActions.next(other, now).orElse(null))) {
                throw new Rejection(
                        AlreadyExistsException.builder(),
                        400,
                        "AlreadyExists",
                        "A scheduled action with the same start time already exists: " + other.scheduledActionName());
            }
        }
        if (group.scheduled.get(action.scheduledActionName()) == null && group.scheduled.size() >= MOST) {
            throw new Rejection(
                    LimitExceededException.builder(),
                    400,
                    "LimitExceeded",
                    "The number of scheduled actions for AutoScalingGroup " + group.name + " exceeds the limit of "
                            + MOST + ".");
        }
    }

    private DescribeScheduledActionsResponse describe(DescribeScheduledActionsRequest request) {
        List<ScheduledUpdateGroupAction> found = new ArrayList<>();
        world.groups.values().stream()
                .filter(group -> request.autoScalingGroupName() == null
                        || request.autoScalingGroupName().equals(group.name))
                .forEach(group -> found.addAll(actions.seen(group)));
        found.removeIf(action -> !request.scheduledActionNames().isEmpty()
                        && !request.scheduledActionNames().contains(action.scheduledActionName())
                || request.startTime() != null && action.startTime().isBefore(request.startTime())
                || request.endTime() != null && action.startTime().isAfter(request.endTime()));
        Pages<ScheduledUpdateGroupAction> page =
                Pages.of(found, request.nextToken(), request.maxRecords(), 100, Groups.badToken());
        return DescribeScheduledActionsResponse.builder()
                .scheduledUpdateGroupActions(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private DeleteScheduledActionResponse delete(DeleteScheduledActionRequest request) {
        delete(Groups.toChange(world, request.autoScalingGroupName()), request.scheduledActionName());
        return DeleteScheduledActionResponse.builder().build();
    }

    private static void delete(SimulatedGroup group, String name) {
        if (group.scheduled.get(name) == null) {
            throw Rejection.validation("Scheduled action name not found - Scheduled Action " + name
                    + " for AutoScalingGroup " + group.name + " not found");
        }
        group.scheduled.remove(name);
    }

    private BatchDeleteScheduledActionResponse batchDelete(BatchDeleteScheduledActionRequest request) {
        SimulatedGroup group = Groups.toChange(world, request.autoScalingGroupName());
        checkBatch(request.scheduledActionNames());
        List<FailedScheduledUpdateGroupActionRequest> failed = new ArrayList<>();
        for (String name : request.scheduledActionNames()) {
            try {
                delete(group, name);
            } catch (Rejection rejection) {
                failed.add(failed(name, rejection));
            }
        }
        return BatchDeleteScheduledActionResponse.builder()
                .failedScheduledActions(failed)
                .build();
    }
}
