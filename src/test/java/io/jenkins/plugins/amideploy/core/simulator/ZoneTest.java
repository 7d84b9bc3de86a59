package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;

class ZoneTest {
    private static final String A = "eu-west-1a";
    private static final String B = "eu-west-1b";

    private final TestWorld world = new TestWorld();

    private Map<String, Long> spread() {
        return world.in(LifecycleState.IN_SERVICE).stream()
                .collect(Collectors.groupingBy(Instance::availabilityZone, Collectors.counting()));
    }

    private List<String> inZone(String zone) {
        return world.instances().stream()
                .filter(instance -> instance.availabilityZone().equals(zone))
                .map(Instance::instanceId)
                .toList();
    }

    private void emptyZoneA() {
        inZone(A).forEach(id -> world.terminate(id, true));
        world.until(() -> inZone(A).isEmpty());
    }

    @Test
    void anUnevenGroupIsRebalancedLaunchingFirst() {
        world.aws.createGroup(world.spec().sizes(0, 6, 6).zones(A, B));
        emptyZoneA();
        world.desired(3);
        world.until(() -> Map.of(A, 1L, B, 2L).equals(spread()));
        assertEquals(3, world.aws.watch(TestWorld.GROUP).minimum());
        assertTrue(world.aws.terminations().stream()
                .anyMatch(termination -> termination.cause() == TerminationCause.REBALANCE));
        assertTrue(world.activities().stream()
                .anyMatch(activity -> activity.cause().contains("resulting in more than desired number")));
    }

    @Test
    void aSuspendedRebalanceLeavesTheGroupUneven() {
        world.aws.createGroup(world.spec().sizes(0, 6, 6).zones(A, B));
        world.aws
                .autoScaling()
                .suspendProcesses(
                        request -> request.autoScalingGroupName(TestWorld.GROUP).scalingProcesses("AZRebalance"));
        emptyZoneA();
        world.advance(Duration.ofHours(1));
        assertEquals(Map.of(B, 3L), spread());
    }

    @Test
    void aRebalanceCanBeForcedOnAnEvenGroup() {
        world.aws.createGroup(world.spec().sizes(2, 20, 20).zones(A, B));
        world.aws.faults().rebalance(TestWorld.GROUP);
        world.until(() -> world.instances().size() == 22);
        world.until(() -> world.instances().size() == 20);
        assertEquals(20, world.aws.watch(TestWorld.GROUP).minimum());
    }

    @Test
    void whereAZoneHasNoCapacityTheOtherOneIsUsed() {
        world.aws.createGroup(world.spec().sizes(0, 2, 9).zones(A, B));
        world.aws.faults().noCapacity(A, SimulatedClock.START, Duration.ofHours(1));
        world.desired(6);
        world.until(() -> world.aws.watch(TestWorld.GROUP).serving() == 6);
        assertEquals(Map.of(A, 1L, B, 5L), spread());
        String message = world.activity(activity -> activity.statusCode() == ScalingActivityStatusCode.FAILED)
                .statusMessage();
        assertTrue(message.startsWith("We currently do not have sufficient t3.small capacity in the Availability Zone"
                + " you requested (eu-west-1a)."));
    }

    @Test
    void theGroupEvensOutWhenTheZoneHasCapacityAgain() {
        world.aws.createGroup(world.spec().sizes(0, 2, 9).zones(A, B));
        world.aws.faults().noCapacity(A, SimulatedClock.START, Duration.ofMinutes(20));
        world.desired(6);
        world.until(() -> Map.of(A, 3L, B, 3L).equals(spread()));
        assertTrue(world.aws.clock().instant().isAfter(SimulatedClock.START.plus(Duration.ofMinutes(20))));
    }

    @Test
    void instancesOfARemovedZoneAreMoved() {
        world.aws.createGroup(world.spec().sizes(0, 4, 9).zones(A, B));
        world.aws
                .autoScaling()
                .updateAutoScalingGroup(
                        request -> request.autoScalingGroupName(TestWorld.GROUP).availabilityZones(A));
        world.until(() -> Map.of(A, 4L).equals(spread()));
        assertEquals(4, world.aws.watch(TestWorld.GROUP).minimum());
    }

    @Test
    void withoutTerminateARebalanceLeavesTheGroupTooLarge() {
        world.aws.createGroup(world.spec().sizes(2, 20, 20).zones(A, B));
        world.aws
                .autoScaling()
                .suspendProcesses(
                        request -> request.autoScalingGroupName(TestWorld.GROUP).scalingProcesses("Terminate"));
        world.aws.faults().rebalance(TestWorld.GROUP);
        world.advance(Duration.ofMinutes(30));
        assertEquals(22, world.in(LifecycleState.IN_SERVICE).size());
        world.aws
                .autoScaling()
                .resumeProcesses(
                        request -> request.autoScalingGroupName(TestWorld.GROUP).scalingProcesses("Terminate"));
        world.until(() -> world.instances().size() == 20);
        assertEquals(TerminationCause.REBALANCE, world.aws.terminations().get(0).cause());
    }
}
