package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.aws.Balancers.Report;
import io.jenkins.plugins.amideploy.core.balancer.Bridge;
import io.jenkins.plugins.amideploy.core.bluegreen.Route.Mode;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * The new group behind the old balancer in the old one's place, so that clients with an old answer reach the new code
 * while the name spreads. The old group keeps running beside it, to go back to.
 */
final class Bridging {
    private static final String UP = "bridge.up";
    private static final String DOWN = "bridge.down";
    /** Whether the old group may have been detached. */
    private static final String OLD_OUT = "bridge.old-out";

    private static final String OLD_GONE = "bridge.old-gone";
    private static final String BACK_SINCE = "bridge.back";

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
     * Attaches the new group and, when it serves there, detaches the old one.
     *
     * @return when to look again; empty once that is so, or where there is to be no bridge
     */
    Optional<Tick> step(AutoScalingGroup fresh) {
        if (!possible() || !scene.state().bridges() || at.state().has(OLD_GONE)) {
            return Optional.empty();
        }
        Optional<Tick> wait = at.state().has(UP) ? Optional.empty() : bridge.attach(fresh);
        if (wait.isPresent() || !serves(fresh)) {
            return Optional.of(wait.orElseGet(() -> scene.in(Watch.PERIOD)));
        }
        if (!at.state().has(UP)) {
            at.state().put(UP, "yes");
            at.state().put(OLD_OUT, "yes");
            at.save();
        }
        wait = scene.old().flatMap(bridge::detach);
        if (wait.isEmpty()) {
            at.state().put(OLD_GONE, "yes");
            at.save();
            scene.say("Bridge: behind " + blue.name() + " " + scene.state().fresh() + " serves in the place of "
                    + scene.state().old() + ", so that whoever still has the old answer reaches the new instances; "
                    + scene.state().old() + " runs on, to go back to");
        }
        return wait;
    }

    /**
     * Puts the old group back behind its balancer.
     *
     * @return when to look again; empty once it serves there, or will not in the time that is given to an instance
     */
    Optional<Tick> oldBack() {
        boolean out = at.state().has(OLD_OUT)
                || scene.state().cleansUp() && !at.state().has(BACK_SINCE);
        if (!possible() || !out || scene.old().isEmpty()) {
            return Optional.empty();
        }
        Instant since = at.state().getInstant(BACK_SINCE).orElse(at.now());
        at.state().put(BACK_SINCE, since);
        AutoScalingGroup old = scene.old().get();
        Optional<Tick> wait = bridge.attach(old);
        boolean late = at.now().isAfter(since.plus(scene.request().healthTimeout()));
        if (!late && (wait.isPresent() || !serves(old))) {
            return Optional.of(wait.orElseGet(() -> scene.in(Duration.ofSeconds(8))));
        }
        if (at.state().has(OLD_OUT)) {
            scene.say(scene.state().old() + " is behind " + blue.name() + " again");
        }
        at.state().remove(OLD_OUT);
        at.save();
        return Optional.empty();
    }

    private boolean serves(AutoScalingGroup group) {
        Report report = Balancers.report(
                at.aws(), blue.front().targetGroups(), blue.front().classic());
        return Balancers.members(group, report).stream().allMatch(member -> member.serving() || !member.counted());
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
