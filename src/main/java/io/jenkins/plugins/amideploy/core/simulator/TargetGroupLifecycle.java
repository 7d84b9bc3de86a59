package io.jenkins.plugins.amideploy.core.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DuplicateTargetGroupNameException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ResourceInUseException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TooManyTargetGroupsException;

/**
 * Target groups come, change and go: Elastic Load Balancing API Reference (2015-12-01), "CreateTargetGroup" (which
 * succeeds again with the same settings), "ModifyTargetGroup", "DeleteTargetGroup" (not while a listener or rule
 * forwards to it).
 */
final class TargetGroupLifecycle {
    private final World world;

    TargetGroupLifecycle(World world, Operations operations) {
        this.world = world;
        operations.on(Service.ELB_V2, CreateTargetGroupRequest.class, this::create);
        operations.on(Service.ELB_V2, ModifyTargetGroupRequest.class, this::modify);
        operations.on(Service.ELB_V2, DeleteTargetGroupRequest.class, this::delete);
        operations.on(Service.ELB_V2, DescribeTargetGroupAttributesRequest.class, this::attributes);
        operations.on(Service.ELB_V2, ModifyTargetGroupAttributesRequest.class, this::modifyAttributes);
    }

    private CreateTargetGroupResponse create(CreateTargetGroupRequest request) {
        BalancerNames.check(request.name(), "Target group");
        if (request.targetType() != null && request.targetType() != TargetTypeEnum.INSTANCE) {
            throw new UnsupportedOperationException("The simulator does not model targets other than instances");
        }
        CreateTargetGroupRequest complete = TargetGroupSettings.complete(request);
        Optional<SimulatedTargetGroup> present = existing(group -> group.name.equals(request.name()));
        if (present.isPresent()) {
            if (!present.get().settings.equals(complete)) {
                throw new Rejection(
                        DuplicateTargetGroupNameException.builder(),
                        400,
                        "DuplicateTargetGroupName",
                        "A target group with the same name '" + request.name()
                                + "' exists, but with different settings");
            }
            return created(present.get());
        }
        if (world.targetGroups.values().stream()
                        .filter(group -> group.resource.exists())
                        .count()
                >= world.quota(Quota.TARGET_GROUPS)) {
            throw new Rejection(
                    TooManyTargetGroupsException.builder(),
                    400,
                    "TooManyTargetGroups",
                    "You've reached the limit on the number of your target groups");
        }
        SimulatedTargetGroup group = new SimulatedTargetGroup(world, complete);
        world.targetGroups.put(group.arn, group);
        return created(group);
    }

    private Optional<SimulatedTargetGroup> existing(Predicate<SimulatedTargetGroup> which) {
        return world.targetGroups.values().stream()
                .filter(group -> group.resource.exists() && which.test(group))
                .findFirst();
    }

    private static CreateTargetGroupResponse created(SimulatedTargetGroup group) {
        return CreateTargetGroupResponse.builder()
                .targetGroups(group.resource.describe())
                .build();
    }

    private ModifyTargetGroupResponse modify(ModifyTargetGroupRequest request) {
        SimulatedTargetGroup group = SimulatedTargetGroup.find(world, request.targetGroupArn());
        group.resource.write(() -> {
            group.settings = Pojos.copy(request, group.settings.toBuilder()).build();
            group.check = TargetGroupSettings.check(group.settings);
        });
        group.registrations.values().forEach(Registration::reschedule);
        return ModifyTargetGroupResponse.builder()
                .targetGroups(group.resource.describe())
                .build();
    }

    private DeleteTargetGroupResponse delete(DeleteTargetGroupRequest request) {
        SimulatedTargetGroup group = world.targetGroups.get(request.targetGroupArn());
        if (group == null || !group.resource.exists()) {
            return DeleteTargetGroupResponse.builder().build();
        }
        if (group.held()) {
            throw new Rejection(
                    ResourceInUseException.builder(),
                    400,
                    "ResourceInUse",
                    "Target group '" + group.arn + "' is currently in use by a listener or a rule");
        }
        List.copyOf(group.registrations.values()).forEach(Registration::gone);
        group.resource.delete();
        return DeleteTargetGroupResponse.builder().build();
    }

    private DescribeTargetGroupAttributesResponse attributes(DescribeTargetGroupAttributesRequest request) {
        return DescribeTargetGroupAttributesResponse.builder()
                .attributes(list(SimulatedTargetGroup.find(world, request.targetGroupArn()).attributes))
                .build();
    }

    private static List<TargetGroupAttribute> list(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .map(attribute -> TargetGroupAttribute.builder()
                        .key(attribute.getKey())
                        .value(attribute.getValue())
                        .build())
                .toList();
    }

    private ModifyTargetGroupAttributesResponse modifyAttributes(ModifyTargetGroupAttributesRequest request) {
        SimulatedTargetGroup group = SimulatedTargetGroup.find(world, request.targetGroupArn());
        group.attributes(request.attributes().stream()
                .collect(Collectors.toMap(
                        TargetGroupAttribute::key,
                        TargetGroupAttribute::value,
                        (one, other) -> other,
                        LinkedHashMap::new)));
        return ModifyTargetGroupAttributesResponse.builder()
                .attributes(list(group.attributes))
                .build();
    }
}
