package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.balancer.BalancerCopy;
import io.jenkins.plugins.amideploy.core.balancer.BalancerRemoval;
import io.jenkins.plugins.amideploy.core.balancer.Copied;
import io.jenkins.plugins.amideploy.core.balancer.LiveBalancer;
import io.jenkins.plugins.amideploy.core.balancer.TargetGroupCopies;
import io.jenkins.plugins.amideploy.core.bluegreen.Route.Mode;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands in front of the two groups: the new one's is made, and one of the two is removed in the end. */
final class Fronts {
    private final Scene scene;
    private final BlueGreenState state;
    private final TickContext at;
    private final End blue;
    private final boolean dns;

    Fronts(Scene scene) {
        this.scene = scene;
        this.state = scene.state();
        this.at = scene.at();
        this.blue = state.blue();
        this.dns = state.cutover().orElseThrow().mode() == Mode.DNS;
    }

    /**
     * Makes what stands in front of the new group.
     *
     * @return when to look again; empty once it is there
     */
    Optional<Tick> make() {
        return dns ? copyBalancer() : joinListeners();
    }

    private Optional<Tick> copyBalancer() {
        LiveBalancer live = LiveBalancer.named(at.aws(), blue.name())
                .orElseThrow(() -> new Stop(
                        Trouble.Kind.GROUP_CHANGED,
                        "The load balancer " + blue.name() + " no longer exists; someone deleted it."));
        BalancerCopy copy = BalancerCopy.of(at, live);
        Optional<Tick> wait = copy.make();
        if (wait.isEmpty()) {
            Copied made = copy.copied().orElseThrow();
            state.green(new End(
                    made.name(), made.arn(), made.dnsName(), made.hostedZoneId(), counterparts(made.targetGroups())));
            scene.say(live.kind() + " " + made.name() + " is active: " + made.dnsName());
        }
        return wait;
    }

    private List<String> counterparts(Map<String, String> copies) {
        return blue.targetGroups().stream().map(copies::get).toList();
    }

    /** A target group checks the health of its targets only where a listener forwards to it, if with the weight 0. */
    private Optional<Tick> joinListeners() {
        TargetGroupCopies copies = new TargetGroupCopies(at);
        Optional<Tick> wait = copies.make(blue.targetGroups());
        if (wait.isPresent()) {
            return wait;
        }
        if (!state.split()) {
            state.green(new End(blue.name(), blue.arn(), blue.dnsName(), blue.zoneId(), counterparts(copies.copies())));
            state.markSplit();
            at.save();
        }
        return scene.split().prepare();
    }

    /**
     * Removes what was made.
     *
     * @return when to look again; empty once it is gone
     */
    Optional<Tick> removeNew() {
        return new BalancerRemoval(at, scene.maker()).copies();
    }

    /**
     * Removes the old balancer, or in mode listener its old target groups.
     *
     * @return when to look again; empty once they are gone
     */
    Optional<Tick> removeOld() {
        Optional<LiveBalancer> balancer = dns ? Optional.of(old()) : Optional.empty();
        return new BalancerRemoval(at).retire(balancer, blue.targetGroups());
    }

    /** As far as it has to be known to be removed; it may be gone already. */
    private LiveBalancer old() {
        return new LiveBalancer(
                blue.kind(), blue.name(), blue.arn(), blue.dnsName(), blue.zoneId(), "", "", List.of(), List.of());
    }
}
