package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.aws.Balancers.Report;
import io.jenkins.plugins.amideploy.core.balancer.Bridge;
import io.jenkins.plugins.amideploy.core.bluegreen.Route.Mode;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * The new group behind the old balancer, too, so that clients with an old answer reach the new code while the name
 * spreads.
 */
final class Bridging {
    private static final String UP = "bridge.up";
    private static final String DOWN = "bridge.down";

    private final Scene scene;
    private final TickContext at;
    private final End blue;
    private final Bridge bridge;

    Bridging(Scene scene) {
        this.scene = scene;
        this.at = scene.at();
        this.blue = scene.state().blue();
        this.bridge = new Bridge(at, blue.front());
    }

    private boolean possible() {
        return scene.state().cutover().orElseThrow().mode() == Mode.DNS;
    }

    /**
     * Attaches the new group, and says when it serves there.
     *
     * @return when to look again; empty once it does, or where there is to be no bridge
     */
    Optional<Tick> step(AutoScalingGroup fresh) {
        if (!possible() || !scene.state().bridges() || at.state().has(UP)) {
            return Optional.empty();
        }
        Optional<Tick> wait = bridge.attach(fresh);
        if (wait.isEmpty() && serves(fresh)) {
            at.state().put(UP, "yes");
            at.save();
            scene.say("Bridge: " + scene.state().fresh() + " is in service behind " + blue.name()
                    + " too; whoever still has the old answer reaches the new instances there");
        }
        return wait.isEmpty() && !at.state().has(UP) ? Optional.of(scene.in(Watch.PERIOD)) : wait;
    }

    private boolean serves(AutoScalingGroup fresh) {
        Report report = Balancers.report(
                at.aws(), blue.front().targetGroups(), blue.front().classic());
        return Balancers.members(fresh, report).stream().allMatch(member -> member.serving() || !member.counted());
    }

    /**
     * Detaches the new group from the old balancer.
     *
     * @return when to look again; empty once it is attached to its own alone
     */
    Optional<Tick> takeDown() {
        if (!possible() || scene.fresh().isEmpty() || at.state().has(DOWN)) {
            return Optional.empty();
        }
        Optional<Tick> wait = bridge.detach(scene.fresh().get());
        if (wait.isEmpty()) {
            at.state().put(DOWN, "yes");
            at.save();
        }
        return wait;
    }
}
