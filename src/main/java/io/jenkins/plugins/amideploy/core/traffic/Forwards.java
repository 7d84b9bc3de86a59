package io.jenkins.plugins.amideploy.core.traffic;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/**
 * The rules of a load balancer that forward to the target groups of a deployment, with the weights that they had when
 * they were first seen, which the saved state keeps.
 */
final class Forwards {
    private static final String BEFORE = "listener.before";

    private final ElasticLoadBalancingV2Client elb;
    private final SavedState saved;
    private final String balancer;
    private final Map<String, String> pairs;

    Forwards(AwsSession aws, SavedState saved, String balancer, Map<String, String> pairs) {
        this.elb = aws.elbv2();
        this.saved = saved;
        this.balancer = balancer;
        this.pairs = pairs;
    }

    List<Forward> read() {
        List<Forward> found = new ArrayList<>();
        for (Listener listener :
                elb.describeListenersPaginator(r -> r.loadBalancerArn(balancer)).listeners()) {
            for (Rule rule : elb.describeRulesPaginator(r -> r.listenerArn(listener.listenerArn()))
                    .rules()) {
                if (concerns(rule)) {
                    found.add(new Forward(
                            listener.listenerArn(),
                            rule.ruleArn(),
                            Boolean.TRUE.equals(rule.isDefault()),
                            rule.actions(),
                            before(rule),
                            pairs));
                }
            }
        }
        return found;
    }

    private boolean concerns(Rule rule) {
        return rule.actions().stream()
                .flatMap(action -> Forward.tuples(action).stream())
                .map(TargetGroupTuple::targetGroupArn)
                .anyMatch(arn -> pairs.containsKey(arn) || pairs.containsValue(arn));
    }

    /** What is seen of a rule before it has anything of the new side is how it was. */
    private Map<String, Integer> before(Rule rule) {
        Map<String, Integer> before = new HashMap<>();
        Set<String> kept = saved.getSet(BEFORE);
        String prefix = rule.ruleArn() + "=";
        kept.stream()
                .filter(word -> word.startsWith(prefix))
                .map(word -> word.substring(prefix.length()).split("="))
                .forEach(word -> before.put(word[0], Integer.valueOf(word[1])));
        List<TargetGroupTuple> tuples = rule.actions().stream()
                .flatMap(action -> Forward.tuples(action).stream())
                .toList();
        boolean untouched = tuples.stream().noneMatch(tuple -> pairs.containsValue(tuple.targetGroupArn()));
        if (before.isEmpty() && untouched) {
            tuples.forEach(tuple -> {
                before.put(tuple.targetGroupArn(), Forward.weight(tuple));
                kept.add(prefix + tuple.targetGroupArn() + "=" + Forward.weight(tuple));
            });
            saved.put(BEFORE, new LinkedHashSet<>(kept));
        }
        return before;
    }

    void change(Forward forward, List<Action> actions) {
        if (forward.isDefault()) {
            elb.modifyListener(r -> r.listenerArn(forward.listener()).defaultActions(actions));
        } else {
            elb.modifyRule(r -> r.ruleArn(forward.rule()).actions(actions));
        }
    }
}
