package io.jenkins.plugins.amideploy.core.simulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAssociationLimitException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TooManyTargetGroupsException;

/**
 * Actions of listeners and rules: Elastic Load Balancing API Reference (2015-12-01), "Action" and "ForwardActionConfig";
 * Application Load Balancers, "Quotas" (five target groups in an action, one load balancer for a target group).
 */
final class Actions {
    private static final int MOST_TARGET_GROUPS = 5;
    private static final int HEAVIEST = 999;

    private Actions() {}

    /** The target groups of an action that forwards, with their weights; empty for any other action. */
    static List<TargetGroupTuple> targets(Action action) {
        return action.type() == ActionTypeEnum.FORWARD ? action.forwardConfig().targetGroups() : List.of();
    }

    /**
     * What was asked for as AWS describes it: the single target group of an action is named twice, weights and stickiness
     * are told.
     */
    static List<Action> described(World world, SimulatedLoadBalancer balancer, List<Action> actions) {
        if (actions.isEmpty()) {
            throw Service.ELB_V2.rejection("ValidationError", "At least one action must be specified");
        }
        return actions.stream()
                .map(action ->
                        action.type() == ActionTypeEnum.FORWARD ? forward(world, balancer, action) : other(action))
                .toList();
    }

    /** The client secret of an identity provider is never shown. */
    private static Action other(Action action) {
        return action.authenticateOidcConfig() == null
                ? action
                : action.toBuilder()
                        .authenticateOidcConfig(action.authenticateOidcConfig().toBuilder()
                                .clientSecret(null)
                                .build())
                        .build();
    }

    private static Action forward(World world, SimulatedLoadBalancer balancer, Action action) {
        List<TargetGroupTuple> tuples = asked(action).stream()
                .map(tuple ->
                        tuple.weight() == null ? tuple.toBuilder().weight(1).build() : tuple)
                .toList();
        check(world, balancer, tuples);
        boolean sticky = action.forwardConfig() != null
                && action.forwardConfig().targetGroupStickinessConfig() != null
                && Boolean.TRUE.equals(
                        action.forwardConfig().targetGroupStickinessConfig().enabled());
        return action.toBuilder()
                .targetGroupArn(tuples.size() == 1 ? tuples.get(0).targetGroupArn() : null)
                .forwardConfig(config -> {
                    config.targetGroups(tuples);
                    if (sticky) {
                        config.targetGroupStickinessConfig(
                                action.forwardConfig().targetGroupStickinessConfig());
                    } else if (balancer.application) {
                        config.targetGroupStickinessConfig(stickiness -> stickiness.enabled(false));
                    }
                })
                .build();
    }

    private static List<TargetGroupTuple> asked(Action action) {
        boolean config = action.forwardConfig() != null
                && !action.forwardConfig().targetGroups().isEmpty();
        if (!config && action.targetGroupArn() == null) {
            throw Service.ELB_V2.rejection("ValidationError", "A target group ARN must be specified");
        }
        if (config && action.targetGroupArn() != null) {
            List<TargetGroupTuple> tuples = action.forwardConfig().targetGroups();
            if (tuples.size() > 1 || !tuples.get(0).targetGroupArn().equals(action.targetGroupArn())) {
                throw Service.ELB_V2.rejection(
                        "ValidationError", "You can only specify one of TargetGroupArn or ForwardConfig");
            }
        }
        return config
                ? action.forwardConfig().targetGroups()
                : List.of(TargetGroupTuple.builder()
                        .targetGroupArn(action.targetGroupArn())
                        .build());
    }

    private static void check(World world, SimulatedLoadBalancer balancer, List<TargetGroupTuple> tuples) {
        if (tuples.size() > MOST_TARGET_GROUPS && world.actor.kind() != Actor.Kind.SETUP) {
            throw new Rejection(
                    TooManyTargetGroupsException.builder(),
                    400,
                    "TooManyTargetGroups",
                    "An action can forward to at most " + MOST_TARGET_GROUPS + " target groups");
        }
        for (TargetGroupTuple tuple : tuples) {
            SimulatedTargetGroup group = SimulatedTargetGroup.find(world, tuple.targetGroupArn());
            if (tuple.weight() < 0 || tuple.weight() > HEAVIEST) {
                throw Service.ELB_V2.rejection(
                        "ValidationError", "The weight of a target group must be between 0 and " + HEAVIEST);
            }
            if (group.loadBalancer != null && group.loadBalancer != balancer) {
                throw new Rejection(
                        TargetGroupAssociationLimitException.builder(),
                        400,
                        "TargetGroupAssociationLimit",
                        "The following target groups cannot be associated with more than one load balancer: "
                                + group.arn);
            }
        }
    }

    /** Listeners or rules have changed: some target groups may have become used, or unused. */
    static void changed(World world) {
        Map<String, SimulatedLoadBalancer> users = new HashMap<>();
        for (SimulatedListener listener : world.listeners.values()) {
            if (listener.exists()) {
                listener.actions()
                        .flatMap(action -> targets(action).stream())
                        .forEach(tuple -> users.put(tuple.targetGroupArn(), listener.balancer));
            }
        }
        for (SimulatedTargetGroup group : world.targetGroups.values()) {
            group.usedBy(users.get(group.arn));
        }
    }
}
