package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;
import software.amazon.awssdk.services.elasticloadbalancing.model.InstanceState;
import software.amazon.awssdk.services.elasticloadbalancing.model.InvalidInstanceException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

class BalancerTest {
    private final TestWorld world = new TestWorld();
    private final String targets =
            world.aws.createTargetGroup(TargetGroupSpec.named("web").withDeregistrationDelay(Duration.ofSeconds(60)));

    private static TargetDescription target(String instance) {
        return TargetDescription.builder().id(instance).build();
    }

    private TargetHealth health(String instance) {
        return world.aws
                .elbv2()
                .describeTargetHealth(request -> request.targetGroupArn(targets).targets(target(instance)))
                .targetHealthDescriptions()
                .get(0)
                .targetHealth();
    }

    private InstanceState classicState(String instance) {
        return world.aws
                .elb()
                .describeInstanceHealth(request -> request.loadBalancerName("classic")
                        .instances(software.amazon.awssdk.services.elasticloadbalancing.model.Instance.builder()
                                .instanceId(instance)
                                .build()))
                .instanceStates()
                .get(0);
    }

    private String launched() {
        world.desired(3);
        world.until(() -> world.in(LifecycleState.PENDING).size() == 1);
        String launched = world.in(LifecycleState.PENDING).get(0).instanceId();
        world.until(() -> world.instance(launched).lifecycleState() == LifecycleState.IN_SERVICE);
        return launched;
    }

    @Test
    void aTargetIsHealthyAfterItsFirstPassedCheck() {
        world.aws.createGroup(world.spec().targetGroup(targets));
        String launched = launched();
        assertEquals(TargetHealthStateEnum.INITIAL, health(launched).state());
        world.advance(Duration.ofSeconds(10));
        assertEquals(TargetHealthStateEnum.HEALTHY, health(launched).state());
        assertNull(health(launched).reason());
        assertEquals(3, world.aws.watch(TestWorld.GROUP).serving());
    }

    @Test
    void theHealthOfATargetNamesItsReason() {
        world.aws.createGroup(world.spec());
        world.aws
                .autoScaling()
                .attachLoadBalancerTargetGroups(
                        request -> request.autoScalingGroupName(TestWorld.GROUP).targetGroupARNs(targets));
        String instance = world.first();
        assertEquals(
                TargetHealthReasonEnum.ELB_REGISTRATION_IN_PROGRESS,
                health(instance).reason());
        assertEquals("Target registration is in progress", health(instance).description());
        assertEquals(
                TargetHealthReasonEnum.TARGET_NOT_REGISTERED,
                health("i-00000000000000000").reason());
    }

    @Test
    void aTerminatingInstanceDrainsForTheDeregistrationDelayWhileItsReplacementLaunches() {
        world.aws.createGroup(world.spec().targetGroup(targets));
        String victim = world.first();
        world.terminate(victim, false);
        assertEquals(TargetHealthStateEnum.DRAINING, health(victim).state());
        assertEquals("Target deregistration is in progress", health(victim).description());
        assertEquals(1, world.aws.watch(TestWorld.GROUP).serving());
        assertEquals(
                ScalingActivityStatusCode.WAITING_FOR_ELB_CONNECTION_DRAINING,
                world.activity(activity -> activity.description().equals("Terminating EC2 instance: " + victim))
                        .statusCode());
        world.advance(Duration.ofSeconds(59));
        assertEquals(1, world.in(LifecycleState.PENDING).size());
        assertEquals(TargetHealthStateEnum.DRAINING, health(victim).state());
        world.advance(Duration.ofSeconds(2));
        assertEquals(TargetHealthStateEnum.UNUSED, health(victim).state());
        assertEquals(LifecycleState.TERMINATING, world.instance(victim).lifecycleState());
        world.advance(Duration.ofSeconds(45));
        assertNull(world.instance(victim));
    }

    @Test
    void theReplacementCanBeMadeToWaitForTheDrain() {
        TestWorld waiting = new TestWorld(Behaviour.immediate().withReplacementWaitsForDrain(true));
        String arn = waiting.aws.createTargetGroup(TargetGroupSpec.named("web"));
        waiting.aws.createGroup(waiting.spec().targetGroup(arn));
        waiting.terminate(waiting.first(), false);
        waiting.advance(Duration.ofSeconds(59));
        assertTrue(waiting.in(LifecycleState.PENDING).isEmpty());
        waiting.advance(Duration.ofSeconds(2));
        assertEquals(1, waiting.in(LifecycleState.PENDING).size());
    }

    @Test
    void anInstanceThatNeverServedDoesNotDrain() {
        String never = world.aws.registerImage("never", "x86_64", Application.neverHealthy());
        world.aws.createGroup(
                GroupSpec.of(TestWorld.GROUP, never).sizes(0, 0, 4).targetGroup(targets));
        world.desired(1);
        world.until(() -> world.in(LifecycleState.IN_SERVICE).size() == 1);
        String instance = world.first();
        world.terminate(instance, true);
        assertEquals(TargetHealthStateEnum.UNUSED, health(instance).state());
    }

    @Test
    void anInstanceThatNeverPassesIsReplacedAfterTheGracePeriod() {
        String never = world.aws.registerImage("never", "x86_64", Application.neverHealthy());
        world.aws.createGroup(GroupSpec.of(TestWorld.GROUP, never)
                .sizes(0, 0, 4)
                .targetGroup(targets)
                .healthCheck("ELB", Duration.ofMinutes(3)));
        world.desired(1);
        world.until(() -> world.in(LifecycleState.IN_SERVICE).size() == 1);
        String instance = world.first();
        world.advance(Duration.ofMinutes(2));
        assertEquals(TargetHealthStateEnum.UNHEALTHY, health(instance).state());
        assertEquals("Health checks failed", health(instance).description());
        assertEquals("Healthy", world.instance(instance).healthStatus());
        world.advance(Duration.ofMinutes(2));
        assertTrue(world.activities().stream()
                .anyMatch(activity -> activity.cause().contains("in response to an ELB system health check failure.")));
        assertEquals(TerminationCause.UNHEALTHY, world.aws.terminations().get(0).cause());
    }

    @Test
    void detachingATargetGroupDrainsItsTargetsAndKeepsTheInstances() {
        world.aws.createGroup(world.spec().targetGroup(targets));
        world.aws
                .autoScaling()
                .detachLoadBalancerTargetGroups(
                        request -> request.autoScalingGroupName(TestWorld.GROUP).targetGroupARNs(targets));
        assertTrue(world.group().targetGroupARNs().isEmpty());
        assertEquals("Removing", attachmentState());
        world.advance(Duration.ofSeconds(61));
        assertTrue(attachments().isEmpty());
        assertEquals(2, world.aws.watch(TestWorld.GROUP).serving());
    }

    @Test
    void theStateOfAnAttachmentFollowsItsTargets() {
        world.aws.createGroup(world.spec());
        world.aws
                .autoScaling()
                .attachLoadBalancerTargetGroups(
                        request -> request.autoScalingGroupName(TestWorld.GROUP).targetGroupARNs(targets));
        assertEquals("Added", attachmentState());
        world.advance(Duration.ofSeconds(11));
        assertEquals("InService", attachmentState());
    }

    private List<software.amazon.awssdk.services.autoscaling.model.LoadBalancerTargetGroupState> attachments() {
        return world.aws
                .autoScaling()
                .describeLoadBalancerTargetGroups(request -> request.autoScalingGroupName(TestWorld.GROUP))
                .loadBalancerTargetGroups();
    }

    private String attachmentState() {
        return attachments().get(0).state();
    }

    @Test
    void aTargetGroupShowsItsAttributesAndItsLoadBalancer() {
        var group = world.aws
                .elbv2()
                .describeTargetGroups(request -> request.names("web"))
                .targetGroups()
                .get(0);
        assertEquals(targets, group.targetGroupArn());
        assertTrue(
                world
                        .aws
                        .elbv2()
                        .describeTargetGroupAttributes(request -> request.targetGroupArn(targets))
                        .attributes()
                        .stream()
                        .anyMatch(attribute -> attribute.key().equals("deregistration_delay.timeout_seconds")
                                && attribute.value().equals("60")));
        assertEquals(
                targets,
                world.aws
                        .elbv2()
                        .describeListeners(request ->
                                request.loadBalancerArn(group.loadBalancerArns().get(0)))
                        .listeners()
                        .get(0)
                        .defaultActions()
                        .get(0)
                        .targetGroupArn());
        assertThrows(
                TargetGroupNotFoundException.class,
                () -> world.aws.elbv2().describeTargetHealth(request -> request.targetGroupArn("arn:other")));
    }

    @Test
    void aClassicLoadBalancerTakesAnInstanceAfterTheHealthyThreshold() {
        world.aws.createClassicLoadBalancer(ClassicLoadBalancerSpec.named("classic"));
        world.aws.createGroup(world.spec().classicLoadBalancer("classic"));
        assertEquals("InService", classicState(world.first()).state());
        String launched = launched();
        assertEquals("OutOfService", classicState(launched).state());
        assertEquals("ELB", classicState(launched).reasonCode());
        assertEquals(
                "Instance registration is still in progress.",
                classicState(launched).description());
        world.advance(Duration.ofSeconds(20));
        assertEquals("InService", classicState(launched).state());
    }

    @Test
    void aClassicLoadBalancerDrainsAndForgets() {
        world.aws.createClassicLoadBalancer(ClassicLoadBalancerSpec.named("classic"));
        world.aws.createGroup(world.spec().classicLoadBalancer("classic"));
        String victim = world.first();
        world.terminate(victim, true);
        assertEquals(
                "Instance deregistration currently in progress.",
                classicState(victim).description());
        world.advance(Duration.ofSeconds(61));
        assertThrows(InvalidInstanceException.class, () -> classicState(victim));
        assertFalse(world.aws
                .elb()
                .describeLoadBalancers()
                .loadBalancerDescriptions()
                .get(0)
                .instances()
                .isEmpty());
    }

    @Test
    void servingMeansPassingInEveryBalancer() {
        world.aws.createClassicLoadBalancer(ClassicLoadBalancerSpec.named("classic"));
        world.aws.createGroup(world.spec().classicLoadBalancer("classic").targetGroup(targets));
        String instance = world.first();
        world.aws
                .operator()
                .elbv2()
                .deregisterTargets(request -> request.targetGroupArn(targets).targets(target(instance)));
        assertEquals(1, world.aws.watch(TestWorld.GROUP).serving());
        assertEquals(1, world.aws.watch(TestWorld.GROUP).minimum());
    }
}
