package io.jenkins.plugins.amideploy.core.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.balancer.BalancerCopy;
import io.jenkins.plugins.amideploy.core.balancer.BalancerRemoval;
import io.jenkins.plugins.amideploy.core.balancer.Copied;
import io.jenkins.plugins.amideploy.core.balancer.CopyCheck;
import io.jenkins.plugins.amideploy.core.balancer.LiveBalancer;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Procedure;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.elasticloadbalancing.model.PolicyAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** Load balancers are copied and removed, over the wire. */
class BalancerWireTest {
    @RegisterExtension
    static final Wire WIRE = new Wire();

    private final Operator operator = WIRE.operator();
    private final AwsSession aws = WIRE.aws();
    private Copied copied;

    /** Plays that step until it has no next tick. */
    private static void play(Function<TickContext, Optional<Tick>> step) {
        WIRE.build(new Procedure() {
                    @Override
                    public Tick tick(TickContext context) {
                        return context.trouble()
                                .<Tick>map(trouble -> new Tick.Ended(new Outcome.Failed(trouble, "")))
                                .orElseGet(() -> step.apply(context)
                                        .orElseGet(() -> new Tick.Ended(new Outcome.Succeeded(Map.of()))));
                    }

                    @Override
                    public Duration timeout() {
                        return Duration.ofHours(2);
                    }

                    @Override
                    public boolean begun(SavedState state) {
                        return true;
                    }

                    @Override
                    public String wayBack(SavedState state) {
                        return "";
                    }
                })
                .succeed();
    }

    private Optional<Tick> copyThenRemove(TickContext at, LiveBalancer original, Runnable between) {
        if (!at.state().has("copied")) {
            BalancerCopy copy = BalancerCopy.of(at, original);
            Optional<Tick> tick = copy.make();
            if (tick.isPresent()) {
                return tick;
            }
            copied = copy.copied().orElseThrow();
            between.run();
            at.state().put("copied", "yes");
        }
        return new BalancerRemoval(at).copies();
    }

    private LiveBalancer furnishedApplicationLoadBalancer() {
        String targets = operator.targetGroup();
        String arn = aws.elbv2()
                .describeTargetGroups(r -> r.targetGroupArns(targets))
                .targetGroups()
                .get(0)
                .loadBalancerArns()
                .get(0);
        aws.elbv2()
                .modifyTargetGroupAttributes(r -> r.targetGroupArn(targets)
                        .attributes(TargetGroupAttribute.builder()
                                .key("deregistration_delay.timeout_seconds")
                                .value("33")
                                .build()));
        aws.elbv2()
                .modifyLoadBalancerAttributes(r -> r.loadBalancerArn(arn)
                        .attributes(LoadBalancerAttribute.builder()
                                .key("idle_timeout.timeout_seconds")
                                .value("77")
                                .build()));
        String listener = aws.elbv2()
                .describeListeners(r -> r.loadBalancerArn(arn))
                .listeners()
                .get(0)
                .listenerArn();
        aws.elbv2()
                .createRule(r -> r.listenerArn(listener)
                        .priority(5)
                        .conditions(RuleCondition.builder()
                                .field("path-pattern")
                                .pathPatternConfig(c -> c.values("/static/*"))
                                .build())
                        .actions(Action.builder()
                                .type("forward")
                                .forwardConfig(c -> c.targetGroups(TargetGroupTuple.builder()
                                        .targetGroupArn(targets)
                                        .weight(3)
                                        .build()))
                                .build()));
        String name = aws.elbv2()
                .describeLoadBalancers(r -> r.loadBalancerArns(arn))
                .loadBalancers()
                .get(0)
                .loadBalancerName();
        return LiveBalancer.named(aws, name).orElseThrow();
    }

    @Test
    void anApplicationLoadBalancerIsCopiedAndTheCopyRemoved() {
        LiveBalancer original = furnishedApplicationLoadBalancer();
        String group = operator.group(new Sizes(1, 1, 2), g -> g.launchTemplate(operator.version("1")));
        assertEquals(
                List.of(), CopyCheck.of(aws, original, operator.show(group)).problems());
        List<String> seen = new ArrayList<>();

        play(at -> copyThenRemove(at, original, () -> {
            String target = copied.targetGroups().values().iterator().next();
            seen.add("delay "
                    + aws.elbv2().describeTargetGroupAttributes(r -> r.targetGroupArn(target)).attributes().stream()
                            .filter(a -> a.key().equals("deregistration_delay.timeout_seconds"))
                            .findFirst()
                            .orElseThrow()
                            .value());
            String listener = copied.listeners().values().iterator().next();
            var rules = aws.elbv2().describeRules(r -> r.listenerArn(listener)).rules();
            assertEquals(2, rules.size());
            rules.forEach(rule -> rule.actions()
                    .forEach(action -> assertTrue(
                            target.equals(action.targetGroupArn())
                                    || action.forwardConfig().targetGroups().stream()
                                            .allMatch(tuple ->
                                                    tuple.targetGroupArn().equals(target)),
                            action::toString)));
        }));

        assertEquals(List.of("delay 33"), seen);
        assertFalse(LiveBalancer.named(aws, copied.name()).isPresent());
        assertTrue(LiveBalancer.named(aws, original.name()).isPresent());
    }

    @Test
    void aClassicLoadBalancerIsCopiedAndTheCopyRemoved() {
        String name = operator.classicBalancer();
        aws.elb()
                .configureHealthCheck(r -> r.loadBalancerName(name)
                        .healthCheck(c -> c.target("HTTP:80/health")
                                .interval(9)
                                .timeout(4)
                                .healthyThreshold(3)
                                .unhealthyThreshold(2)));
        aws.elb()
                .createLoadBalancerPolicy(r -> r.loadBalancerName(name)
                        .policyName("cookie")
                        .policyTypeName("AppCookieStickinessPolicyType")
                        .policyAttributes(PolicyAttribute.builder()
                                .attributeName("CookieName")
                                .attributeValue("SESSION")
                                .build()));
        aws.elb()
                .setLoadBalancerPoliciesOfListener(
                        r -> r.loadBalancerName(name).loadBalancerPort(80).policyNames("cookie"));
        LiveBalancer original = LiveBalancer.named(aws, name).orElseThrow();
        List<String> seen = new ArrayList<>();

        play(at -> copyThenRemove(at, original, () -> {
            var shown = aws.elb()
                    .describeLoadBalancers(r -> r.loadBalancerNames(copied.name()))
                    .loadBalancerDescriptions()
                    .get(0);
            seen.add(shown.healthCheck().target());
            seen.addAll(shown.listenerDescriptions().get(0).policyNames());
            assertEquals(original.subnets(), shown.subnets());
        }));

        assertEquals(List.of("HTTP:80/health", "cookie"), seen);
        assertFalse(LiveBalancer.named(aws, copied.name()).isPresent());
        assertTrue(LiveBalancer.named(aws, name).isPresent());
    }
}
