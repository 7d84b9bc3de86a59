package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleTransform;

/** A rule of an Application Load Balancer's listener, beside the default one. Its id is its ARN. */
final class SimulatedRule extends Resource<Rule> {
    final SimulatedListener listener;
    int priority;
    List<RuleCondition> conditions;
    List<Action> actions;
    List<RuleTransform> transforms;

    SimulatedRule(World world, SimulatedListener listener, CreateRuleRequest request, List<Action> actions) {
        super(world, listener.id.replace(":listener/", ":listener-rule/") + "/" + world.ids.hex());
        this.listener = listener;
        this.priority = request.priority();
        this.conditions = Conditions.described(request.conditions());
        this.actions = actions;
        this.transforms = request.transforms();
        BalancerTags.put(tags, request.tags());
    }

    static SimulatedRule find(World world, String arn) {
        SimulatedRule rule = world.rules.get(arn);
        if (rule == null || !rule.exists()) {
            throw notFound();
        }
        return rule;
    }

    static Rejection notFound() {
        return new Rejection(RuleNotFoundException.builder(), 400, "RuleNotFound", "One or more rules not found");
    }

    boolean applies(String host, String path) {
        return conditions.stream().allMatch(condition -> Conditions.applies(condition, host, path));
    }

    @Override
    Rule describe() {
        return Rule.builder()
                .ruleArn(id)
                .priority(Integer.toString(priority))
                .conditions(conditions)
                .actions(actions)
                .transforms(transforms.isEmpty() ? null : transforms)
                .isDefault(false)
                .build();
    }
}
