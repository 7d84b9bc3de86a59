package io.jenkins.plugins.amideploy.core.group;

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
 * Two groups in one tick, of which one takes the other's place, and what their tags say of that.
 *
 * @param step the Pipeline step that does it
 * @param old the group that is to go, as AWS shows it in this tick
 * @param fresh the group that takes its place
 * @param keep whether the old group stays at size zero
 * @param further tags on both groups beside those of the lease and the pair, by key
 */
public record Sides(
        String step,
        TickContext at,
        SideState state,
        Optional<AutoScalingGroup> old,
        Optional<AutoScalingGroup> fresh,
        boolean keep,
        Map<String, String> further) {
    /**
     * While two groups serve, each sees a part of the load, and its policies and schedule would take away what the other
     * will miss ("Suspend and resume Amazon EC2 Auto Scaling processes").
     */
    private static final List<String> SCALING = List.of("AlarmNotification", "ScheduledActions");

    /** The lease of the old group, with the protocol that keeps others away. */
    public Leases leases() {
        return new Leases(at, state.old());
    }

    /** What says so on both groups. */
    public Map<String, String> pairTags(boolean cut) {
        String deployment = state.maker(at.owner().deployment());
        Map<String, String> tags =
                new Pair(step, deployment, state.old(), state.fresh(), state.making(), cut, keep).tags();
        tags.putAll(further);
        return tags;
    }

    /** The tags on the fresh group, by key. */
    public Map<String, String> freshTags(boolean cut) {
        WayBack wayBack = new WayBack(
                state.min(),
                state.max(),
                state.desired(),
                state.raised(),
                0,
                state.held(),
                state.target().map(Object::toString).orElse(""));
        Map<String, String> tags = new LinkedHashMap<>(new Lease(at.owner(), wayBack, Set.of()).tags());
        tags.putAll(pairTags(cut));
        return tags;
    }

    /** Of the processes that scale a group, those that run and that we therefore hold. */
    public static Set<String> toHold(AutoScalingGroup group) {
        Set<String> running = new LinkedHashSet<>(SCALING);
        group.suspendedProcesses().stream().map(SuspendedProcess::processName).forEach(running::remove);
        return running;
    }

    /** Looks whether both groups are still ours to change. */
    public void verify() {
        old.ifPresent(group -> leases().verify(group));
        fresh.ifPresent(group -> leases().verify(group));
    }

    public void say(String text) {
        at.say("", text);
    }

    public void warn(String text) {
        at.say(Event.Kind.WARNING, "", text);
    }

    public Tick in(Duration wait) {
        return new Tick.LookAgain(at.now().plus(wait));
    }

    public Tick now() {
        return new Tick.LookAgain(at.now());
    }
}
