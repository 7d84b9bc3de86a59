package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.AlreadyExistsException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.LoadBalancerTargetGroupState;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;
import software.amazon.awssdk.services.autoscaling.model.Tag;

/** A second group beside the first one, behind the same balancers. */
class TwoGroupsTest {
    private static final String GREEN = "green";

    private final TestWorld world = new TestWorld();
    private final String targets =
            world.aws.createTargetGroup(TargetGroupSpec.named("web").withDeregistrationDelay(Duration.ofSeconds(90)));

    private void createGreen(TestWorld in, int desired, String... targetGroups) {
        in.aws
                .autoScaling()
                .createAutoScalingGroup(request -> request.autoScalingGroupName(GREEN)
                        .minSize(0)
                        .maxSize(10)
                        .desiredCapacity(desired)
                        .vpcZoneIdentifier(in.group().vpcZoneIdentifier())
                        .targetGroupARNs(targetGroups)
                        .launchTemplate(template -> template.launchTemplateName("web-template")));
    }

    private static void attach(TestWorld in, String group, String arn) {
        in.aws
                .autoScaling()
                .attachLoadBalancerTargetGroups(
                        request -> request.autoScalingGroupName(group).targetGroupARNs(arn));
    }

    private static void detach(TestWorld in, String group, String arn) {
        in.aws
                .autoScaling()
                .detachLoadBalancerTargetGroups(
                        request -> request.autoScalingGroupName(group).targetGroupARNs(arn));
    }

    private static void delete(TestWorld in, String group) {
        in.aws
                .autoScaling()
                .deleteAutoScalingGroup(
                        request -> request.autoScalingGroupName(group).forceDelete(true));
    }

    private static List<String> states(TestWorld in, String group) {
        return in
                .aws
                .operator()
                .autoScaling()
                .describeLoadBalancerTargetGroups(request -> request.autoScalingGroupName(group))
                .loadBalancerTargetGroups()
                .stream()
                .map(LoadBalancerTargetGroupState::state)
                .toList();
    }

    @Test
    void theCapacityBehindABalancerIsThatOfAllItsGroups() {
        world.aws.createGroup(world.spec().sizes(0, 3, 6).targetGroup(targets));
        BalancerWatch watch = world.aws.watchBalancer(targets);
        assertEquals(3, watch.healthy());
        createGreen(world, 3, targets);
        world.until(() -> watch.healthy() == 6);
        detach(world, TestWorld.GROUP, targets);
        assertEquals(3, watch.healthy());
        world.advance(Duration.ofMinutes(5));
        assertEquals(3, watch.minimum());
        assertEquals(6, watch.peak());
    }

    @Test
    void theCapacityFallsTheMomentAGroupIsDeletedByForce() {
        world.aws.createGroup(world.spec().sizes(0, 3, 6).targetGroup(targets));
        createGreen(world, 2, targets);
        BalancerWatch watch = world.aws.watchBalancer(targets);
        world.until(() -> watch.healthy() == 5);
        delete(world, TestWorld.GROUP);
        assertEquals(2, watch.minimum());
        assertEquals(world.aws.clock().instant(), watch.minimumAt());
        assertTrue(world.aws.terminations().stream().allMatch(Termination::served));
    }

    @Test
    void anAttachmentShowsTheStateOfItsOwnGroupsInstances() {
        world.aws.createGroup(world.spec().targetGroup(targets));
        createGreen(world, 1, targets);
        assertEquals(List.of("InService"), states(world, TestWorld.GROUP));
        assertEquals(List.of("Added"), states(world, GREEN));
        world.until(() -> states(world, GREEN).equals(List.of("InService")));
    }

    @Test
    void anAttachmentPassesThroughItsStatesOverTime() {
        TestWorld slow = new TestWorld(Behaviour.immediate().withReconcileDelay(Span.seconds(3, 3)));
        String arn = slow.aws.createTargetGroup(TargetGroupSpec.named("web"));
        slow.aws.createGroup(slow.spec());
        attach(slow, TestWorld.GROUP, arn);
        assertEquals(List.of("Adding"), states(slow, TestWorld.GROUP));
        slow.advance(Duration.ofSeconds(3));
        assertEquals(List.of("Added"), states(slow, TestWorld.GROUP));
        slow.until(() -> states(slow, TestWorld.GROUP).equals(List.of("InService")));
        detach(slow, TestWorld.GROUP, arn);
        assertEquals(List.of("Removing"), states(slow, TestWorld.GROUP));
        slow.advance(Duration.ofSeconds(59));
        assertEquals(List.of("Removing"), states(slow, TestWorld.GROUP));
        slow.advance(Duration.ofSeconds(1));
        assertEquals(List.of("Removed"), states(slow, TestWorld.GROUP));
        slow.advance(Duration.ofSeconds(3));
        assertEquals(List.of(), states(slow, TestWorld.GROUP));
        assertEquals(2, slow.instances().size());
    }

    @Test
    void anAttachmentAndItsRemovalShowAfterTheLag() {
        TestWorld lagging = new TestWorld(Behaviour.immediate().withConsistencyLag(Span.seconds(2, 2)));
        String arn = lagging.aws.createTargetGroup(TargetGroupSpec.named("web"));
        lagging.aws.createGroup(lagging.spec());
        attach(lagging, TestWorld.GROUP, arn);
        assertTrue(seen(lagging).isEmpty());
        assertEquals(1, states(lagging, TestWorld.GROUP).size());
        lagging.advance(Duration.ofSeconds(30));
        assertEquals("InService", seen(lagging).get(0).state());
        detach(lagging, TestWorld.GROUP, arn);
        assertEquals("InService", seen(lagging).get(0).state());
        lagging.advance(Duration.ofSeconds(2));
        assertEquals("Removing", seen(lagging).get(0).state());
    }

    private static List<LoadBalancerTargetGroupState> seen(TestWorld in) {
        return in.aws
                .autoScaling()
                .describeLoadBalancerTargetGroups(request -> request.autoScalingGroupName(TestWorld.GROUP))
                .loadBalancerTargetGroups();
    }

    @Test
    void detachingWhatIsBeingDetachedIsRefused() {
        world.aws.createGroup(world.spec().targetGroup(targets));
        detach(world, TestWorld.GROUP, targets);
        assertThrows(AutoScalingException.class, () -> detach(world, TestWorld.GROUP, targets));
    }

    @Test
    void aGroupThatIsBeingDeletedKeepsItsNameAndRefusesChanges() {
        world.aws.createGroup(world.spec());
        createGreen(world, 2);
        world.until(() -> world.aws.watch(GREEN).serving() == 2);
        delete(world, GREEN);
        AlreadyExistsException taken = assertThrows(AlreadyExistsException.class, () -> createGreen(world, 1));
        assertTrue(taken.getMessage().contains("is pending delete"), taken::getMessage);
        assertThrows(AutoScalingException.class, () -> attach(world, GREEN, targets));
        world.until(() -> !world.aws.exists(GREEN));
        createGreen(world, 1);
        world.until(() -> world.aws.watch(GREEN).serving() == 1);
    }

    @Test
    void anEmptyGroupNeedsAWhileToBeDeleted() {
        TestWorld slow = new TestWorld(Behaviour.immediate().withReconcileDelay(Span.seconds(3, 3)));
        slow.aws.createGroup(slow.spec().sizes(0, 0, 4));
        slow.aws.autoScaling().deleteAutoScalingGroup(request -> request.autoScalingGroupName(TestWorld.GROUP));
        assertEquals("Delete in progress", slow.group().status());
        slow.advance(Duration.ofSeconds(3));
        assertFalse(slow.aws.exists(TestWorld.GROUP));
    }

    @Test
    void aNewGroupIsNotSeenAtOnce() {
        TestWorld lagging = new TestWorld(Behaviour.immediate().withConsistencyLag(Span.seconds(2, 2)));
        lagging.aws.createGroup(lagging.spec());
        createGreen(lagging, 1);
        assertTrue(lagging.aws
                .autoScaling()
                .describeAutoScalingGroups(request -> request.autoScalingGroupNames(GREEN))
                .autoScalingGroups()
                .isEmpty());
        lagging.advance(Duration.ofSeconds(2));
        assertEquals(
                1,
                lagging.aws
                        .autoScaling()
                        .describeAutoScalingGroups(request -> request.autoScalingGroupNames(GREEN))
                        .autoScalingGroups()
                        .size());
    }

    @Test
    void aLoadBalancerWithAllItsTargetsTakesNoMore() {
        world.aws.quota(Quota.TARGETS_PER_LOAD_BALANCER, 3);
        world.aws.createGroup(world.spec().targetGroup(targets));
        createGreen(world, 2, targets);
        world.until(() -> greenActivity(ScalingActivityStatusCode.FAILED).contains("limit on the number of targets"));
        assertEquals(3, world.aws.watchBalancer(targets).peak() + pendingTargets());
    }

    private long pendingTargets() {
        return world.aws
                        .elbv2()
                        .describeTargetHealth(request -> request.targetGroupArn(targets))
                        .targetHealthDescriptions()
                        .size()
                - world.aws.watchBalancer(targets).healthy();
    }

    @Test
    void launchesBeyondTheInstanceQuotaFailInTheWordsOfAws() {
        world.aws.quota(Quota.VCPUS, 6);
        world.aws.createGroup(world.spec());
        createGreen(world, 2);
        world.until(() -> greenActivity(ScalingActivityStatusCode.FAILED)
                .startsWith("You have requested more vCPU capacity than your current vCPU limit of 6 allows"));
        world.advance(Duration.ofMinutes(10));
        assertEquals(1, world.aws.watch(GREEN).serving());
        delete(world, TestWorld.GROUP);
        world.until(() -> world.aws.watch(GREEN).serving() == 2);
    }

    private String greenActivity(ScalingActivityStatusCode status) {
        return world
                .aws
                .operator()
                .autoScaling()
                .describeScalingActivities(request -> request.autoScalingGroupName(GREEN))
                .activities()
                .stream()
                .filter(activity -> activity.statusCode() == status)
                .map(activity -> activity.statusMessage())
                .findFirst()
                .orElse("");
    }

    @Test
    void noMoreGroupsThanTheAccountMayHave() {
        world.aws.createGroup(world.spec());
        world.aws.quota(Quota.AUTO_SCALING_GROUPS, 1);
        AutoScalingException refusal = assertThrows(AutoScalingException.class, () -> createGreen(world, 1));
        assertEquals("LimitExceeded", refusal.awsErrorDetails().errorCode());
        assertEquals(1, world.aws.autoScaling().describeAccountLimits().maxNumberOfAutoScalingGroups());
    }

    @Test
    void theTagsThatAwsReservesCannotBeCopied() {
        world.aws.createGroup(world.spec().tag("aws:cloudformation:stack-name", "shop"));
        assertEquals(
                "aws:cloudformation:stack-name", world.group().tags().get(0).key());
        AutoScalingException refusal = assertThrows(
                AutoScalingException.class,
                () -> world.aws
                        .autoScaling()
                        .createAutoScalingGroup(request -> request.autoScalingGroupName(GREEN)
                                .minSize(0)
                                .maxSize(1)
                                .vpcZoneIdentifier(world.group().vpcZoneIdentifier())
                                .launchTemplate(template -> template.launchTemplateName("web-template"))
                                .tags(Tag.builder()
                                        .key("aws:cloudformation:stack-name")
                                        .value("shop")
                                        .build())));
        assertTrue(refusal.getMessage().contains("reserved for internal use"), refusal::getMessage);
        assertFalse(world.aws.exists(GREEN));
    }

    @Test
    void hooksAndWarmPoolsShowAfterTheLag() {
        TestWorld lagging = new TestWorld(Behaviour.immediate().withConsistencyLag(Span.seconds(2, 2)));
        lagging.aws.createGroup(lagging.spec());
        var client = lagging.aws.autoScaling();
        client.putLifecycleHook(request -> request.autoScalingGroupName(TestWorld.GROUP)
                .lifecycleHookName("bootstrap")
                .lifecycleTransition(LifecycleHooks.LAUNCHING));
        client.putWarmPool(
                request -> request.autoScalingGroupName(TestWorld.GROUP).minSize(1));
        assertEquals("0 hooks, pool null", hooksAndPool(lagging));
        lagging.advance(Duration.ofSeconds(2));
        assertEquals("1 hooks, pool 1", hooksAndPool(lagging));
        client.putWarmPool(
                request -> request.autoScalingGroupName(TestWorld.GROUP).minSize(2));
        client.deleteLifecycleHook(
                request -> request.autoScalingGroupName(TestWorld.GROUP).lifecycleHookName("bootstrap"));
        assertEquals("1 hooks, pool 1", hooksAndPool(lagging));
        lagging.advance(Duration.ofSeconds(2));
        assertEquals("0 hooks, pool 2", hooksAndPool(lagging));
    }

    private static String hooksAndPool(TestWorld in) {
        var client = in.aws.autoScaling();
        var pool = client.describeWarmPool(request -> request.autoScalingGroupName(TestWorld.GROUP))
                .warmPoolConfiguration();
        int hooks = client.describeLifecycleHooks(request -> request.autoScalingGroupName(TestWorld.GROUP))
                .lifecycleHooks()
                .size();
        return hooks + " hooks, pool " + (pool == null ? null : pool.minSize());
    }
}
