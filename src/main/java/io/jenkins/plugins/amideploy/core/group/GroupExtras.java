package io.jenkins.plugins.amideploy.core.group;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.aws.Likeness;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.autoscaling.model.EnabledMetric;
import software.amazon.awssdk.services.autoscaling.model.NotificationConfiguration;
import software.amazon.awssdk.services.autoscaling.model.PutWarmPoolRequest;
import software.amazon.awssdk.services.autoscaling.model.ScheduledUpdateGroupAction;
import software.amazon.awssdk.services.autoscaling.model.ScheduledUpdateGroupActionRequest;

/** What belongs to a group beside its settings and policies: schedule, notifications, metrics, warm pool. */
final class GroupExtras {
    /** Most in one call (Amazon EC2 Auto Scaling API Reference, BatchPutScheduledUpdateGroupAction). */
    private static final int ACTIONS_IN_A_CALL = 50;
    /** AWS refuses a start in the past; one this near is left to the original. */
    private static final Duration NEAR = Duration.ofMinutes(1);

    private final AwsSession aws;
    private final GroupParts original;
    private final String copy;

    GroupExtras(AwsSession aws, GroupParts original, String copy) {
        this.aws = aws;
        this.original = original;
        this.copy = copy;
    }

    void schedule(Instant now) {
        List<ScheduledUpdateGroupActionRequest> actions = original.schedule().stream()
                .filter(action -> action.recurrence() != null || startsAfter(action, now))
                .map(action -> again(action, now))
                .toList();
        for (int from = 0; from < actions.size(); from += ACTIONS_IN_A_CALL) {
            List<ScheduledUpdateGroupActionRequest> some =
                    actions.subList(from, Math.min(actions.size(), from + ACTIONS_IN_A_CALL));
            aws.autoScaling()
                    .batchPutScheduledUpdateGroupAction(
                            r -> r.autoScalingGroupName(copy).scheduledUpdateGroupActions(some))
                    .failedScheduledUpdateGroupActions()
                    .forEach(failed -> {
                        throw new Stop(
                                Trouble.Kind.REFUSED,
                                "AWS refused the scheduled action " + failed.scheduledActionName() + " for " + copy
                                        + ": " + failed.errorMessage() + " (" + failed.errorCode() + ")");
                    });
        }
    }

    private static ScheduledUpdateGroupActionRequest again(ScheduledUpdateGroupAction action, Instant now) {
        ScheduledUpdateGroupActionRequest.Builder again =
                Likeness.exact().copy(action, ScheduledUpdateGroupActionRequest.builder());
        if (!startsAfter(action, now)) {
            again.startTime(null); // it recurs, and the next time follows from that
        }
        return again.build();
    }

    private static boolean startsAfter(ScheduledUpdateGroupAction action, Instant now) {
        return action.startTime() != null && action.startTime().isAfter(now.plus(NEAR));
    }

    void notifications() {
        Map<String, List<String>> typesOf = new LinkedHashMap<>();
        for (NotificationConfiguration one : original.notifications()) {
            typesOf.computeIfAbsent(one.topicARN(), topic -> new ArrayList<>()).add(one.notificationType());
        }
        typesOf.forEach((topic, types) -> aws.autoScaling()
                .putNotificationConfiguration(
                        r -> r.autoScalingGroupName(copy).topicARN(topic).notificationTypes(types)));
    }

    void metrics() {
        List<EnabledMetric> enabled = original.group().enabledMetrics();
        if (!enabled.isEmpty()) {
            aws.autoScaling()
                    .enableMetricsCollection(r -> r.autoScalingGroupName(copy)
                            .granularity(enabled.get(0).granularity())
                            .metrics(enabled.stream().map(EnabledMetric::metric).toList()));
        }
    }

    void warmPool() {
        original.warmPool()
                .ifPresent(pool -> aws.autoScaling()
                        .putWarmPool(Likeness.exact()
                                .copy(pool, PutWarmPoolRequest.builder())
                                .autoScalingGroupName(copy)
                                .build()));
    }
}
