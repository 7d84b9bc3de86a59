package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.balancer.Admission;
import io.jenkins.plugins.amideploy.core.balancer.BalancerQuotas;
import io.jenkins.plugins.amideploy.core.balancer.CopyCheck;
import io.jenkins.plugins.amideploy.core.balancer.LiveBalancer;
import io.jenkins.plugins.amideploy.core.balancer.LiveBalancer.Kind;
import io.jenkins.plugins.amideploy.core.balancer.Reservation;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.traffic.PeakCapacity;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;

/** Whether another side can be put beside the live balancer: copied, bridged and warmed, or joined. */
final class FrontCheck {
    /** How far back a peak is looked for. */
    private static final Duration PEAK_IN = Duration.ofDays(3);
    /** The least that AWS reserves in each zone ("Capacity reservations" of both kinds of load balancer). */
    private static final int LEAST_UNITS = 100;

    private static final int LEAST_UNITS_OF_A_NETWORK_LOAD_BALANCER = 2750;
    /** All are launched in the same way. */
    private static final int SOME = 5;

    private final Scene scene;
    private final TickContext at;
    private final LiveBalancer live;
    private final List<String> problems;

    FrontCheck(Scene scene, LiveBalancer live, List<String> problems) {
        this.scene = scene;
        this.at = scene.at();
        this.live = live;
        this.problems = problems;
    }

    /** Tells what is in the way, and gives back what cannot be copied. */
    List<String> look(AutoScalingGroup group) {
        if (!scene.request().route().dns()) {
            listener();
            new BalancerQuotas(at.aws(), problems)
                    .targetGroups(scene.state().blue().targetGroups().size());
            return List.of();
        }
        CopyCheck check = CopyCheck.of(at.aws(), live, group);
        check.problems().forEach(text -> problems.add(text.startsWith("quota:") ? text : "loadBalancer: " + text));
        if (scene.request().prewarm().asked() && !live.classic()) {
            prewarm();
        }
        if (check.isProtected() && scene.request().retireOld()) {
            scene.warn(live.name() + " is protected from deletion; that is taken off when it is retired. "
                    + "retireOld: false keeps it");
        }
        return check.notCopied();
    }

    private void prewarm() {
        Reservation.problems(at.aws(), live).forEach(text -> problems.add("prewarm: " + text));
        int units = scene.request().prewarm().units();
        if (units > 0 && units < leastUnits()) {
            problems.add("prewarm: " + units + " capacity units are less than the " + leastUnits()
                    + " that AWS reserves at least for a load balancer in as many zones as " + live.name());
        }
    }

    private int leastUnits() {
        int inAZone = live.kind() == Kind.NETWORK ? LEAST_UNITS_OF_A_NETWORK_LOAD_BALANCER : LEAST_UNITS;
        return inAZone * Math.max(1, live.subnets().size());
    }

    /** Whoever names a listener means one that traffic comes by. */
    private void listener() {
        String wanted = scene.request().route().listener();
        if (wanted.isEmpty()) {
            return;
        }
        List<Listener> all =
                at.aws().elbv2().describeListenersPaginator(r -> r.loadBalancerArn(live.arn())).listeners().stream()
                        .toList();
        boolean there = all.stream()
                .anyMatch(listener ->
                        wanted.equals(listener.listenerArn()) || wanted.equals(String.valueOf(listener.port())));
        if (!there) {
            problems.add("listener: " + live.name() + " has no listener " + wanted + "; it has those on ports "
                    + String.join(
                            ", ",
                            all.stream()
                                    .map(listener -> String.valueOf(listener.port()))
                                    .toList()));
        }
    }

    /** Decides what depends on the balancer: whether there can be a bridge, and how warm the new one must be. */
    void prepare(AutoScalingGroup group) {
        boolean dns = scene.request().route().dns();
        scene.state().bridges(dns && scene.request().bridge() && scene.request().retireOld() && admitted(group));
        Prewarm prewarm = scene.request().prewarm();
        if (!dns || !prewarm.asked()) {
            return;
        }
        if (live.classic()) {
            scene.warn("For a Classic Load Balancer AWS reserves no capacity: prewarm is not possible");
        } else {
            scene.state().units(prewarm.auto() ? peak() : prewarm.units());
        }
    }

    private boolean admitted(AutoScalingGroup group) {
        List<String> instances =
                group.instances().stream().map(Instance::instanceId).limit(SOME).toList();
        List<String> obstacles =
                new Admission(at.aws()).problems(live, scene.state().blue().targetGroups(), instances);
        obstacles.forEach(text -> scene.warn("No bridge: " + text + ". Whoever still has the old answer reaches "
                + scene.state().old()));
        return obstacles.isEmpty();
    }

    private int peak() {
        OptionalInt peak = PeakCapacity.of(at.aws(), scene.state().blue().metered(), at.now(), PEAK_IN);
        if (peak.isEmpty()) {
            scene.say("Pre-warm: " + live.name() + " was never so busy in three days that it would need any");
            return 0;
        }
        int units = Math.max(leastUnits(), peak.getAsInt());
        scene.say("Pre-warm: at its busiest in three days " + live.name() + " took " + peak.getAsInt()
                + " capacity units" + (units > peak.getAsInt() ? "; the least that AWS reserves is " + units : ""));
        return units;
    }
}
