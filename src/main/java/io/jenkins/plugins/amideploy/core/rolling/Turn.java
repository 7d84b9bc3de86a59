package io.jenkins.plugins.amideploy.core.rolling;

import io.jenkins.plugins.amideploy.core.deployment.Leases;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import io.jenkins.plugins.amideploy.core.rolling.RollingRequest.OnFailure;
import io.jenkins.plugins.amideploy.core.rolling.RollingState.Phase;
import java.util.Optional;

/** What a trouble makes of a deployment that is going forward. */
final class Turn {
    private final Desk desk;
    private final RollingState state;

    Turn(Desk desk) {
        this.desk = desk;
        this.state = desk.state();
    }

    /** Whether there is a trouble that has not been acted on. */
    boolean due() {
        return desk.at().trouble().isPresent()
                && (lost()
                        || !state.back()
                                && !state.stopping()
                                && state.phase() != Phase.CLOSE
                                && state.phase() != Phase.DRAIN
                                && state.phase() != Phase.CLEAR_UP);
    }

    private boolean lost() {
        return trouble().kind() == Trouble.Kind.LEASE_LOST;
    }

    private Trouble trouble() {
        return desk.at().trouble().orElseThrow();
    }

    Tick tick() {
        if (lost()) {
            return new Tick.Ended(
                    new Outcome.Failed(trouble(), "Nothing more is changed by this deployment. " + state.wayBack()));
        }
        if (state.phase() == Phase.LEASE) {
            desk.leases().giveBack(desk.group());
            return new Tick.Ended(new Outcome.Failed(trouble(), "Nothing was changed."));
        }
        if (!state.pointed() && !desk.at().settled()) {
            return desk.in(Leases.SETTLE); // the call that points the group may have been heard and not be shown yet
        }
        boolean pointed = state.pointed()
                || state.target().isPresent()
                        && !state.target().equals(Optional.of(state.originFixed()))
                        && LaunchSource.of(desk.group()).equals(state.target());
        if (!pointed) {
            return close("No instance was replaced; the group gets back what was changed.");
        }
        if (trouble().kind() == Trouble.Kind.GROUP_CHANGED) {
            state.stopping("Someone else is changing the group; this deployment lets go of it.");
            return close("The group gets its sizes back; the instances stay as they are.");
        }
        if (desk.request().onFailure() == OnFailure.STOP) {
            state.stopping("As asked by onFailure: stop.");
            return close("Stopping here: the group gets its sizes back, the mix of instances stays.");
        }
        if (state.target().equals(Optional.of(state.originFixed()))) {
            state.stopping("The group had been pointed at " + desk.request().ami()
                    + " before this deployment, so there is no former source to roll back to.");
            return close("The group gets its sizes back; the instances stay as they are.");
        }
        return back();
    }

    private Tick close(String text) {
        desk.say(text);
        state.phase(Phase.CLOSE);
        desk.at().save();
        return desk.now();
    }

    private Tick back() {
        state.turn();
        new Slots(desk.at().state()).clear();
        new Failures(desk).forget();
        state.phase(Phase.REPLACE);
        desk.at().save();
        desk.say("Rolling back to " + state.originImage() + " from " + state.originFixed() + ": "
                + Words.count(state.total(), "instance") + " to take out");
        return desk.now();
    }
}
