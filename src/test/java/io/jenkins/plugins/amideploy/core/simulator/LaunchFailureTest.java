package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;

class LaunchFailureTest {
    private final TestWorld world = new TestWorld();

    private List<Activity> failures() {
        return world.activities().stream()
                .filter(activity -> activity.statusCode() == ScalingActivityStatusCode.FAILED)
                .toList();
    }

    @Test
    void failedLaunchesAreRetriedWithGrowingWaits() {
        world.aws.createGroup(world.spec());
        world.aws.faults().failLaunches(TestWorld.GROUP, 3, "Your quota allows for 0 more running instance(s).");
        world.desired(3);
        world.until(() -> world.aws.watch(TestWorld.GROUP).serving() == 3);
        List<Activity> failures = failures();
        assertEquals(3, failures.size());
        assertEquals(
                "Your quota allows for 0 more running instance(s). Launching EC2 instance failed.",
                failures.get(0).statusMessage());
        Duration first =
                Duration.between(failures.get(2).startTime(), failures.get(1).startTime());
        Duration second =
                Duration.between(failures.get(1).startTime(), failures.get(0).startTime());
        assertEquals(first.multipliedBy(2), second);
    }

    @Test
    void aDeregisteredImageFailsEveryLaunch() {
        world.aws.createGroup(world.spec());
        world.aws.faults().deregister(world.v1);
        world.desired(3);
        world.advance(Duration.ofSeconds(20));
        assertEquals(
                "The image id '[" + world.v1 + "]' does not exist. Launching EC2 instance failed.",
                failures().get(0).statusMessage());
    }

    @Test
    void aTemplateOfAMissingImageIsRefused() {
        world.aws.createGroup(world.spec());
        world.aws.faults().deregister(world.v2);
        AutoScalingException refusal = assertThrows(AutoScalingException.class, world::pointAtV2);
        assertTrue(refusal.getMessage()
                .startsWith("You must use a valid fully-formed launch template. The image id '[" + world.v2));
    }

    @Test
    void withoutCapacityAnywhereNothingLaunchesUntilThereIs() {
        world.aws.createGroup(world.spec().zones(TestWorld.ZONES));
        world.aws.faults().noCapacity(null, SimulatedClock.START, Duration.ofMinutes(30));
        world.desired(4);
        world.advance(Duration.ofMinutes(29));
        assertEquals(2, world.instances().size());
        assertTrue(failures().size() >= 9);
        world.until(() -> world.aws.watch(TestWorld.GROUP).serving() == 4);
    }

    @Test
    void anUpdateOfTheGroupEndsTheWaitForARetry() {
        world.aws.createGroup(world.spec());
        world.aws.faults().failLaunches(TestWorld.GROUP, 6, "No.");
        world.desired(3);
        world.advance(Duration.ofMinutes(5));
        int before = failures().size();
        world.desired(4);
        world.advance(Duration.ofSeconds(1));
        assertEquals(before + 1, failures().size());
    }
}
