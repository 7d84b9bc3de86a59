package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;

class StandbyTest {
    private final TestWorld world = new TestWorld();

    private void enter(String instance, boolean decrement) {
        world.aws
                .autoScaling()
                .enterStandby(request -> request.autoScalingGroupName(TestWorld.GROUP)
                        .instanceIds(instance)
                        .shouldDecrementDesiredCapacity(decrement));
    }

    private void exit(String instance) {
        world.aws
                .autoScaling()
                .exitStandby(
                        request -> request.autoScalingGroupName(TestWorld.GROUP).instanceIds(instance));
    }

    @Test
    void standbyWithDecrementTakesAnInstanceOutOfServiceAndBack() {
        world.aws.createGroup(world.spec());
        String instance = world.first();
        enter(instance, true);
        assertEquals(LifecycleState.STANDBY, world.instance(instance).lifecycleState());
        assertEquals(1, world.group().desiredCapacity());
        assertEquals(1, world.aws.watch(TestWorld.GROUP).serving());
        exit(instance);
        assertEquals(2, world.aws.watch(TestWorld.GROUP).serving());
        assertEquals(2, world.group().desiredCapacity());
    }

    @Test
    void standbyWithoutDecrementLaunchesAReplacement() {
        world.aws.createGroup(world.spec().sizes(1, 2, 2));
        String instance = world.first();
        enter(instance, false);
        world.until(() -> world.aws.watch(TestWorld.GROUP).serving() == 2);
        AutoScalingException refusal = assertThrows(AutoScalingException.class, () -> exit(instance));
        assertTrue(refusal.getMessage().contains("max-size=2"));
    }

    @Test
    void standbyBelowTheMinimumIsRefused() {
        world.aws.createGroup(world.spec().sizes(2, 2, 4));
        String instance = world.first();
        assertThrows(AutoScalingException.class, () -> enter(instance, true));
    }

    @Test
    void aDetachedInstanceRunsOnOutsideTheGroup() {
        world.aws.createGroup(world.spec());
        String instance = world.first();
        world.aws
                .autoScaling()
                .detachInstances(request -> request.autoScalingGroupName(TestWorld.GROUP)
                        .instanceIds(instance)
                        .shouldDecrementDesiredCapacity(true));
        assertNull(world.instance(instance));
        assertEquals(
                "running",
                world.aws
                        .ec2()
                        .describeInstances(request -> request.instanceIds(instance))
                        .reservations()
                        .get(0)
                        .instances()
                        .get(0)
                        .state()
                        .nameAsString());
        assertEquals(TerminationCause.CALLER, world.aws.terminations().get(0).cause());
    }
}
