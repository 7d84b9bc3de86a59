package io.jenkins.plugins.amideploy.page;

import io.jenkins.plugins.amideploy.core.deployment.Sight.Side;
import io.jenkins.plugins.amideploy.core.deployment.Sight.State;

/** What people call what an instance does. */
final class StateNames {
    private StateNames() {}

    static String of(State state) {
        return switch (state) {
            case BOOTING -> Messages.State_booting();
            case WARMING -> Messages.State_warming();
            case IN_SERVICE -> Messages.State_inService();
            case OUT_OF_SERVICE -> Messages.State_outOfService();
            case STANDBY -> Messages.State_standby();
            case DRAINING -> Messages.State_draining();
            case GONE -> Messages.State_gone();
        };
    }

    static String of(Side side) {
        return switch (side) {
            case OLD -> Messages.Side_old();
            case NEW -> Messages.Side_new();
            case KEPT -> Messages.Side_kept();
        };
    }

    static String of(Side side, State state) {
        return of(side) + ", " + of(state);
    }
}
