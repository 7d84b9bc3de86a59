package io.jenkins.plugins.amideploy.core.blueviolet;

import io.jenkins.plugins.amideploy.core.deployment.Leases;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.group.Sides;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** What the phases of one tick have in common. */
record Scene(BlueVioletRequest request, BlueVioletState state, Sides sides) {
    /** The Pipeline step, as the groups' tags name it. */
    static final String STEP = "blueVioletDeploy";

    static Scene of(
            BlueVioletRequest request,
            TickContext at,
            BlueVioletState state,
            Optional<AutoScalingGroup> old,
            Optional<AutoScalingGroup> fresh) {
        // A dead deployment that is finished was asked for what its tags say, not for what this one was.
        boolean keep = state.cleansUp() ? at.state().get("keeps", "no").equals("yes") : request.keepOld();
        return new Scene(request, state, new Sides(STEP, at, state, old, fresh, keep, Map.of()));
    }

    TickContext at() {
        return sides.at();
    }

    Optional<AutoScalingGroup> old() {
        return sides.old();
    }

    Optional<AutoScalingGroup> fresh() {
        return sides.fresh();
    }

    /** Whether the old group stays at size zero. */
    boolean keep() {
        return sides.keep();
    }

    Leases leases() {
        return sides.leases();
    }

    Map<String, String> pairTags(boolean cut) {
        return sides.pairTags(cut);
    }

    Map<String, String> freshTags(boolean cut) {
        return sides.freshTags(cut);
    }

    void verify() {
        sides.verify();
    }

    void say(String text) {
        sides.say(text);
    }

    void warn(String text) {
        sides.warn(text);
    }

    Tick in(Duration wait) {
        return sides.in(wait);
    }

    Tick now() {
        return sides.now();
    }
}
