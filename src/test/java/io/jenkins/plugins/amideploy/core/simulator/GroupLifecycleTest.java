package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AlreadyExistsException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.ResourceInUseException;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityInProgressException;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;

class GroupLifecycleTest {
    private final TestWorld world = new TestWorld();

    @Test
    void aGroupBeginsAtItsSizeWithEverythingInServiceAndSettled() {
        String targets = world.aws.createTargetGroup(TargetGroupSpec.named("web"));
        world.aws.createGroup(world.spec().sizes(1, 5, 9).zones(TestWorld.ZONES).targetGroup(targets));
        world.advance(Duration.ofHours(1));
        assertEquals(5, world.in(LifecycleState.IN_SERVICE).size());
        assertEquals(5, world.aws.watch(TestWorld.GROUP).serving());
        assertEquals(5, world.aws.watch(TestWorld.GROUP).minimum());
        assertTrue(world.activities().isEmpty());
    }

    @Test
    void terminatingWithoutDecrementLaunchesAReplacementAtOnce() {
        world.aws.createGroup(world.spec().sizes(2, 4, 8));
        String victim = world.first();
        world.terminate(victim, false);
        world.advance(Duration.ofSeconds(1));
        assertEquals(LifecycleState.TERMINATING, world.instance(victim).lifecycleState());
        assertEquals(1, world.in(LifecycleState.PENDING).size());
        world.until(() -> world.in(LifecycleState.IN_SERVICE).size() == 4);
        assertNull(world.instance(victim));
        assertEquals(TerminationCause.CALLER, world.aws.terminations().get(0).cause());
    }

    @Test
    void terminatingWithDecrementLaunchesNothing() {
        world.aws.createGroup(world.spec().sizes(2, 4, 8));
        world.terminate(world.first(), true);
        world.advance(Duration.ofMinutes(10));
        assertEquals(3, world.group().desiredCapacity());
        assertEquals(3, world.instances().size());
    }

    @Test
    void decrementingBelowTheMinimumIsRefused() {
        world.aws.createGroup(world.spec().sizes(4, 4, 8));
        String victim = world.first();
        AutoScalingException refusal = assertThrows(AutoScalingException.class, () -> world.terminate(victim, true));
        assertEquals("ValidationError", refusal.awsErrorDetails().errorCode());
        assertTrue(refusal.getMessage().startsWith("Currently, desiredSize equals minSize (4)."));
        assertEquals(4, world.in(LifecycleState.IN_SERVICE).size());
    }

    @Test
    void aSecondTerminationOfAnInstanceIsRefused() {
        String targets = world.aws.createTargetGroup(TargetGroupSpec.named("web"));
        world.aws.createGroup(world.spec().targetGroup(targets));
        String victim = world.first();
        world.terminate(victim, false);
        assertThrows(ScalingActivityInProgressException.class, () -> world.terminate(victim, false));
    }

    @Test
    void aReplacementIsLaunchedFromTheNewVersionAndShowsItsNumber() {
        world.aws.createGroup(world.spec());
        world.pointAtV2();
        String victim = world.first();
        world.terminate(victim, false);
        world.until(() -> world.instance(victim) == null);
        Map<String, Long> versions = world.instances().stream()
                .collect(Collectors.groupingBy(
                        instance -> instance.launchTemplate().version(), Collectors.counting()));
        assertEquals(Map.of("1", 1L, "2", 1L), versions);
    }

    @Test
    void desiredCapacityBeyondTheBoundsIsRefusedInTheWordsOfAws() {
        world.aws.createGroup(world.spec().sizes(2, 4, 10));
        AutoScalingException update = assertThrows(
                AutoScalingException.class,
                () -> world.aws
                        .autoScaling()
                        .updateAutoScalingGroup(request ->
                                request.autoScalingGroupName(TestWorld.GROUP).desiredCapacity(12)));
        assertTrue(update.getMessage()
                .startsWith("Desired capacity:12 must be between the specified min size:2 and max size:10"));
        AutoScalingException set = assertThrows(AutoScalingException.class, () -> world.desired(12));
        assertTrue(set.getMessage().startsWith("New SetDesiredCapacity value 12 is above max value 10"));
    }

    @Test
    void raisingTheMinimumRaisesTheDesiredCapacity() {
        world.aws.createGroup(world.spec().sizes(1, 2, 10));
        world.aws
                .autoScaling()
                .updateAutoScalingGroup(
                        request -> request.autoScalingGroupName(TestWorld.GROUP).minSize(5));
        assertEquals(5, world.group().desiredCapacity());
    }

    @Test
    void launchesGoToTheZoneWithTheFewestInstances() {
        world.aws.createGroup(world.spec().sizes(1, 2, 10).zones(TestWorld.ZONES));
        world.desired(9);
        world.until(() -> world.in(LifecycleState.IN_SERVICE).size() == 9);
        Map<String, Long> spread = world.instances().stream()
                .collect(Collectors.groupingBy(Instance::availabilityZone, Collectors.counting()));
        assertEquals(Map.of("eu-west-1a", 3L, "eu-west-1b", 3L, "eu-west-1c", 3L), spread);
    }

    @Test
    void activitiesAreNewestFirstAndTellTheirCause() {
        world.aws.createGroup(world.spec().sizes(1, 2, 10));
        world.desired(3);
        world.until(() -> world.in(LifecycleState.IN_SERVICE).size() == 3);
        world.desired(2);
        world.until(() -> world.instances().size() == 2);
        List<Activity> activities = world.activities();
        assertEquals(2, activities.size());
        assertTrue(activities.get(0).description().startsWith("Terminating EC2 instance: i-"));
        assertTrue(activities.get(0).cause().contains("shrinking the capacity from 3 to 2"));
        assertEquals(ScalingActivityStatusCode.SUCCESSFUL, activities.get(1).statusCode());
        assertTrue(activities.get(1).cause().contains("changing the desired capacity from 2 to 3"));
        assertEquals(TerminationCause.SCALE_IN, world.aws.terminations().get(0).cause());
    }

    @Test
    void aGroupInUseIsDeletedByForceOnly() {
        world.aws.createGroup(world.spec());
        assertThrows(
                ResourceInUseException.class,
                () -> world.aws
                        .autoScaling()
                        .deleteAutoScalingGroup(request -> request.autoScalingGroupName(TestWorld.GROUP)));
        world.aws
                .autoScaling()
                .deleteAutoScalingGroup(
                        request -> request.autoScalingGroupName(TestWorld.GROUP).forceDelete(true));
        assertEquals("Delete in progress", world.group().status());
        world.until(() -> world.aws.leftovers().stream()
                .noneMatch(left ->
                        left.kind().equals("auto-scaling-group") || left.kind().equals("instance")));
    }

    @Test
    void aGroupThatIsCreatedLaunchesItsInstances() {
        world.aws.createGroup(world.spec());
        world.aws
                .autoScaling()
                .createAutoScalingGroup(request -> request.autoScalingGroupName("green")
                        .minSize(0)
                        .maxSize(5)
                        .desiredCapacity(3)
                        .vpcZoneIdentifier(world.group().vpcZoneIdentifier())
                        .launchTemplate(template -> template.launchTemplateName("web-template")));
        world.until(() -> world.aws.watch("green").serving() == 3);
        assertThrows(
                AlreadyExistsException.class,
                () -> world.aws
                        .autoScaling()
                        .createAutoScalingGroup(request ->
                                request.autoScalingGroupName("green").minSize(0).maxSize(1)));
    }

    @Test
    void bootTimesDoNotDependOnAnythingButTheLaunch() {
        world.aws.createGroup(world.spec().sizes(1, 2, 10));
        world.desired(3);
        world.until(() -> world.in(LifecycleState.PENDING).size() == 1);
        Duration boot = world.aws.bootDraw(TestWorld.GROUP, 0);
        world.advance(boot.minusSeconds(2));
        assertEquals(1, world.in(LifecycleState.PENDING).size());
        world.advance(Duration.ofSeconds(2));
        assertEquals(3, world.in(LifecycleState.IN_SERVICE).size());
    }

    @Test
    void anInstanceWhoseLaunchHasNotEndedCannotBeNamedForTermination() {
        world.aws.createGroup(world.spec());
        world.desired(3);
        world.until(() -> world.in(LifecycleState.PENDING).size() == 1);
        String pending = world.in(LifecycleState.PENDING).get(0).instanceId();
        ScalingActivityInProgressException refusal =
                assertThrows(ScalingActivityInProgressException.class, () -> world.terminate(pending, true));
        assertEquals("ScalingActivityInProgress", refusal.awsErrorDetails().errorCode());
        TestWorld lenient = new TestWorld(Behaviour.immediate().withPendingCanBeTerminated(true));
        lenient.aws.createGroup(lenient.spec());
        lenient.desired(3);
        lenient.until(() -> lenient.in(LifecycleState.PENDING).size() == 1);
        lenient.terminate(lenient.in(LifecycleState.PENDING).get(0).instanceId(), true);
        lenient.until(() -> lenient.instances().size() == 2);
    }
}
