package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;

class LifecycleHookTest {
    private final TestWorld world = new TestWorld();

    private String launch() {
        world.desired(3);
        world.until(() -> world.instances().size() == 3);
        return world.instances().get(2).instanceId();
    }

    private LifecycleState state(String instance) {
        return world.instance(instance).lifecycleState();
    }

    private void complete(String instance, String hook, String result) {
        world.aws
                .autoScaling()
                .completeLifecycleAction(request -> request.autoScalingGroupName(TestWorld.GROUP)
                        .lifecycleHookName(hook)
                        .instanceId(instance)
                        .lifecycleActionResult(result));
    }

    @Test
    void aLaunchingInstanceWaitsUntilTheActionIsCompleted() {
        world.aws.createGroup(
                world.spec().hook(HookSpec.launching("bootstrap", null).neverAnswered()));
        String launched = launch();
        world.advance(Duration.ofMinutes(20));
        assertEquals(LifecycleState.PENDING_WAIT, state(launched));
        assertEquals(
                ScalingActivityStatusCode.MID_LIFECYCLE_ACTION,
                world.activities().get(0).statusCode());
        complete(launched, "bootstrap", "CONTINUE");
        assertEquals(LifecycleState.IN_SERVICE, state(launched));
        assertThrows(AutoScalingException.class, () -> complete(launched, "bootstrap", "CONTINUE"));
    }

    @Test
    void aHookThatAnswersByItselfLetsTheInstanceIn() {
        world.aws.createGroup(world.spec().hook(HookSpec.launching("bootstrap", Duration.ofSeconds(30))));
        String launched = launch();
        world.until(() -> state(launched) == LifecycleState.IN_SERVICE);
        assertTrue(world.aws.clock().instant().isBefore(SimulatedClock.START.plus(Duration.ofMinutes(5))));
    }

    @Test
    void withoutAnAnswerTheDefaultResultDecides() {
        world.aws.createGroup(world.spec()
                .hook(HookSpec.launching("bootstrap", null).withHeartbeat(Duration.ofMinutes(10), "ABANDON")));
        String launched = launch();
        world.advance(Duration.ofMinutes(9));
        assertEquals(LifecycleState.PENDING_WAIT, state(launched));
        world.until(() -> world.instance(launched) == null);
        Activity abandoned = world.activity(activity -> activity.statusCode() == ScalingActivityStatusCode.CANCELLED);
        assertTrue(abandoned.statusMessage().endsWith("was abandoned: Heartbeat Timeout"));
        assertEquals(
                TerminationCause.FAILED_LAUNCH, world.aws.terminations().get(0).cause());
        assertNotEquals(launched, world.instances().get(2).instanceId());
    }

    @Test
    void aHeartbeatBeginsTheTimeoutAnew() {
        world.aws.createGroup(world.spec()
                .hook(HookSpec.launching("bootstrap", null).withHeartbeat(Duration.ofMinutes(10), "ABANDON")));
        String launched = launch();
        world.advance(Duration.ofMinutes(9));
        world.aws
                .autoScaling()
                .recordLifecycleActionHeartbeat(request -> request.autoScalingGroupName(TestWorld.GROUP)
                        .lifecycleHookName("bootstrap")
                        .instanceId(launched));
        world.advance(Duration.ofMinutes(9));
        assertEquals(LifecycleState.PENDING_WAIT, state(launched));
        world.advance(Duration.ofMinutes(2));
        assertTrue(world.instance(launched) == null || state(launched) != LifecycleState.PENDING_WAIT);
    }

    @Test
    void aTerminatingInstanceDrainsFirstAndThenWaits() {
        String targets = world.aws.createTargetGroup(TargetGroupSpec.named("web"));
        world.aws.createGroup(
                world.spec().targetGroup(targets).hook(HookSpec.terminating("goodbye", Duration.ofSeconds(100))));
        String victim = world.first();
        world.terminate(victim, true);
        world.advance(Duration.ofSeconds(59));
        assertEquals(LifecycleState.TERMINATING, state(victim));
        world.advance(Duration.ofSeconds(2));
        assertEquals(LifecycleState.TERMINATING_WAIT, state(victim));
        world.advance(Duration.ofSeconds(100));
        assertEquals(LifecycleState.TERMINATING_PROCEED, state(victim));
        world.until(() -> world.instance(victim) == null);
    }

    @Test
    void aHookThatIsPutOnTheGroupHoldsTheNextLaunch() {
        world.aws.createGroup(world.spec());
        world.aws
                .autoScaling()
                .putLifecycleHook(request -> request.autoScalingGroupName(TestWorld.GROUP)
                        .lifecycleHookName("new")
                        .lifecycleTransition("autoscaling:EC2_INSTANCE_LAUNCHING"));
        assertEquals(
                3600,
                world.aws
                        .autoScaling()
                        .describeLifecycleHooks(request -> request.autoScalingGroupName(TestWorld.GROUP))
                        .lifecycleHooks()
                        .get(0)
                        .heartbeatTimeout());
        String launched = launch();
        world.advance(Duration.ofMinutes(10));
        assertEquals(LifecycleState.PENDING_WAIT, state(launched));
        world.aws
                .autoScaling()
                .deleteLifecycleHook(
                        request -> request.autoScalingGroupName(TestWorld.GROUP).lifecycleHookName("new"));
        assertEquals(LifecycleState.IN_SERVICE, state(launched));
    }
}
