package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.LimitExceededException;
import software.amazon.awssdk.services.autoscaling.model.NotificationConfiguration;

/** What is set on a group that is there. */
class GroupSettingsTest {
    private static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:operations";

    private final TestWorld world = new TestWorld();
    private final AutoScalingClient client = world.aws.autoScaling();

    @BeforeEach
    void createTheGroup() {
        world.aws.createGroup(world.spec());
    }

    @Test
    void anUpdateChangesWhatItNamesAndKeepsTheRest() {
        client.updateAutoScalingGroup(request -> request.autoScalingGroupName(TestWorld.GROUP)
                .placementGroup("together")
                .context("shop")
                .maxInstanceLifetime(86_400)
                .instanceMaintenancePolicy(
                        policy -> policy.minHealthyPercentage(100).maxHealthyPercentage(110)));
        client.updateAutoScalingGroup(
                request -> request.autoScalingGroupName(TestWorld.GROUP).defaultCooldown(10));
        assertEquals("together", world.group().placementGroup());
        assertEquals("shop", world.group().context());
        assertEquals(86_400, world.group().maxInstanceLifetime());
        assertEquals(10, world.group().defaultCooldown());
        assertEquals(
                "default", world.group().capacityReservationSpecification().capacityReservationPreferenceAsString());
    }

    @Test
    void whatCanBeTakenAwayIsTakenAway() {
        client.updateAutoScalingGroup(request -> request.autoScalingGroupName(TestWorld.GROUP)
                .placementGroup("together")
                .maxInstanceLifetime(86_400)
                .defaultInstanceWarmup(30)
                .instanceMaintenancePolicy(
                        policy -> policy.minHealthyPercentage(100).maxHealthyPercentage(110)));
        client.updateAutoScalingGroup(request -> request.autoScalingGroupName(TestWorld.GROUP)
                .placementGroup("")
                .maxInstanceLifetime(0)
                .defaultInstanceWarmup(-1)
                .instanceMaintenancePolicy(
                        policy -> policy.minHealthyPercentage(-1).maxHealthyPercentage(-1)));
        assertNull(world.group().placementGroup());
        assertNull(world.group().maxInstanceLifetime());
        assertNull(world.group().defaultInstanceWarmup());
        assertNull(world.group().instanceMaintenancePolicy());
    }

    @Test
    void allMetricsAreEnabledWhereNoneIsNamedAndSomeDisabled() {
        client.enableMetricsCollection(
                request -> request.autoScalingGroupName(TestWorld.GROUP).granularity("1Minute"));
        assertEquals(20, world.group().enabledMetrics().size());
        client.disableMetricsCollection(
                request -> request.autoScalingGroupName(TestWorld.GROUP).metrics("GroupMinSize", "GroupMaxSize"));
        assertEquals(18, world.group().enabledMetrics().size());
        client.disableMetricsCollection(request -> request.autoScalingGroupName(TestWorld.GROUP));
        assertTrue(world.group().enabledMetrics().isEmpty());
        assertThrows(
                AutoScalingException.class,
                () -> client.enableMetricsCollection(request -> request.autoScalingGroupName(TestWorld.GROUP)
                        .granularity("1Minute")
                        .metrics("GroupMood")));
    }

    @Test
    void notificationsOfATopicAreOverwrittenAndDeletedTogether() {
        notify("autoscaling:EC2_INSTANCE_LAUNCH", "autoscaling:EC2_INSTANCE_TERMINATE");
        notify("autoscaling:EC2_INSTANCE_LAUNCH_ERROR");
        assertEquals(List.of("autoscaling:EC2_INSTANCE_LAUNCH_ERROR"), notifications());
        assertThrows(AutoScalingException.class, () -> notify("autoscaling:EVERYTHING"));
        client.deleteNotificationConfiguration(
                request -> request.autoScalingGroupName(TestWorld.GROUP).topicARN(TOPIC));
        assertEquals(List.of(), notifications());
    }

    private void notify(String... types) {
        client.putNotificationConfiguration(request ->
                request.autoScalingGroupName(TestWorld.GROUP).topicARN(TOPIC).notificationTypes(types));
    }

    private List<String> notifications() {
        return client
                .describeNotificationConfigurations(request -> request.autoScalingGroupNames(TestWorld.GROUP))
                .notificationConfigurations()
                .stream()
                .map(NotificationConfiguration::notificationType)
                .toList();
    }

    @Test
    void aGroupHasNoMoreThanFiftyHooksAndPolicies() {
        for (int i = 0; i < 50; i++) {
            putHook("hook-" + i);
            putPolicy("policy-" + i);
        }
        putHook("hook-7");
        putPolicy("policy-7");
        assertThrows(LimitExceededException.class, () -> putHook("one more"));
        assertThrows(LimitExceededException.class, () -> putPolicy("one more"));
    }

    private void putHook(String name) {
        client.putLifecycleHook(request -> request.autoScalingGroupName(TestWorld.GROUP)
                .lifecycleHookName(name)
                .lifecycleTransition(LifecycleHooks.LAUNCHING));
    }

    private void putPolicy(String name) {
        client.putScalingPolicy(request -> request.autoScalingGroupName(TestWorld.GROUP)
                .policyName(name)
                .adjustmentType("ChangeInCapacity")
                .scalingAdjustment(1));
    }

    @Test
    void aClassicLoadBalancerDrainsOnDetachmentForAsLongAsItSays() {
        world.aws.createClassicLoadBalancer(
                ClassicLoadBalancerSpec.named("classic").withConnectionDraining(Duration.ofSeconds(100)));
        client.attachLoadBalancers(
                request -> request.autoScalingGroupName(TestWorld.GROUP).loadBalancerNames("classic"));
        world.until(() -> world.aws.watchBalancer("classic").healthy() == 2);
        client.detachLoadBalancers(
                request -> request.autoScalingGroupName(TestWorld.GROUP).loadBalancerNames("classic"));
        assertEquals(0, world.aws.watchBalancer("classic").healthy());
        world.advance(Duration.ofSeconds(99));
        assertEquals("Removing", states().get(0));
        world.advance(Duration.ofSeconds(1));
        assertTrue(states().isEmpty());
        assertEquals(2, world.aws.watch(TestWorld.GROUP).serving());
    }

    private List<String> states() {
        return client
                .describeTrafficSources(request -> request.autoScalingGroupName(TestWorld.GROUP))
                .trafficSources()
                .stream()
                .map(source -> source.state())
                .toList();
    }
}
