package io.jenkins.plugins.amideploy.core.balancer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.group.GroupCopy;
import io.jenkins.plugins.amideploy.core.group.GroupCopy.Front;
import io.jenkins.plugins.amideploy.core.group.GroupParts;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.ClassicLoadBalancerSpec;
import io.jenkins.plugins.amideploy.core.simulator.GroupSpec;
import io.jenkins.plugins.amideploy.core.simulator.TargetGroupSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/** A new group behind the old balancers, and the end of these. */
class OldSideTest {
    /** An old group behind a target group and a Classic Load Balancer, and a new one behind a target group of its own. */
    private static final class Scene {
        final BalancerStage stage = new BalancerStage(29);
        final String image = stage.aws.registerImage("web", "x86_64", Application.healthy());
        final String old = stage.aws.createTargetGroup(TargetGroupSpec.named("web"));
        final String fresh = stage.aws.createTargetGroup(TargetGroupSpec.named("web2"));
        final Front front = new Front(List.of(old), List.of("classic"));

        Scene() {
            stage.aws.createClassicLoadBalancer(ClassicLoadBalancerSpec.named("classic"));
            stage.aws.createGroup(
                    GroupSpec.of("web", image).sizes(1, 2, 4).targetGroup(old).classicLoadBalancer("classic"));
            stage.aws.createGroup(GroupSpec.of("web2", image).sizes(1, 2, 4).targetGroup(fresh));
            stage.begin();
        }

        AutoScalingGroup group(String name) {
            return stage.aws
                    .autoScaling()
                    .describeAutoScalingGroups(r -> r.autoScalingGroupNames(name))
                    .autoScalingGroups()
                    .get(0);
        }

        Optional<Tick> there(TickContext at) {
            return new Bridge(at, front).attach(group("web2"));
        }

        Optional<Tick> back(TickContext at) {
            return new Bridge(at, front).detach(group("web2"));
        }

        Optional<Tick> thereAndBack(TickContext at) {
            if (!at.state().has("there")) {
                Optional<Tick> tick = there(at);
                if (tick.isPresent()) {
                    return tick;
                }
                at.state().put("there", "yes");
                at.save();
            }
            return back(at);
        }

        List<TargetHealthDescription> behindOld() {
            return stage.aws
                    .operator()
                    .elbv2()
                    .describeTargetHealth(r -> r.targetGroupArn(old))
                    .targetHealthDescriptions();
        }
    }

    @Test
    void theNewGroupServesBehindTheOldBalancersUntilItIsTakenAway() {
        Scene scene = new Scene();
        scene.stage.play(scene::there);
        assertEquals(4, scene.behindOld().size());
        assertEquals(
                4,
                scene.stage
                        .aws
                        .operator()
                        .elb()
                        .describeInstanceHealth(r -> r.loadBalancerName("classic"))
                        .instanceStates()
                        .size());
        scene.stage.play(scene::back);
        scene.stage.aws.clock().advance(Duration.ofMinutes(2));
        assertEquals(2, scene.behindOld().size());
        assertEquals(List.of(scene.fresh), scene.group("web2").targetGroupARNs());
        assertEquals(2, scene.stage.aws.watchBalancer(scene.fresh).minimum());
    }

    @TestFactory
    Stream<DynamicTest> theBridgeSurvivesACrashAfterEveryCall() {
        Scene undisturbed = new Scene();
        int from = undisturbed.stage.aws.calls().total() + 1;
        undisturbed.stage.play(undisturbed::thereAndBack);
        return IntStream.rangeClosed(from, undisturbed.stage.aws.calls().total())
                .mapToObj(call -> DynamicTest.dynamicTest("call " + call, () -> {
                    Scene scene = new Scene();
                    scene.stage.aws.faults().crashAfterCall(call);
                    scene.stage.play(scene::thereAndBack);
                    scene.stage.aws.clock().advance(Duration.ofMinutes(2));
                    assertEquals(2, scene.behindOld().size(), scene.stage::story);
                    assertEquals(List.of(scene.fresh), scene.group("web2").targetGroupARNs());
                    assertEquals(List.of(), scene.group("web2").loadBalancerNames());
                }));
    }

    private static void end(Scene scene) {
        scene.stage
                .aws
                .operator()
                .autoScaling()
                .deleteAutoScalingGroup(r -> r.autoScalingGroupName("web").forceDelete(true));
        scene.stage.aws.clock().advance(Duration.ofMinutes(10));
    }

    private static LiveBalancer balancer(Scene scene, String name) {
        return LiveBalancer.named(Rehearsal.session(scene.stage.aws), name).orElseThrow();
    }

    private static Stream<Scene> retired(int call) {
        Scene scene = new Scene();
        end(scene);
        LiveBalancer old = balancer(scene, "web-alb");
        scene.stage
                .aws
                .operator()
                .elbv2()
                .modifyLoadBalancerAttributes(r -> r.loadBalancerArn(old.arn())
                        .attributes(LoadBalancerAttribute.builder()
                                .key("deletion_protection.enabled")
                                .value("true")
                                .build()));
        int from = scene.stage.aws.calls().total();
        if (call > 0) {
            scene.stage.aws.faults().crashAfterCall(from + call);
        }
        scene.stage.play(at -> new BalancerRemoval(at).retire(Optional.of(old), List.of(scene.old)));
        return Stream.of(scene);
    }

    private static void assertOnlyTheOldSideIsGone(Scene scene) {
        assertTrue(
                scene.stage.gone().stream()
                        .anyMatch(gone -> gone.startsWith("load-balancer") && gone.contains("web-alb")),
                scene.stage::story);
        assertTrue(scene.stage.gone().contains("target-group " + scene.old), scene.stage::story);
        assertEquals(
                0,
                scene.stage.gone().stream()
                        .filter(gone -> gone.contains("web2") || gone.contains("classic"))
                        .count(),
                scene.stage::story);
    }

    @Test
    void theOldBalancerGoesWithItsTargetGroupsAlsoWhereItIsProtected() {
        retired(0).forEach(OldSideTest::assertOnlyTheOldSideIsGone);
    }

    @TestFactory
    Stream<DynamicTest> retiringSurvivesACrashAfterEveryCall() {
        return IntStream.rangeClosed(1, 8)
                .mapToObj(call -> DynamicTest.dynamicTest(
                        "call " + call,
                        () -> retired(call).forEach(scene -> {
                            assertEquals(1, scene.stage.crashes, scene.stage::story);
                            assertOnlyTheOldSideIsGone(scene);
                        })));
    }

    @Test
    void aTargetGroupThatOthersUseStays() {
        Scene scene = new Scene();
        scene.stage.play(at -> new BalancerRemoval(at).retire(Optional.empty(), List.of(scene.old, scene.fresh)));
        assertEquals(Set.of(), scene.stage.gone(), scene.stage::story);
        assertTrue(scene.stage.story().contains("Target group web stays: 2 targets"), scene.stage::story);
    }

    @Test
    void aTargetGroupStaysWhereABalancerForwardsToItStill() {
        Scene scene = new Scene();
        end(scene);
        scene.stage.play(at -> new BalancerRemoval(at).retire(Optional.empty(), List.of(scene.old)));
        assertFalse(scene.stage.gone().contains("target-group " + scene.old), scene.stage::story);
        assertTrue(
                scene.stage.story().contains("Target group web stays: load balancer web-alb forwards to it"),
                scene.stage::story);
    }

    @Test
    void aRetiredClassicLoadBalancerGoes() {
        Scene scene = new Scene();
        end(scene);
        LiveBalancer old = balancer(scene, "classic");
        scene.stage.play(at -> new BalancerRemoval(at).retire(Optional.of(old), List.of()));
        assertTrue(scene.stage.gone().contains("load-balancer classic"), scene.stage::story);
    }

    @Test
    void targetGroupsAloneAreCopiedForTheSameBalancer() {
        Scene scene = new Scene();
        scene.stage.play(at -> new TargetGroupCopies(at).make(List.of(scene.old)));
        assertEquals(1, scene.stage.made().size(), scene.stage::story);
        scene.stage.play(at -> new BalancerRemoval(at).copies());
        assertEquals(Set.of(), scene.stage.made(), scene.stage::story);
    }

    @Test
    void securityGroupsThatKeepTheBalancerOutAreNamed() {
        Scene scene = new Scene();
        AwsSession session = Rehearsal.session(scene.stage.aws);
        LiveBalancer old = balancer(scene, "web-alb");
        List<String> instances = List.of(scene.group("web").instances().get(0).instanceId());
        assertEquals(List.of(), new Admission(session).problems(old, List.of(scene.old), instances));

        String other = new Maximal(scene.stage.aws).securityGroup("closed");
        var operator = scene.stage.aws.operator();
        operator.elbv2().setSecurityGroups(r -> r.loadBalancerArn(old.arn()).securityGroups(other));
        scene.stage.aws.clock().advance(Duration.ofMinutes(1));
        LiveBalancer closed = balancer(scene, "web-alb");
        String problem = String.join("\n", new Admission(session).problems(closed, List.of(scene.old), instances));
        assertTrue(problem.contains("lets the load balancer web-alb (" + other + ") in on port 80"), problem);

        operator.ec2()
                .authorizeSecurityGroupIngress(r -> r.groupId("sg-0f000000000000001")
                        .ipPermissions(IpPermission.builder()
                                .ipProtocol("tcp")
                                .fromPort(80)
                                .toPort(80)
                                .userIdGroupPairs(
                                        UserIdGroupPair.builder().groupId(other).build())
                                .build()));
        scene.stage.aws.clock().advance(Duration.ofMinutes(1));
        assertEquals(List.of(), new Admission(session).problems(closed, List.of(scene.old), instances));
    }

    @Test
    void metricsOfTheOldBalancerBecomeThoseOfTheCopy() {
        BalancerTerms terms = BalancerTerms.of(
                "arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/web/11",
                "arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/web-0a/22",
                Map.of(
                        "arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/web/33",
                        "arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/web-0a/44"));
        assertEquals("app/web-0a/22/targetgroup/web-0a/44", terms.of("ResourceLabel", "app/web/11/targetgroup/web/33"));
        assertEquals("app/web-0a/22", terms.of("LoadBalancer", "app/web/11"));
        assertEquals("targetgroup/other/55", terms.of("TargetGroup", "targetgroup/other/55"));
        assertEquals("new", BalancerTerms.ofClassic("old", "new").of("LoadBalancerName", "old"));
    }

    @Test
    void aPolicyThatCountsTheRequestsOfATargetGroupCountsThoseOfTheCopy() {
        Scene scene = new Scene();
        AwsSession session = Rehearsal.session(scene.stage.aws);
        LiveBalancer old = balancer(scene, "web-alb");
        LiveBalancer copy = balancer(scene, "web2-alb");
        BalancerTerms terms = BalancerTerms.of(old.arn(), copy.arn(), Map.of(scene.old, scene.fresh));
        String label = label(old.arn(), scene.old);
        scene.stage
                .aws
                .operator()
                .autoScaling()
                .putScalingPolicy(r -> r.autoScalingGroupName("web")
                        .policyName("requests")
                        .policyType("TargetTrackingScaling")
                        .targetTrackingConfiguration(t -> t.targetValue(100.0)
                                .predefinedMetricSpecification(m -> m.predefinedMetricType("ALBRequestCountPerTarget")
                                        .resourceLabel(label))));
        scene.stage.aws.clock().advance(Duration.ofMinutes(1));

        GroupParts parts = GroupParts.read(session, scene.group("web"));
        new GroupCopy(session, parts, "web2", terms)
                .furnish(
                        new Front(List.of(scene.fresh), List.of()),
                        List.of(),
                        scene.stage.aws.clock().instant());

        assertEquals(
                label(copy.arn(), scene.fresh),
                scene.stage
                        .aws
                        .operator()
                        .autoScaling()
                        .describePolicies(r -> r.autoScalingGroupName("web2"))
                        .scalingPolicies()
                        .get(0)
                        .targetTrackingConfiguration()
                        .predefinedMetricSpecification()
                        .resourceLabel());
    }

    private static String label(String balancer, String targetGroup) {
        return balancer.substring(balancer.indexOf("app/")) + "/"
                + targetGroup.substring(targetGroup.indexOf("targetgroup/"));
    }
}
