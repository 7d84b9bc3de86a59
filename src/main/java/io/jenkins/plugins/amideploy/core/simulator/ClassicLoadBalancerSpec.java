package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;

/**
 * A Classic Load Balancer to be set up.
 *
 * @param connectionDraining zero for none
 */
public record ClassicLoadBalancerSpec(String name, BalancerCheck check, Duration connectionDraining) {

    /** Checked every 10 s, drained for 60 s. */
    public static ClassicLoadBalancerSpec named(String name) {
        return new ClassicLoadBalancerSpec(name, BalancerCheck.every(Duration.ofSeconds(10)), Duration.ofSeconds(60));
    }

    public ClassicLoadBalancerSpec withCheck(BalancerCheck value) {
        return new ClassicLoadBalancerSpec(name, value, connectionDraining);
    }

    public ClassicLoadBalancerSpec withConnectionDraining(Duration value) {
        return new ClassicLoadBalancerSpec(name, check, value);
    }
}
