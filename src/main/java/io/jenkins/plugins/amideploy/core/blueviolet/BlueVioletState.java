package io.jenkins.plugins.amideploy.core.blueviolet;

import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.group.SideState;

/** What this procedure keeps between ticks, by name. */
final class BlueVioletState extends SideState {
    /** In the order in which a deployment goes through them; the last three are ways to the end. */
    enum Phase {
        PREFLIGHT,
        /** A rolling deployment that died is restored first. */
        CLEAR_UP,
        LEASE,
        /** A standby whose name is needed goes. */
        MAKE_ROOM,
        MAKE,
        COME_UP,
        CUT,
        /** Both stay: they get their processes back. */
        PART,
        UNDO
    }

    private final SavedState saved;

    BlueVioletState(SavedState saved) {
        super(saved);
        this.saved = saved;
    }

    Phase phase() {
        return saved.getEnum(SavedState.PHASE, Phase.PREFLIGHT);
    }

    void phase(Phase phase) {
        saved.put(SavedState.PHASE, phase);
    }

    /** Back to the beginning, after cleaning up. */
    void beginAnew() {
        forgetSides();
        phase(Phase.PREFLIGHT);
    }
}
