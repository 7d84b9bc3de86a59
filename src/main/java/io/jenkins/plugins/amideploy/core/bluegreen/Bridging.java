package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.aws.Balancers.Report;
import io.jenkins.plugins.amideploy.core.bluegreen.Route.Mode;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * The new group behind the old balancer, too, so that clients with an old answer reach the new code while the name
 * spreads.
 */
final class Bridging {
    private static final String ASKED = "bridge.asked";
    private static final String DOWN = "bridge.down";
    private static final String TOLD = "bridge.told";

    private final Scene scene;
    private final TickContext at;
    private final End blue;

    Bridging(Scene scene) {
        this.scene = scene;
        this.at = scene.at();
        this.blue = scene.state().blue();
    }

    /** Attaches the new group, and says when it serves there. */
    void step() {
        AutoScalingGroup fresh = scene.fresh().orElse(null);
        if (fresh == null || scene.state().cutover().orElseThrow().mode() != Mode.DNS) {
            return;
        }
        if (!at.state().has(ASKED)) {
            at.state().put(ASKED, at.now());
            at.wrote();
            at.save();
            attach();
            scene.say(scene.state().fresh() + " is attached to " + blue.name()
                    + " too: whoever still has the old answer reaches the new instances there");
        } else if (!at.state().has(TOLD) && serves(fresh)) {
            at.state().put(TOLD, "yes");
            scene.say("All of " + scene.state().fresh() + " are in service behind " + blue.name() + " too");
        }
    }

    private boolean serves(AutoScalingGroup fresh) {
        Report report = Balancers.report(
                at.aws(), blue.front().targetGroups(), blue.front().classic());
        return Balancers.members(fresh, report).stream().allMatch(member -> member.serving() || !member.counted());
    }

    private void attach() {
        String group = scene.state().fresh();
        if (blue.classic()) {
            at.aws()
                    .autoScaling()
                    .attachLoadBalancers(r -> r.autoScalingGroupName(group).loadBalancerNames(blue.name()));
        } else {
            at.aws()
                    .autoScaling()
                    .attachLoadBalancerTargetGroups(
                            r -> r.autoScalingGroupName(group).targetGroupARNs(blue.targetGroups()));
        }
    }

    /**
     * Detaches the new group from the old balancer.
     *
     * @return when to look again; empty once it is attached to its own alone
     */
    Optional<Tick> takeDown() {
        AutoScalingGroup fresh = scene.fresh().orElse(null);
        if (fresh == null
                || at.state().has(DOWN)
                || scene.state().cutover().orElseThrow().mode() != Mode.DNS) {
            return Optional.empty();
        }
        Set<String> targetGroups = new TreeSet<>(Balancers.targetGroups(fresh));
        targetGroups.retainAll(blue.targetGroups());
        boolean classic = blue.classic() && Balancers.classic(fresh).contains(blue.name());
        if (targetGroups.isEmpty() && !classic) {
            if (!at.settled()) {
                return Optional.of(scene.in(java.time.Duration.ofSeconds(5)));
            }
            at.state().put(DOWN, "yes");
            at.save();
            return Optional.empty();
        }
        at.wrote();
        at.save();
        String group = scene.state().fresh();
        if (classic) {
            at.aws()
                    .autoScaling()
                    .detachLoadBalancers(r -> r.autoScalingGroupName(group).loadBalancerNames(blue.name()));
        } else {
            at.aws()
                    .autoScaling()
                    .detachLoadBalancerTargetGroups(
                            r -> r.autoScalingGroupName(group).targetGroupARNs(targetGroups));
        }
        return Optional.of(scene.in(java.time.Duration.ofSeconds(12)));
    }
}
