package io.jenkins.plugins.amideploy.core.blueviolet;

import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.aws.Member;
import io.jenkins.plugins.amideploy.core.blueviolet.BlueVioletState.Phase;
import io.jenkins.plugins.amideploy.core.deployment.Sight;
import io.jenkins.plugins.amideploy.core.deployment.Sight.Seen;
import io.jenkins.plugins.amideploy.core.deployment.Sight.Side;
import io.jenkins.plugins.amideploy.core.deployment.Sight.State;
import io.jenkins.plugins.amideploy.core.group.Arrivals;
import io.jenkins.plugins.amideploy.core.group.Sights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** Both groups as a tick leaves them, for people to look at. Asks AWS for nothing. */
final class Lookout {
    private final Scene scene;

    Lookout(Scene scene) {
        this.scene = scene;
    }

    Sight sight() {
        List<Seen> seen = new ArrayList<>();
        scene.old().ifPresent(group -> look(group, Side.OLD, Sights::state, seen));
        scene.fresh().ifPresent(group -> look(group, Side.NEW, coming(group), seen));
        int desired = scene.old().map(AutoScalingGroup::desiredCapacity).orElse(0)
                + scene.fresh().map(AutoScalingGroup::desiredCapacity).orElse(0);
        return Sight.all(scene.state().basis(), desired, seen);
    }

    private static void look(AutoScalingGroup group, Side side, Function<Member, State> state, List<Seen> seen) {
        Balancers.membersWithoutBalancers(group).stream()
                .filter(member -> !member.warmed())
                .forEach(member -> seen.add(new Seen(member.id(), member.zone(), side, state.apply(member), null)));
    }

    /** While the new group comes up, an instance serves when the balancers have said so. */
    private Function<Member, State> coming(AutoScalingGroup group) {
        if (scene.state().phase() != Phase.COME_UP) {
            return Sights::state;
        }
        Arrivals arrivals = new Arrivals(scene.at(), group);
        boolean warm =
                scene.at().state().has("told.ready") || scene.request().warmup().isZero();
        return member -> {
            State shown = Sights.state(member);
            if (shown != State.IN_SERVICE) {
                return shown;
            }
            return !arrivals.serves(member.id()) ? State.BOOTING : warm ? shown : State.WARMING;
        };
    }
}
