package io.jenkins.plugins.amideploy.core.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.traffic.Position.Form;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** Visitors divided by the weights of a listener's actions. */
class ListenerSplitTest {
    private final TwoSides sides = TwoSides.atOneBalancer();
    private final List<Object> seen = new ArrayList<>();

    private Crossing prepared() {
        return new Crossing(sides::listener).then(Split::prepare).settle(Duration.ofMinutes(1));
    }

    private long percentAtGreen() {
        return Math.round(100 * sides.visitors().share(sides.greenTargets));
    }

    private static TargetGroupTuple tuple(String arn, int weight) {
        return TargetGroupTuple.builder().targetGroupArn(arn).weight(weight).build();
    }

    private static Action forward(TargetGroupTuple... tuples) {
        return Action.builder()
                .type(ActionTypeEnum.FORWARD)
                .forwardConfig(config -> config.targetGroups(tuples))
                .build();
    }

    private String listener() {
        return sides.aws
                .operator()
                .elbv2()
                .describeListeners(r -> r.loadBalancerArn(sides.blue.loadBalancerArn()))
                .listeners()
                .get(0)
                .listenerArn();
    }

    /** A rule for a path, beside the default one. */
    private String rule(Action action) {
        return sides.aws
                .operator()
                .elbv2()
                .createRule(r -> r.listenerArn(listener())
                        .priority(1)
                        .conditions(RuleCondition.builder()
                                .field("path-pattern")
                                .pathPatternConfig(paths -> paths.values("/shop*"))
                                .build())
                        .actions(action))
                .rules()
                .get(0)
                .ruleArn();
    }

    @Test
    void visitorsGoByTheWeightsAtOnce() {
        sides.assertSucceeded(sides.play(prepared()
                .look(split -> percentAtGreen(), seen)
                .then(split -> split.move(25))
                .look(split -> percentAtGreen(), seen)
                .look(Split::where, seen)
                .then(split -> split.move(100))
                .look(split -> percentAtGreen(), seen)
                .then(Split::finish)
                .look(Split::where, seen)));
        assertEquals(List.of(0L, 25L, new Position(Form.SPLIT, 25, ""), 100L, new Position(Form.AFTER, 100, "")), seen);
        assertEquals("green 1", sides.forwarding());
        sides.assertNobodyRefused();
    }

    @Test
    void aTargetGroupWithoutHealthyInstancesThatGetsWeightIsSeen() {
        sides.assertSucceeded(
                sides.play(new Crossing(sides::listener).then(Split::prepare).then(split -> split.move(10))));
        sides.aws.clock().advance(Duration.ofSeconds(1));
        assertTrue(
                sides.visitors().refused().get(0).why().startsWith("no healthy instance behind green"),
                sides.visitors().refused()::toString);
    }

    @Test
    void everyRuleIsDividedAndOthersKeepTheirShare() {
        String other = sides.aws
                .operator()
                .elbv2()
                .createTargetGroup(
                        r -> r.name("other").protocol("HTTP").port(80).vpcId("vpc-0"))
                .targetGroups()
                .get(0)
                .targetGroupArn();
        rule(forward(tuple(sides.blueTargets, 30), tuple(other, 10)));
        sides.assertSucceeded(sides.play(prepared()
                .then(split -> split.move(50))
                .look(split -> sides.forwarding(), seen)
                .then(Split::finish)
                .look(split -> sides.forwarding(), seen)
                .then(Split::undo)));
        assertEquals("blue 495, green 495, other 330, blue 50, green 50", seen.get(0));
        assertEquals("green 30, other 10, green 1", seen.get(1));
        assertEquals("blue 30, other 10, blue 1", sides.forwarding());
    }

    @Test
    void stickinessIsKept() {
        sides.aws
                .operator()
                .elbv2()
                .modifyListener(r -> r.listenerArn(listener())
                        .defaultActions(forward(tuple(sides.blueTargets, 1)).toBuilder()
                                .forwardConfig(config -> config.targetGroups(tuple(sides.blueTargets, 1))
                                        .targetGroupStickinessConfig(
                                                sticky -> sticky.enabled(true).durationSeconds(600)))
                                .build()));
        sides.aws.clock().advance(Duration.ofSeconds(10));
        sides.assertSucceeded(
                sides.play(prepared().then(split -> split.move(50)).then(Split::finish)));
        assertEquals(
                600,
                sides.aws
                        .operator()
                        .elbv2()
                        .describeListeners(r -> r.listenerArns(listener()))
                        .listeners()
                        .get(0)
                        .defaultActions()
                        .get(0)
                        .forwardConfig()
                        .targetGroupStickinessConfig()
                        .durationSeconds());
    }

    /** By a deployment that has nothing of what the one before it had saved. */
    @Test
    void whatAnotherDeploymentLeftIsFinishedOrUndone() {
        sides.assertSucceeded(sides.play(prepared().then(split -> split.move(40))));
        Crossing heir = new Crossing(at -> new ListenerSplit(
                at, "d0", sides.blue.loadBalancerArn(), Map.of(sides.blueTargets, sides.greenTargets)));
        sides.assertSucceeded(sides.play(
                heir.then(split -> split.move(70)).look(Split::where, seen).then(Split::undo)));
        assertEquals(70, ((Position) seen.get(0)).percentGreen());
        assertTrue(sides.forwarding().matches("blue \\d+"), sides::forwarding);
        sides.assertNobodyRefused();
    }

    @Test
    void someoneElsesWeightsAreSeen() {
        sides.assertSucceeded(sides.play(prepared()
                .then(split -> split.move(50))
                .settle(Duration.ofMinutes(1))
                .also(at -> sides.aws
                        .operator()
                        .elbv2()
                        .modifyListener(r -> r.listenerArn(listener())
                                .defaultActions(forward(tuple(sides.blueTargets, 1), tuple(sides.greenTargets, 3)))))
                .look(Split::where, seen)));
        Position position = (Position) seen.get(0);
        assertTrue(position.edited().contains("blue (1), green (3)"), position::toString);
        assertEquals(75, position.percentGreen());
    }

    @Test
    void aListenerThatSomebodyTookAwayStopsTheMove() {
        Outcome outcome = sides.play(prepared()
                .also(at -> sides.aws.operator().elbv2().deleteListener(r -> r.listenerArn(listener())))
                .then(split -> split.move(50)));
        assertTrue(
                ((Outcome.Failed) outcome)
                        .trouble()
                        .text()
                        .contains("none forwards to the old or the new target groups"),
                sides::story);
    }

    @Test
    void whatIsInTheWayIsTold() {
        List<String> problems = new ArrayList<>();
        Crossing crossing =
                new Crossing(at -> new ListenerSplit(at, sides.blue.loadBalancerArn(), Map.of("arn:none", "")));
        sides.assertSucceeded(sides.play(crossing.look(split -> problems.addAll(split.problems()), seen)));
        assertEquals(1, problems.size());
        assertTrue(problems.get(0).contains("no rule of the load balancer blue-alb forwards to"), problems::toString);
    }
}
