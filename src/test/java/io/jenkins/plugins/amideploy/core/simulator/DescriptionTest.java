package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefreshStatus;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.ImageState;

class DescriptionTest {
    private final TestWorld world = new TestWorld();

    private ImageState imageState(String id) {
        return world.aws
                .ec2()
                .describeImages(request -> request.imageIds(id))
                .images()
                .get(0)
                .state();
    }

    @Test
    void imagesShowTheirState() {
        assertEquals(ImageState.AVAILABLE, imageState(world.v1));
        world.aws.imageState(world.v1, ImageState.PENDING);
        assertEquals(ImageState.PENDING, imageState(world.v1));
        Ec2Exception missing = assertThrows(Ec2Exception.class, () -> imageState("ami-00000000000000000"));
        assertEquals("InvalidAMIID.NotFound", missing.awsErrorDetails().errorCode());
        assertTrue(missing.getMessage().startsWith("The image id '[ami-00000000000000000]' does not exist"));
        assertEquals(
                "InvalidAMIID.Malformed",
                assertThrows(Ec2Exception.class, () -> imageState("web"))
                        .awsErrorDetails()
                        .errorCode());
    }

    @Test
    void aDeregisteredImageIsShownAWhileLeftOutWhileUsedAndThenAnError() {
        world.aws.createGroup(world.spec());
        world.aws.ec2().deregisterImage(request -> request.imageId(world.v1));
        world.aws.ec2().deregisterImage(request -> request.imageId(world.v2));
        assertEquals(ImageState.DEREGISTERED, imageState(world.v1));
        world.advance(Duration.ofMinutes(2));
        assertTrue(world.aws
                .ec2()
                .describeImages(request -> request.imageIds(world.v1))
                .images()
                .isEmpty());
        assertThrows(Ec2Exception.class, () -> imageState(world.v2));
    }

    @Test
    void instanceTypesTellTheirArchitectures() {
        var types = world.aws
                .ec2()
                .describeInstanceTypes(request -> request.instanceTypesWithStrings("t4g.small", "m5.large"))
                .instanceTypes();
        assertEquals(
                "[arm64]",
                types.get(0).processorInfo().supportedArchitecturesAsStrings().toString());
        assertEquals(
                "[x86_64]",
                types.get(1).processorInfo().supportedArchitecturesAsStrings().toString());
    }

    @Test
    void alarmsAreFoundByName() {
        world.aws.faults().alarm("errors", StateValue.OK, "fine");
        world.aws
                .faults()
                .at(
                        SimulatedClock.START.plusSeconds(60),
                        () -> world.aws.faults().alarm("errors", StateValue.ALARM, "Threshold Crossed"));
        assertEquals(StateValue.OK, alarm());
        world.advance(Duration.ofSeconds(60));
        assertEquals(StateValue.ALARM, alarm());
    }

    private StateValue alarm() {
        return world.aws
                .cloudWatch()
                .describeAlarms(request -> request.alarmNames("errors", "other"))
                .metricAlarms()
                .get(0)
                .stateValue();
    }

    @Test
    void policiesRefreshesAndTheEmptyWarmPoolAreDescribed() {
        world.aws.createGroup(world.spec().targetTrackingPolicy("cpu50"));
        world.aws.faults().instanceRefresh(TestWorld.GROUP, InstanceRefreshStatus.IN_PROGRESS);
        var client = world.aws.autoScaling();
        assertEquals(
                "cpu50",
                client.describePolicies(request -> request.autoScalingGroupName(TestWorld.GROUP))
                        .scalingPolicies()
                        .get(0)
                        .policyName());
        assertEquals(
                InstanceRefreshStatus.IN_PROGRESS,
                client.describeInstanceRefreshes(request -> request.autoScalingGroupName(TestWorld.GROUP))
                        .instanceRefreshes()
                        .get(0)
                        .status());
        assertTrue(client.describeWarmPool(request -> request.autoScalingGroupName(TestWorld.GROUP))
                .instances()
                .isEmpty());
        assertEquals(500, client.describeAccountLimits().maxNumberOfAutoScalingGroups());
    }

    @Test
    void aScalingPolicyStaysWithinTheBoundsAndCanBeSuspended() {
        world.aws.createGroup(world.spec().sizes(1, 2, 4));
        world.aws.faults().scale(TestWorld.GROUP, "cpu50", 5);
        assertEquals(4, world.group().desiredCapacity());
        world.until(() -> world.aws.watch(TestWorld.GROUP).serving() == 4);
        assertTrue(world.activities().get(0).cause().contains("triggered policy cpu50 changing the desired capacity"));
        world.aws
                .autoScaling()
                .suspendProcesses(
                        request -> request.autoScalingGroupName(TestWorld.GROUP).scalingProcesses("AlarmNotification"));
        world.aws.faults().scale(TestWorld.GROUP, "cpu50", -2);
        assertEquals(4, world.group().desiredCapacity());
    }

    @Test
    void aScheduledActionSetsAllSizes() {
        world.aws.createGroup(world.spec().sizes(1, 2, 4));
        world.aws.faults().scheduledAction(TestWorld.GROUP, 3, 9, 5);
        assertEquals(3, world.group().minSize());
        world.until(() -> world.aws.watch(TestWorld.GROUP).serving() == 5);
    }
}
