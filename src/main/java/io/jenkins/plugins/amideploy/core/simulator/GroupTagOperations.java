package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.CreateOrUpdateTagsRequest;
import software.amazon.awssdk.services.autoscaling.model.CreateOrUpdateTagsResponse;
import software.amazon.awssdk.services.autoscaling.model.DeleteTagsRequest;
import software.amazon.awssdk.services.autoscaling.model.DeleteTagsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeTagsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeTagsResponse;
import software.amazon.awssdk.services.autoscaling.model.Filter;
import software.amazon.awssdk.services.autoscaling.model.LimitExceededException;
import software.amazon.awssdk.services.autoscaling.model.Tag;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;

/**
 * The tags of groups: Amazon EC2 Auto Scaling User Guide, "Tag Auto Scaling groups and instances" (50 tags, keys of 128
 * and values of 256 characters; the prefix {@code aws:} is reserved).
 */
final class GroupTagOperations {
    private static final int MOST = 50;

    private final World world;

    GroupTagOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.AUTO_SCALING, CreateOrUpdateTagsRequest.class, this::put);
        operations.on(Service.AUTO_SCALING, DeleteTagsRequest.class, this::delete);
        operations.on(Service.AUTO_SCALING, DescribeTagsRequest.class, this::describe);
    }

    private CreateOrUpdateTagsResponse put(CreateOrUpdateTagsRequest request) {
        request.tags().forEach(tag -> check(tag, find(tag)));
        for (SimulatedGroup group : groups(request.tags())) {
            List<Tag> own = request.tags().stream()
                    .filter(tag -> tag.resourceId().equals(group.name))
                    .toList();
            checkCount(group, own);
            group.beforeWrite();
            put(group, own);
        }
        return CreateOrUpdateTagsResponse.builder().build();
    }

    private Set<SimulatedGroup> groups(List<Tag> tags) {
        Set<SimulatedGroup> groups = new LinkedHashSet<>();
        tags.forEach(tag -> groups.add(find(tag)));
        return groups;
    }

    private SimulatedGroup find(Tag tag) {
        SimulatedGroup group = world.groups.get(tag.resourceId());
        if (group == null) {
            throw Rejection.validation(
                    "AutoScalingGroup not found - AutoScaling Group " + tag.resourceId() + " not found");
        }
        return group;
    }

    private static void check(Tag tag, SimulatedGroup group) {
        checkLength(tag.key(), "key", 128);
        checkLength(tag.value(), "value", 256);
        if (tag.key().startsWith("aws:") && !group.tags.containsKey(tag.key())) {
            throw Rejection.validation("Tag keys starting with 'aws:' are reserved for internal use.");
        }
    }

    private static void checkLength(String value, String member, int longest) {
        if (value != null && value.length() > longest) {
            throw Rejection.validation("1 validation error detected: Value '" + value + "' at 'tags.1.member." + member
                    + "' failed to satisfy constraint: Member must have length less than or equal to " + longest);
        }
    }

    private static void checkCount(SimulatedGroup group, List<Tag> added) {
        Set<String> keys = new HashSet<>(group.tags.keySet());
        added.forEach(tag -> keys.add(tag.key()));
        if (keys.stream().filter(key -> !key.startsWith("aws:")).count() > MOST) {
            throw new Rejection(
                    LimitExceededException.builder(),
                    400,
                    "LimitExceeded",
                    "The number of tags for AutoScalingGroup " + group.name + " exceeds the limit of " + MOST + ".");
        }
    }

    /** The tags of a group that is being created; one that is set up may have those of CloudFormation. */
    void putNew(SimulatedGroup group, List<Tag> tags) {
        if (world.actor.kind() != Actor.Kind.SETUP) {
            tags.forEach(tag -> check(tag, group));
        }
        checkCount(group, tags);
        put(group, tags);
    }

    private void put(SimulatedGroup group, List<Tag> tags) {
        for (Tag tag : tags) {
            group.tags.put(
                    tag.key(),
                    TagDescription.builder()
                            .resourceId(group.name)
                            .resourceType("auto-scaling-group")
                            .key(tag.key())
                            .value(Optional.ofNullable(tag.value()).orElse(""))
                            .propagateAtLaunch(Boolean.TRUE.equals(tag.propagateAtLaunch()))
                            .build());
        }
    }

    /** Deleting a tag that is not there is no error. */
    private DeleteTagsResponse delete(DeleteTagsRequest request) {
        for (SimulatedGroup group : groups(request.tags())) {
            group.beforeWrite();
            request.tags().stream()
                    .filter(tag -> tag.resourceId().equals(group.name))
                    .forEach(tag -> group.tags.remove(tag.key()));
        }
        return DeleteTagsResponse.builder().build();
    }

    private DescribeTagsResponse describe(DescribeTagsRequest request) {
        List<TagDescription> found = new ArrayList<>();
        for (SimulatedGroup group : world.groups.values()) {
            group.lag
                    .read(() -> GroupView.of(group))
                    .ifPresent(seen -> seen.tags().stream()
                            .filter(tag -> request.filters().stream().allMatch(filter -> matches(tag, filter)))
                            .forEach(found::add));
        }
        Pages<TagDescription> page = Pages.of(found, request.nextToken(), request.maxRecords(), 100, Groups.badToken());
        return DescribeTagsResponse.builder()
                .tags(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private static boolean matches(TagDescription tag, Filter filter) {
        String value =
                switch (filter.name()) {
                    case "auto-scaling-group" -> tag.resourceId();
                    case "key" -> tag.key();
                    case "value" -> tag.value();
                    case "propagate-at-launch" -> tag.propagateAtLaunch().toString();
                    default ->
                        throw Rejection.validation("Filter type " + filter.name() + " is not correct."
                                + " Allowed Filter types are: auto-scaling-group key value propagate-at-launch");
                };
        return filter.values().contains(value);
    }
}
