package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;

class HealthReplacementTest {
    private final TestWorld world = new TestWorld();

    private TerminationCause cause() {
        return world.aws.terminations().get(0).cause();
    }

    private boolean told(String cause) {
        return world.activities().stream().anyMatch(activity -> activity.cause().contains(cause));
    }

    private void suspend(String process) {
        world.aws
                .autoScaling()
                .suspendProcesses(
                        request -> request.autoScalingGroupName(TestWorld.GROUP).scalingProcesses(process));
    }

    private void resume(String process) {
        world.aws
                .autoScaling()
                .resumeProcesses(
                        request -> request.autoScalingGroupName(TestWorld.GROUP).scalingProcesses(process));
    }

    @Test
    void aCrashedInstanceIsReplaced() {
        world.aws.createGroup(world.spec());
        String crashed = world.first();
        world.aws.faults().crashInstance(crashed);
        assertEquals(2, world.aws.watch(TestWorld.GROUP).serving());
        world.until(() -> world.instance(crashed) == null);
        assertEquals(TerminationCause.UNHEALTHY, cause());
        assertTrue(told("in response to an EC2 instance status checks failure"));
        assertTrue(told("launched in response to an unhealthy instance needing to be replaced"));
        assertEquals(1, world.aws.watch(TestWorld.GROUP).minimum());
    }

    @Test
    void anImageCanCrashAWhileAfterBoot() {
        String crashing = world.aws.registerImage("crash", "x86_64", Application.crashesAfter(Duration.ofMinutes(20)));
        world.aws.createGroup(
                GroupSpec.of(TestWorld.GROUP, crashing).sizes(0, 0, 4).healthCheck("EC2", Duration.ZERO));
        world.desired(1);
        world.until(() -> world.in(LifecycleState.IN_SERVICE).size() == 1);
        world.advance(Duration.ofMinutes(19));
        assertTrue(world.aws.terminations().isEmpty());
        world.advance(Duration.ofMinutes(2));
        assertEquals(TerminationCause.UNHEALTHY, cause());
    }

    @Test
    void anInstanceThatDiesDuringBootFailsItsLaunch() {
        String dying = world.aws.registerImage("dying", "x86_64", Application.dyingDuringBoot());
        world.aws.createGroup(GroupSpec.of(TestWorld.GROUP, dying).sizes(0, 0, 4));
        world.desired(1);
        world.until(() -> world.activities().stream()
                .anyMatch(activity -> activity.statusCode() == ScalingActivityStatusCode.FAILED));
        assertEquals(TerminationCause.FAILED_LAUNCH, cause());
        assertTrue(world.activity(activity -> activity.statusCode() == ScalingActivityStatusCode.FAILED)
                .statusMessage()
                .startsWith("Instance became unhealthy while waiting for instance to be in InService state."));
    }

    @Test
    void anInstanceThatTheOperatorTerminatesInEc2IsReplaced() {
        world.aws.createGroup(world.spec());
        String killed = world.first();
        world.aws.operator().ec2().terminateInstances(request -> request.instanceIds(killed));
        assertEquals(1, world.aws.watch(TestWorld.GROUP).serving());
        assertEquals(TerminationCause.OPERATOR, cause());
        world.until(() -> world.in(LifecycleState.IN_SERVICE).size() == 2 && world.instance(killed) == null);
        assertTrue(told("EC2 health check indicating it has been terminated or stopped"));
        assertEquals(1, world.aws.terminations().size());
    }

    @Test
    void aSpotInterruptionIsNobodysTermination() {
        world.aws.createGroup(world.spec());
        world.aws.faults().spotInterruption(TestWorld.GROUP);
        assertEquals(TerminationCause.SPOT, cause());
        world.until(() -> world.aws.watch(TestWorld.GROUP).serving() == 2);
    }

    @Test
    void withoutHealthChecksNothingIsFound() {
        world.aws.createGroup(world.spec());
        suspend("HealthCheck");
        String crashed = world.first();
        world.aws.faults().crashInstance(crashed);
        world.advance(Duration.ofMinutes(30));
        assertEquals("Healthy", world.instance(crashed).healthStatus());
        resume("HealthCheck");
        world.until(() -> world.instance(crashed) == null);
    }

    @Test
    void withoutReplaceUnhealthyTheInstanceStaysUnhealthy() {
        world.aws.createGroup(world.spec());
        suspend("ReplaceUnhealthy");
        String crashed = world.first();
        world.aws.faults().crashInstance(crashed);
        world.advance(Duration.ofMinutes(30));
        assertEquals("Unhealthy", world.instance(crashed).healthStatus());
        resume("ReplaceUnhealthy");
        world.until(() -> world.instance(crashed) == null);
    }

    @Test
    void withoutLaunchNothingIsReplaced() {
        world.aws.createGroup(world.spec());
        suspend("Launch");
        world.terminate(world.first(), false);
        world.advance(Duration.ofMinutes(30));
        assertEquals(1, world.instances().size());
        resume("Launch");
        world.until(() -> world.in(LifecycleState.IN_SERVICE).size() == 2);
    }

    @Test
    void withoutTerminateAGroupDoesNotShrink() {
        world.aws.createGroup(world.spec());
        suspend("Terminate");
        world.desired(1);
        world.advance(Duration.ofMinutes(30));
        assertEquals(2, world.instances().size());
    }

    @Test
    void aReportOfPoorHealthRespectsTheGracePeriod() {
        world.aws.createGroup(world.spec().sizes(1, 2, 4));
        world.desired(3);
        world.until(() -> world.in(LifecycleState.IN_SERVICE).size() == 3);
        String young = world.instances().get(2).instanceId();
        world.aws
                .autoScaling()
                .setInstanceHealth(request -> request.instanceId(young).healthStatus("Unhealthy"));
        assertEquals("Healthy", world.instance(young).healthStatus());
        world.aws
                .autoScaling()
                .setInstanceHealth(request ->
                        request.instanceId(young).healthStatus("Unhealthy").shouldRespectGracePeriod(false));
        assertNotNull(world.instance(young));
        assertEquals(LifecycleState.TERMINATING, world.instance(young).lifecycleState());
    }
}
