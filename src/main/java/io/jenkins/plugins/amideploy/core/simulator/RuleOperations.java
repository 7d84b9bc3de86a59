package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.OperationNotPermittedException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.PriorityInUseException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TooManyRulesException;

/**
 * Rules of listeners: Elastic Load Balancing API Reference (2015-12-01), "CreateRule" (which is not idempotent:
 * {@code PriorityInUse}), "ModifyRule" (also of the default rule, whose action is the listener's), "DeleteRule",
 * "DescribeRules".
 */
final class RuleOperations {
    private static final int MOST = 100;
    private static final int LARGEST = 50_000;

    private final World world;

    RuleOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.ELB_V2, CreateRuleRequest.class, this::create);
        operations.on(Service.ELB_V2, ModifyRuleRequest.class, this::modify);
        operations.on(Service.ELB_V2, DeleteRuleRequest.class, this::delete);
        operations.on(Service.ELB_V2, DescribeRulesRequest.class, this::describe);
    }

    private CreateRuleResponse create(CreateRuleRequest request) {
        SimulatedListener listener = SimulatedListener.find(world, request.listenerArn());
        if (request.priority() < 1 || request.priority() > LARGEST) {
            throw Service.ELB_V2.rejection("ValidationError", "Priority must be between 1 and " + LARGEST);
        }
        if (listener.rules().stream().anyMatch(rule -> rule.priority == request.priority())) {
            throw new Rejection(
                    PriorityInUseException.builder(),
                    400,
                    "PriorityInUse",
                    "Priority '" + request.priority() + "' is currently in use");
        }
        long present = listener.balancer.listeners().stream()
                .mapToLong(other -> other.rules().size())
                .sum();
        if (present >= MOST) {
            throw new Rejection(
                    TooManyRulesException.builder(),
                    400,
                    "TooManyRules",
                    "You've reached the limit on the number of rules per load balancer");
        }
        List<Action> actions = Actions.described(world, listener.balancer, request.actions());
        SimulatedRule rule = new SimulatedRule(world, listener, request, actions);
        world.rules.put(rule.id, rule);
        Actions.changed(world);
        return CreateRuleResponse.builder().rules(rule.describe()).build();
    }

    private ModifyRuleResponse modify(ModifyRuleRequest request) {
        SimulatedListener byDefault = world.listeners.values().stream()
                .filter(listener -> listener.exists() && listener.defaultRule().equals(request.ruleArn()))
                .findFirst()
                .orElse(null);
        if (byDefault != null) {
            List<Action> actions = Actions.described(world, byDefault.balancer, request.actions());
            byDefault.write(() -> byDefault.settings =
                    byDefault.settings.toBuilder().defaultActions(actions).build());
            Actions.changed(world);
            return ModifyRuleResponse.builder()
                    .rules(byDefault(byDefault.describe(), byDefault.defaultRule()))
                    .build();
        }
        SimulatedRule rule = SimulatedRule.find(world, request.ruleArn());
        List<Action> actions = request.actions().isEmpty()
                ? rule.actions
                : Actions.described(world, rule.listener.balancer, request.actions());
        rule.write(() -> {
            rule.actions = actions;
            if (!request.conditions().isEmpty()) {
                rule.conditions = Conditions.described(request.conditions());
            }
            if (!request.transforms().isEmpty() || Boolean.TRUE.equals(request.resetTransforms())) {
                rule.transforms = request.transforms();
            }
        });
        Actions.changed(world);
        return ModifyRuleResponse.builder().rules(rule.describe()).build();
    }

    private DeleteRuleResponse delete(DeleteRuleRequest request) {
        if (world.listeners.values().stream()
                .anyMatch(listener -> listener.defaultRule().equals(request.ruleArn()))) {
            throw new Rejection(
                    OperationNotPermittedException.builder(),
                    400,
                    "OperationNotPermitted",
                    "Default rule '" + request.ruleArn() + "' cannot be deleted");
        }
        SimulatedRule.find(world, request.ruleArn()).delete();
        Actions.changed(world);
        return DeleteRuleResponse.builder().build();
    }

    /** In the order in which they are tried, the default one last. */
    private DescribeRulesResponse describe(DescribeRulesRequest request) {
        List<Rule> found = new ArrayList<>();
        world.rules.values().stream()
                .filter(rule -> request.ruleArns().contains(rule.id) || rule.listener.id.equals(request.listenerArn()))
                .flatMap(rule -> rule.seen().stream())
                .sorted(Comparator.comparingInt(rule -> Integer.parseInt(rule.priority())))
                .forEach(found::add);
        world.listeners.values().stream()
                .filter(listener -> request.ruleArns().contains(listener.defaultRule())
                        || listener.id.equals(request.listenerArn()))
                .flatMap(listener -> listener.seen().stream().map(shown -> byDefault(shown, listener.defaultRule())))
                .forEach(found::add);
        if (found.size() < request.ruleArns().size()) {
            throw SimulatedRule.notFound();
        }
        if (request.listenerArn() != null) {
            SimulatedListener.find(world, request.listenerArn());
        }
        Pages<Rule> page =
                Pages.of(found, request.marker(), request.pageSize(), 400, TargetGroupOperations.badMarker());
        return DescribeRulesResponse.builder()
                .rules(page.items())
                .nextMarker(page.nextToken())
                .build();
    }

    private static Rule byDefault(Listener listener, String arn) {
        return Rule.builder()
                .ruleArn(arn)
                .priority("default")
                .isDefault(true)
                .conditions(List.of())
                .actions(listener.defaultActions())
                .build();
    }
}
