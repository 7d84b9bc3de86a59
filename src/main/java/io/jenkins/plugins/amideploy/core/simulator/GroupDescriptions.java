package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingInstanceDetails;
import software.amazon.awssdk.services.autoscaling.model.DescribeAccountLimitsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAccountLimitsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingInstancesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingInstancesResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesResponse;
import software.amazon.awssdk.services.autoscaling.model.Filter;

/**
 * What describes groups, their instances and activities: Amazon EC2 Auto Scaling API Reference,
 * "DescribeAutoScalingGroups" (100 names a page, 50 without), "DescribeAutoScalingInstances",
 * "DescribeScalingActivities" (newest first).
 */
final class GroupDescriptions {
    private final World world;

    GroupDescriptions(World world, Operations operations) {
        this.world = world;
        operations.on(Service.AUTO_SCALING, DescribeAutoScalingGroupsRequest.class, this::groups);
        operations.on(Service.AUTO_SCALING, DescribeAutoScalingInstancesRequest.class, this::instances);
        operations.on(Service.AUTO_SCALING, DescribeScalingActivitiesRequest.class, this::activities);
        operations.on(Service.AUTO_SCALING, DescribeAccountLimitsRequest.class, this::limits);
    }

    private DescribeAutoScalingGroupsResponse groups(DescribeAutoScalingGroupsRequest request) {
        boolean named = !request.autoScalingGroupNames().isEmpty();
        if (request.autoScalingGroupNames().size() > 100) {
            throw Rejection.validation("The number of group names can't exceed 100.");
        }
        List<SimulatedGroup> found = new ArrayList<>();
        (named ? request.autoScalingGroupNames() : world.groups.keySet())
                .forEach(name -> Optional.ofNullable(world.groups.get(name)).ifPresent(found::add));
        found.removeIf(group -> !group.lag.visible() || !matches(group, request.filters()));
        Integer size = request.maxRecords() == null && !named ? Integer.valueOf(50) : request.maxRecords();
        Pages<SimulatedGroup> page = Pages.of(found, request.nextToken(), size, 100, Groups.badToken());
        return DescribeAutoScalingGroupsResponse.builder()
                .autoScalingGroups(page.items().stream()
                        .map(GroupDescriptions::seen)
                        .flatMap(Optional::stream)
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    private static Optional<AutoScalingGroup> seen(SimulatedGroup group) {
        return group.lag.read(() -> GroupView.of(group));
    }

    private static boolean matches(SimulatedGroup group, List<Filter> filters) {
        return filters.stream()
                .allMatch(filter -> group.tags.values().stream().anyMatch(tag -> {
                    String name = filter.name();
                    return switch (name) {
                        case "tag-key" -> filter.values().contains(tag.key());
                        case "tag-value" -> filter.values().contains(tag.value());
                        default ->
                            name.startsWith("tag:")
                                    && tag.key().equals(name.substring(4))
                                    && filter.values().contains(tag.value());
                    };
                }));
    }

    private DescribeAutoScalingInstancesResponse instances(DescribeAutoScalingInstancesRequest request) {
        if (request.instanceIds().size() > 50) {
            throw Rejection.validation("The number of instance ids can't exceed 50.");
        }
        List<SimulatedInstance> found = new ArrayList<>();
        Collection<String> ids = !request.instanceIds().isEmpty() ? request.instanceIds() : world.instances.keySet();
        for (String id : ids) {
            SimulatedInstance instance = world.instances.get(id);
            if (instance != null && instance.group != null) {
                found.add(instance);
            }
        }
        Pages<SimulatedInstance> page =
                Pages.of(found, request.nextToken(), request.maxRecords(), 50, Groups.badToken());
        List<AutoScalingInstanceDetails> details =
                page.items().stream().map(GroupView::detailsOf).toList();
        return DescribeAutoScalingInstancesResponse.builder()
                .autoScalingInstances(details)
                .nextToken(page.nextToken())
                .build();
    }

    private DescribeScalingActivitiesResponse activities(DescribeScalingActivitiesRequest request) {
        List<SimulatedActivity> found = new ArrayList<>();
        if (request.autoScalingGroupName() == null) {
            world.groups.values().forEach(group -> found.addAll(group.activities));
        } else {
            found.addAll(Groups.find(world, request.autoScalingGroupName()).activities);
        }
        if (!request.activityIds().isEmpty()) {
            found.removeIf(activity -> !request.activityIds().contains(activity.id()));
        }
        Pages<SimulatedActivity> page =
                Pages.of(found, request.nextToken(), request.maxRecords(), 100, Groups.badToken());
        return DescribeScalingActivitiesResponse.builder()
                .activities(
                        page.items().stream().map(SimulatedActivity::describe).toList())
                .nextToken(page.nextToken())
                .build();
    }

    private DescribeAccountLimitsResponse limits(DescribeAccountLimitsRequest request) {
        return DescribeAccountLimitsResponse.builder()
                .maxNumberOfAutoScalingGroups(world.quota(Quota.AUTO_SCALING_GROUPS))
                .maxNumberOfLaunchConfigurations(world.quota(Quota.LAUNCH_CONFIGURATIONS))
                .numberOfAutoScalingGroups(world.groups.size())
                .numberOfLaunchConfigurations(world.launchConfigurations.size())
                .build();
    }
}
