package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.autoscaling.model.DeleteNotificationConfigurationRequest;
import software.amazon.awssdk.services.autoscaling.model.DeleteNotificationConfigurationResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeNotificationConfigurationsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeNotificationConfigurationsResponse;
import software.amazon.awssdk.services.autoscaling.model.LimitExceededException;
import software.amazon.awssdk.services.autoscaling.model.NotificationConfiguration;
import software.amazon.awssdk.services.autoscaling.model.PutNotificationConfigurationRequest;
import software.amazon.awssdk.services.autoscaling.model.PutNotificationConfigurationResponse;

/**
 * Notifications: Amazon EC2 Auto Scaling API Reference, "PutNotificationConfiguration" (it overwrites what the topic had;
 * at most 10 topics), "DescribeNotificationConfigurations" (one entry for each type).
 */
final class NotificationOperations {
    private static final int MOST = 10;
    private static final Set<String> TYPES = Set.of(
            "autoscaling:EC2_INSTANCE_LAUNCH",
            "autoscaling:EC2_INSTANCE_LAUNCH_ERROR",
            "autoscaling:EC2_INSTANCE_TERMINATE",
            "autoscaling:EC2_INSTANCE_TERMINATE_ERROR",
            "autoscaling:TEST_NOTIFICATION");

    private final World world;

    NotificationOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.AUTO_SCALING, PutNotificationConfigurationRequest.class, this::put);
        operations.on(Service.AUTO_SCALING, DescribeNotificationConfigurationsRequest.class, this::describe);
        operations.on(Service.AUTO_SCALING, DeleteNotificationConfigurationRequest.class, this::delete);
    }

    private PutNotificationConfigurationResponse put(PutNotificationConfigurationRequest request) {
        SimulatedGroup group = Groups.toChange(world, request.autoScalingGroupName());
        request.notificationTypes().stream()
                .filter(type -> !TYPES.contains(type))
                .findAny()
                .ifPresent(type -> {
                    throw Rejection.validation("\"" + type + "\" is not a valid Notification Type.");
                });
        String topic = request.topicARN();
        if (!topic.startsWith("arn:aws:sns:")) {
            throw Rejection.validation("Invalid Topic Arn " + topic);
        }
        if (group.notifications.get(topic) == null && group.notifications.size() >= MOST) {
            throw new Rejection(
                    LimitExceededException.builder(),
                    400,
                    "LimitExceeded",
                    "The number of notification topics for AutoScalingGroup " + group.name + " exceeds the limit of "
                            + MOST + ".");
        }
        List<NotificationConfiguration> configurations = new TreeSet<>(request.notificationTypes())
                .stream()
                        .map(type -> NotificationConfiguration.builder()
                                .autoScalingGroupName(group.name)
                                .topicARN(topic)
                                .notificationType(type)
                                .build())
                        .toList();
        group.notifications.put(topic, configurations);
        return PutNotificationConfigurationResponse.builder().build();
    }

    private DescribeNotificationConfigurationsResponse describe(DescribeNotificationConfigurationsRequest request) {
        List<NotificationConfiguration> found = world.groups.values().stream()
                .filter(group -> request.autoScalingGroupNames().isEmpty()
                        || request.autoScalingGroupNames().contains(group.name))
                .flatMap(group -> group.notifications.seen().stream())
                .flatMap(List::stream)
                .toList();
        Pages<NotificationConfiguration> page =
                Pages.of(found, request.nextToken(), request.maxRecords(), 100, Groups.badToken());
        return DescribeNotificationConfigurationsResponse.builder()
                .notificationConfigurations(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private DeleteNotificationConfigurationResponse delete(DeleteNotificationConfigurationRequest request) {
        SimulatedGroup group = Groups.toChange(world, request.autoScalingGroupName());
        if (group.notifications.remove(request.topicARN()) == null) {
            throw Rejection.validation("Notification configuration for topic " + request.topicARN()
                    + " not found for AutoScalingGroup " + group.name);
        }
        return DeleteNotificationConfigurationResponse.builder().build();
    }
}
