package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DuplicateListenerException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DuplicateLoadBalancerNameException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.OperationNotPermittedException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.PriorityInUseException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ResourceInUseException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAssociationLimitException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TooManyLoadBalancersException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TooManyTargetGroupsException;

class ListenerTest {
    private final TestWorld world = new TestWorld();
    private final ElasticLoadBalancingV2Client elb = world.aws.elbv2();

    private String targetGroup(String name) {
        return elb.createTargetGroup(r -> r.name(name).protocol("HTTP").port(80).vpcId(Subnets.VPC))
                .targetGroups()
                .get(0)
                .targetGroupArn();
    }

    private LoadBalancer create(String name) {
        return elb.createLoadBalancer(r -> r.name(name).subnets(Subnets.of("eu-west-1a"), Subnets.of("eu-west-1b")))
                .loadBalancers()
                .get(0);
    }

    private static Action forward(Map<String, Integer> weights) {
        return Action.builder()
                .type("forward")
                .forwardConfig(config -> config.targetGroups(weights.entrySet().stream()
                        .map(weight -> TargetGroupTuple.builder()
                                .targetGroupArn(weight.getKey())
                                .weight(weight.getValue())
                                .build())
                        .toList()))
                .build();
    }

    private String listener(String balancer, int port, Action action) {
        return elb.createListener(r ->
                        r.loadBalancerArn(balancer).protocol("HTTP").port(port).defaultActions(action))
                .listeners()
                .get(0)
                .listenerArn();
    }

    private Map<String, Integer> routes(String balancer, String host, String path) {
        return world.aws.world().loadBalancers.get(balancer).forwarding(80, host, path).stream()
                .collect(Collectors.toMap(TargetGroupTuple::targetGroupArn, TargetGroupTuple::weight));
    }

    @Test
    void theSetUpsListenerForwardsToAllTargetGroupsOfItsBalancerAlike() {
        String one = world.aws.createTargetGroup(TargetGroupSpec.named("one").withLoadBalancer("front"));
        String two = world.aws.createTargetGroup(TargetGroupSpec.named("two").withLoadBalancer("front"));
        String balancer = elb.describeLoadBalancers(r -> r.names("front"))
                .loadBalancers()
                .get(0)
                .loadBalancerArn();
        assertEquals(Map.of(one, 1, two, 1), routes(balancer, "example.org", "/"));
    }

    @Test
    void aBalancerTakesConnectionsOnceItHasBeenProvisioned() {
        String targets = targetGroup("web");
        LoadBalancer balancer = create("front");
        listener(balancer.loadBalancerArn(), 80, forward(Map.of(targets, 1)));
        assertEquals("provisioning", balancer.state().codeAsString());
        assertEquals(Map.of(), routes(balancer.loadBalancerArn(), "example.org", "/"));
        world.advance(Duration.ofMinutes(5));
        assertEquals(Map.of(targets, 1), routes(balancer.loadBalancerArn(), "example.org", "/"));
        assertEquals(
                "active",
                elb.describeLoadBalancers(r -> r.names("front"))
                        .loadBalancers()
                        .get(0)
                        .state()
                        .codeAsString());
    }

    @Test
    void theFirstRuleThatAppliesDecides() {
        String stable = targetGroup("stable");
        String canary = targetGroup("canary");
        String balancer = create("front").loadBalancerArn();
        String listener = listener(balancer, 80, forward(Map.of(stable, 1)));
        elb.createRule(r -> r.listenerArn(listener)
                .priority(20)
                .conditions(RuleCondition.builder()
                        .field("path-pattern")
                        .values("/new/*")
                        .build())
                .actions(forward(Map.of(stable, 9, canary, 1))));
        elb.createRule(r -> r.listenerArn(listener)
                .priority(10)
                .conditions(RuleCondition.builder()
                        .field("host-header")
                        .hostHeaderConfig(c -> c.values("*.beta.example.org"))
                        .build())
                .actions(forward(Map.of(canary, 1))));
        world.advance(Duration.ofMinutes(5));

        assertEquals(Map.of(stable, 1), routes(balancer, "example.org", "/"));
        assertEquals(Map.of(stable, 9, canary, 1), routes(balancer, "example.org", "/new/x"));
        assertEquals(Map.of(canary, 1), routes(balancer, "a.beta.example.org", "/new/x"));
        assertThrows(
                PriorityInUseException.class,
                () -> elb.createRule(r -> r.listenerArn(listener)
                        .priority(10)
                        .conditions(RuleCondition.builder()
                                .field("path-pattern")
                                .values("/x")
                                .build())
                        .actions(forward(Map.of(canary, 1)))));
    }

    @Test
    void theDefaultRuleIsTheListeners() {
        String blue = targetGroup("blue");
        String green = targetGroup("green");
        String balancer = create("front").loadBalancerArn();
        String listener = listener(balancer, 80, forward(Map.of(blue, 1)));
        world.advance(Duration.ofMinutes(5));
        elb.modifyListener(r -> r.listenerArn(listener).defaultActions(forward(Map.of(blue, 99, green, 1))));
        assertEquals(Map.of(blue, 99, green, 1), routes(balancer, "example.org", "/"));
        String rule =
                elb.describeRules(r -> r.listenerArn(listener)).rules().get(0).ruleArn();
        elb.modifyRule(r -> r.ruleArn(rule).actions(forward(Map.of(green, 1))));
        assertEquals(
                green,
                elb.describeListeners(r -> r.loadBalancerArn(balancer))
                        .listeners()
                        .get(0)
                        .defaultActions()
                        .get(0)
                        .targetGroupArn());
        assertThrows(OperationNotPermittedException.class, () -> elb.deleteRule(r -> r.ruleArn(rule)));
    }

    @Test
    void targetsAreCheckedOnceSomethingForwardsToThemIfWithWeightZero() {
        String targets = targetGroup("web");
        String other = targetGroup("other");
        world.aws.createGroup(world.spec().targetGroup(targets));
        world.advance(Duration.ofMinutes(3));
        var unused = elb.describeTargetHealth(r -> r.targetGroupArn(targets))
                .targetHealthDescriptions()
                .get(0)
                .targetHealth();
        assertEquals(TargetHealthStateEnum.UNUSED, unused.state());
        assertEquals(TargetHealthReasonEnum.TARGET_NOT_IN_USE, unused.reason());

        listener(create("front").loadBalancerArn(), 80, forward(Map.of(other, 1, targets, 0)));
        world.advance(Duration.ofMinutes(2));
        assertEquals(
                TargetHealthStateEnum.HEALTHY,
                elb.describeTargetHealth(r -> r.targetGroupArn(targets))
                        .targetHealthDescriptions()
                        .get(0)
                        .targetHealth()
                        .state());
    }

    @Test
    void creatingAgainWithTheSameSettingsGivesTheSame() {
        String targets = targetGroup("web");
        LoadBalancer balancer = create("front");
        assertEquals(targets, targetGroup("web"));
        assertEquals(balancer.loadBalancerArn(), create("front").loadBalancerArn());
        String listener = listener(balancer.loadBalancerArn(), 80, forward(Map.of(targets, 1)));
        assertEquals(listener, listener(balancer.loadBalancerArn(), 80, forward(Map.of(targets, 1))));

        assertThrows(
                DuplicateLoadBalancerNameException.class,
                () -> elb.createLoadBalancer(
                        r -> r.name("front").subnets(Subnets.of("eu-west-1a"), Subnets.of("eu-west-1c"))));
        assertThrows(
                DuplicateListenerException.class,
                () -> listener(balancer.loadBalancerArn(), 80, forward(Map.of(targets, 2))));
    }

    @Test
    void aTargetGroupHasOneBalancerAndAnActionFiveTargetGroups() {
        List<String> six =
                IntStream.range(0, 6).mapToObj(i -> targetGroup("web" + i)).toList();
        String balancer = create("front").loadBalancerArn();
        assertThrows(
                TooManyTargetGroupsException.class,
                () -> listener(balancer, 80, forward(six.stream().collect(Collectors.toMap(arn -> arn, arn -> 1)))));
        listener(balancer, 80, forward(Map.of(six.get(0), 1)));
        String other = create("other").loadBalancerArn();
        assertThrows(
                TargetGroupAssociationLimitException.class, () -> listener(other, 80, forward(Map.of(six.get(0), 1))));
    }

    @Test
    void whatIsUsedOrProtectedStays() {
        String targets = targetGroup("web");
        String balancer = create("front").loadBalancerArn();
        listener(balancer, 80, forward(Map.of(targets, 1)));
        assertThrows(ResourceInUseException.class, () -> elb.deleteTargetGroup(r -> r.targetGroupArn(targets)));

        protect(balancer, "true");
        assertThrows(
                OperationNotPermittedException.class, () -> elb.deleteLoadBalancer(r -> r.loadBalancerArn(balancer)));
        protect(balancer, "false");
        elb.deleteLoadBalancer(r -> r.loadBalancerArn(balancer));
        elb.deleteLoadBalancer(r -> r.loadBalancerArn(balancer));
        elb.deleteTargetGroup(r -> r.targetGroupArn(targets));
        assertTrue(world.aws.leftovers().stream()
                .noneMatch(left ->
                        List.of("listener", "load-balancer", "target-group").contains(left.kind())));
    }

    private void protect(String balancer, String value) {
        elb.modifyLoadBalancerAttributes(r -> r.loadBalancerArn(balancer)
                .attributes(LoadBalancerAttribute.builder()
                        .key("deletion_protection.enabled")
                        .value(value)
                        .build()));
    }

    @Test
    void theAccountHasItsQuotas() {
        world.aws.quota(Quota.APPLICATION_LOAD_BALANCERS, 1);
        create("front");
        assertThrows(TooManyLoadBalancersException.class, () -> create("other"));
    }

    @Test
    void capacityIsReservedInMinutesOrHoursAndLoweredTwiceADay() {
        String balancer = create("front").loadBalancerArn();
        reserve(balancer, 1000);
        assertEquals("CapacityReservationPending", refused(() -> reserve(balancer, 2000)));
        world.advance(Duration.ofHours(4));
        reserve(balancer, 800);
        reserve(balancer, 600);
        assertEquals("CapacityDecreaseRequestLimitExceeded", refused(() -> reserve(balancer, 400)));
        world.advance(Duration.ofDays(1));
        elb.modifyCapacityReservation(r -> r.loadBalancerArn(balancer).resetCapacityReservation(true));
        var shown = elb.describeCapacityReservation(r -> r.loadBalancerArn(balancer));
        assertFalse(shown.hasCapacityReservationState()
                && !shown.capacityReservationState().isEmpty());
        assertEquals(1, shown.decreaseRequestsRemaining());
    }

    private void reserve(String balancer, int units) {
        elb.modifyCapacityReservation(
                r -> r.loadBalancerArn(balancer).minimumLoadBalancerCapacity(c -> c.capacityUnits(units)));
    }

    private static String refused(Runnable call) {
        return assertThrows(AwsServiceException.class, call::run)
                .awsErrorDetails()
                .errorCode();
    }
}
