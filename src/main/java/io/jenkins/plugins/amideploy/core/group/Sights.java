package io.jenkins.plugins.amideploy.core.group;

import io.jenkins.plugins.amideploy.core.aws.Member;
import io.jenkins.plugins.amideploy.core.deployment.Sight.State;

/** What an instance of a group does, in the words of a {@link io.jenkins.plugins.amideploy.core.deployment.Sight}. */
public final class Sights {
    private Sights() {}

    /** As the group, and its balancers where they were asked, show it. */
    public static State state(Member member) {
        if (member.leaving()) {
            return State.DRAINING;
        }
        if (member.standby()) {
            return State.STANDBY;
        }
        if (!member.inService()) {
            return State.BOOTING;
        }
        return member.serving() ? State.IN_SERVICE : State.OUT_OF_SERVICE;
    }
}
