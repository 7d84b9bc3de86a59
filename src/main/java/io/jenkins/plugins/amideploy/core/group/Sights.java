package io.jenkins.plugins.amideploy.core.group;

import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.aws.Member;
import io.jenkins.plugins.amideploy.core.deployment.Sight;
import io.jenkins.plugins.amideploy.core.deployment.Sight.Seen;
import io.jenkins.plugins.amideploy.core.deployment.Sight.Side;
import io.jenkins.plugins.amideploy.core.deployment.Sight.State;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

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

    /**
     * Two groups, of which the fresh one takes the place of the old one.
     *
     * @param floor as of a {@link Sight}
     * @param comesUp whether the fresh one comes up: then an instance of it serves when the balancers have said so, and
     *     is counted on when all of them do
     */
    public static Sight pair(
            TickContext at,
            Optional<AutoScalingGroup> old,
            Optional<AutoScalingGroup> fresh,
            int floor,
            boolean comesUp) {
        List<Seen> seen = new ArrayList<>();
        old.ifPresent(group -> add(group, Side.OLD, Sights::state, seen));
        fresh.ifPresent(group -> add(group, Side.NEW, comesUp ? coming(at, group) : Sights::state, seen));
        int desired = old.map(AutoScalingGroup::desiredCapacity).orElse(0)
                + fresh.map(AutoScalingGroup::desiredCapacity).orElse(0);
        return Sight.all(floor, desired, seen);
    }

    private static void add(AutoScalingGroup group, Side side, Function<Member, State> state, List<Seen> seen) {
        Balancers.membersWithoutBalancers(group).stream()
                .filter(member -> !member.warmed())
                .forEach(member -> seen.add(new Seen(member.id(), member.zone(), side, state.apply(member), null)));
    }

    private static Function<Member, State> coming(TickContext at, AutoScalingGroup group) {
        Arrivals arrivals = new Arrivals(at, group);
        boolean warm = at.state().has("told.ready");
        return member -> {
            State shown = state(member);
            if (shown != State.IN_SERVICE) {
                return shown;
            }
            return !arrivals.serves(member.id()) ? State.BOOTING : warm ? shown : State.WARMING;
        };
    }
}
