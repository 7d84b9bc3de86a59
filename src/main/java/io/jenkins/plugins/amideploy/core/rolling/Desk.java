package io.jenkins.plugins.amideploy.core.rolling;

import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.Leases;
import io.jenkins.plugins.amideploy.core.deployment.Restoration;
import io.jenkins.plugins.amideploy.core.deployment.Surge;
import io.jenkins.plugins.amideploy.core.deployment.Terminations;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.group.LaunchSources;
import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * What the phases of one tick have in common: the request, the group as just read, and the tools.
 *
 * @param group the group as AWS shows it in this tick
 */
record Desk(RollingRequest request, TickContext at, RollingState state, AutoScalingGroup group) {
    Leases leases() {
        return new Leases(at, request.group());
    }

    Terminations terminations() {
        return new Terminations(at, request.group());
    }

    Surge surge() {
        return new Surge(at, request.group(), leases(), terminations());
    }

    Restoration restoration() {
        return new Restoration(at, request.group());
    }

    LaunchSources sources() {
        return new LaunchSources(at.aws(), at.owner().deployment());
    }

    /** The image that new instances have. */
    String image() {
        return state.back() ? state.originImage() : request.ami();
    }

    String progress() {
        return state.progress();
    }

    void say(String text) {
        at.say(progress(), text);
    }

    void warn(String text) {
        at.say(Event.Kind.WARNING, progress(), text);
    }

    Tick in(Duration wait) {
        return new Tick.LookAgain(at.now().plus(wait));
    }

    Tick now() {
        return new Tick.LookAgain(at.now());
    }

    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
