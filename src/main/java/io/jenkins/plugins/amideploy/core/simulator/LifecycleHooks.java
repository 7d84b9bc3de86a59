package io.jenkins.plugins.amideploy.core.simulator;

import io.jenkins.plugins.amideploy.core.simulator.SimulatedClock.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.autoscaling.model.LifecycleHook;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;

/**
 * Lets instances wait for their lifecycle actions: Amazon EC2 Auto Scaling User Guide, "Considerations and limitations
 * for lifecycle hooks" (several hooks wait side by side; an {@code ABANDON} ends them all; at most 100 heartbeats or
 * 48 hours).
 */
final class LifecycleHooks {
    static final String LAUNCHING = "autoscaling:EC2_INSTANCE_LAUNCHING";
    static final String TERMINATING = "autoscaling:EC2_INSTANCE_TERMINATING";
    private static final Duration LONGEST = Duration.ofHours(48);

    private final World world;

    LifecycleHooks(World world) {
        this.world = world;
    }

    /** What an instance waits for. */
    static final class Wait {
        private final boolean launching;
        private final Runnable proceed;
        private final Map<String, Action> open = new LinkedHashMap<>();

        private Wait(boolean launching, Runnable proceed) {
            this.launching = launching;
            this.proceed = proceed;
        }

        private void cancel() {
            open.values().forEach(Action::cancel);
            open.clear();
        }
    }

    private static final class Action {
        private final String token;
        private final Instant latest;
        private Event timeout;
        private Event answer;

        private Action(String token, Instant latest) {
            this.token = token;
            this.latest = latest;
        }

        private void cancel() {
            timeout.cancel();
            if (answer != null) {
                answer.cancel();
            }
        }
    }

    void launching(SimulatedInstance instance, Runnable proceed) {
        begin(instance, LAUNCHING, LifecycleState.PENDING_WAIT, proceed);
    }

    void terminating(SimulatedInstance instance, Runnable proceed) {
        begin(instance, TERMINATING, LifecycleState.TERMINATING_WAIT, proceed);
    }

    private void begin(SimulatedInstance instance, String transition, LifecycleState state, Runnable proceed) {
        List<LifecycleHook> hooks = instance.group.hooks.values().stream()
                .filter(hook -> hook.lifecycleTransition().equals(transition))
                .toList();
        if (hooks.isEmpty()) {
            proceed.run();
            return;
        }
        Wait wait = new Wait(transition.equals(LAUNCHING), proceed);
        instance.wait = wait;
        instance.lifecycle(state);
        instance.activity.at(ScalingActivityStatusCode.MID_LIFECYCLE_ACTION, 60);
        hooks.forEach(hook -> open(instance, wait, hook));
    }

    private void open(SimulatedInstance instance, Wait wait, LifecycleHook hook) {
        Action action = new Action(world.ids.uuid(), world.clock.now().plusSeconds(hook.globalTimeout()));
        wait.open.put(hook.lifecycleHookName(), action);
        beat(instance, hook, action);
        HookSpec spec = instance.group.hookSpecs.get(hook.lifecycleHookName());
        if (spec != null && spec.answersAfter() != null) {
            action.answer = world.clock.after(
                    spec.answersAfter(),
                    () -> complete(instance, hook.lifecycleHookName(), spec.answer(), "Lifecycle Action Completed"));
        }
    }

    private void beat(SimulatedInstance instance, LifecycleHook hook, Action action) {
        Instant end = world.clock.now().plusSeconds(hook.heartbeatTimeout());
        action.timeout = world.clock.schedule(
                end.isBefore(action.latest) ? end : action.latest,
                () -> complete(instance, hook.lifecycleHookName(), hook.defaultResult(), "Heartbeat Timeout"));
    }

    static int globalTimeout(int heartbeatTimeout) {
        return (int) Math.min(LONGEST.toSeconds(), heartbeatTimeout * 100L);
    }

    /** @return whether such an action was waiting */
    boolean heartbeat(SimulatedInstance instance, String hook, String token) {
        Action action = action(instance, hook, token);
        if (action == null) {
            return false;
        }
        action.timeout.cancel();
        beat(instance, instance.group.hooks.get(hook), action);
        return true;
    }

    /** @return whether such an action was waiting */
    boolean complete(SimulatedInstance instance, String hook, String token, String result, String how) {
        if (action(instance, hook, token) == null) {
            return false;
        }
        complete(instance, hook, result, how);
        return true;
    }

    private static Action action(SimulatedInstance instance, String hook, String token) {
        Action action = instance.wait == null ? null : instance.wait.open.get(hook);
        return action != null && (token == null || token.equals(action.token)) ? action : null;
    }

    private void complete(SimulatedInstance instance, String hook, String result, String how) {
        Wait wait = instance.wait;
        Action action = wait.open.remove(hook);
        action.cancel();
        boolean abandoned = result.equals("ABANDON");
        if (abandoned) {
            wait.cancel();
        }
        if (!wait.open.isEmpty()) {
            return;
        }
        instance.wait = null;
        if (wait.launching && abandoned) {
            abandon(instance, action.token, how);
        } else {
            instance.lifecycle(wait.launching ? LifecycleState.PENDING_PROCEED : LifecycleState.TERMINATING_PROCEED);
            wait.proceed.run();
        }
    }

    private void abandon(SimulatedInstance instance, String token, String how) {
        String reason = how.startsWith("Lifecycle") ? how + " with ABANDON Result" : how;
        instance.activity.end(
                world.clock.now(),
                ScalingActivityStatusCode.CANCELLED,
                "Instance failed to complete user's Lifecycle Action: Lifecycle Action with token " + token
                        + " was abandoned: " + reason);
        world.terminator.terminate(
                instance,
                TerminationCause.FAILED_LAUNCH,
                world.activities.at(
                        "an instance was taken out of service in response to a launch failure of a lifecycle action."));
    }

    /** The instance waits for nothing any more. */
    void forget(SimulatedInstance instance) {
        if (instance.wait != null) {
            instance.wait.cancel();
            instance.wait = null;
        }
    }
}
