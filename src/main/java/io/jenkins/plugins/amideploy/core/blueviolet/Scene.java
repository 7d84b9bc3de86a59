package io.jenkins.plugins.amideploy.core.blueviolet;

import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.Lease;
import io.jenkins.plugins.amideploy.core.deployment.Leases;
import io.jenkins.plugins.amideploy.core.deployment.Pair;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.WayBack;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;

/**
 * What the phases of one tick have in common.
 *
 * @param old the group that is to go, as AWS shows it in this tick
 * @param fresh the group that takes its place
 */
record Scene(
        BlueVioletRequest request,
        TickContext at,
        BlueVioletState state,
        Optional<AutoScalingGroup> old,
        Optional<AutoScalingGroup> fresh) {
    /**
     * While two groups serve, each sees half the load, and its policies and schedule would take away what the other will
     * miss ("Suspend and resume Amazon EC2 Auto Scaling processes").
     */
    private static final List<String> SCALING = List.of("AlarmNotification", "ScheduledActions");

    /** The lease of the old group, with the protocol that keeps others away. */
    Leases leases() {
        return new Leases(at, state.old());
    }

    /** What says so on both groups. */
    Pair pair(boolean cut) {
        return new Pair(state.maker(at.owner().deployment()), state.old(), state.fresh(), state.making(), cut, keep());
    }

    /** Whether the old group stays at size zero: as asked, or as a dead deployment was asked that this one finishes. */
    boolean keep() {
        return state.cleansUp() ? at.state().get("keeps", "no").equals("yes") : request.keepOld();
    }

    /** The tags on the fresh group, by key. */
    Map<String, String> freshTags(boolean cut) {
        WayBack wayBack = new WayBack(
                state.min(),
                state.max(),
                state.desired(),
                state.raised(),
                0,
                state.held(),
                state.target().map(Object::toString).orElse(""));
        Map<String, String> tags = new LinkedHashMap<>(new Lease(at.owner(), wayBack, Set.of()).tags());
        tags.putAll(pair(cut).tags());
        return tags;
    }

    /** Of the processes that scale a group, those that run and that we therefore hold. */
    static Set<String> toHold(AutoScalingGroup group) {
        Set<String> running = new LinkedHashSet<>(SCALING);
        group.suspendedProcesses().stream().map(SuspendedProcess::processName).forEach(running::remove);
        return running;
    }

    /** Looks whether both groups are still ours to change. */
    void verify() {
        old.ifPresent(group -> leases().verify(group));
        fresh.ifPresent(group -> leases().verify(group));
    }

    void say(String text) {
        at.say("", text);
    }

    void warn(String text) {
        at.say(Event.Kind.WARNING, "", text);
    }

    Tick in(Duration wait) {
        return new Tick.LookAgain(at.now().plus(wait));
    }

    Tick now() {
        return new Tick.LookAgain(at.now());
    }
}
