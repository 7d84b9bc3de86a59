package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TagDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TooManyTagsException;

/**
 * Tags of load balancers, target groups, listeners and rules: Elastic Load Balancing API Reference (2015-12-01),
 * "DescribeTags" (at most twenty resources in a call), "AddTags", "RemoveTags". They show at once.
 */
final class BalancerTags {
    private static final int MOST = 50;
    private static final int RESOURCES_IN_A_CALL = 20;

    private final World world;

    BalancerTags(World world, Operations operations) {
        this.world = world;
        operations.on(Service.ELB_V2, DescribeTagsRequest.class, this::describe);
        operations.on(Service.ELB_V2, AddTagsRequest.class, this::add);
        operations.on(Service.ELB_V2, RemoveTagsRequest.class, this::remove);
    }

    static void put(Map<String, String> on, List<Tag> tags) {
        Map<String, String> all = new LinkedHashMap<>(on);
        for (Tag tag : tags) {
            if (tag.key().startsWith("aws:") || tag.key().length() > 128 || length(tag.value()) > 256) {
                throw Service.ELB_V2.rejection("ValidationError", "The tag key '" + tag.key() + "' is not valid");
            }
            all.put(tag.key(), tag.value() == null ? "" : tag.value());
        }
        if (all.size() > MOST) {
            throw new Rejection(
                    TooManyTagsException.builder(),
                    400,
                    "TooManyTags",
                    "You've reached the limit on the number of tags");
        }
        on.putAll(all);
    }

    private static int length(String value) {
        return value == null ? 0 : value.length();
    }

    static List<Tag> list(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    private Map<String, String> tags(String arn) {
        Optional<? extends Resource<?>> resource = Stream.of(world.loadBalancers, world.listeners, world.rules)
                .flatMap(all -> Stream.ofNullable(all.get(arn)))
                .filter(Resource::exists)
                .findFirst();
        return resource.isPresent() ? resource.get().tags : SimulatedTargetGroup.find(world, arn).resource.tags;
    }

    private DescribeTagsResponse describe(DescribeTagsRequest request) {
        if (request.resourceArns().size() > RESOURCES_IN_A_CALL) {
            throw Service.ELB_V2.rejection("ValidationError", "At most 20 resources can be described in one call");
        }
        List<TagDescription> found = new ArrayList<>();
        for (String arn : request.resourceArns()) {
            found.add(TagDescription.builder()
                    .resourceArn(arn)
                    .tags(list(tags(arn)))
                    .build());
        }
        return DescribeTagsResponse.builder().tagDescriptions(found).build();
    }

    private AddTagsResponse add(AddTagsRequest request) {
        request.resourceArns().forEach(arn -> put(tags(arn), request.tags()));
        return AddTagsResponse.builder().build();
    }

    private RemoveTagsResponse remove(RemoveTagsRequest request) {
        request.resourceArns().forEach(arn -> tags(arn).keySet().removeAll(request.tagKeys()));
        return RemoveTagsResponse.builder().build();
    }
}
