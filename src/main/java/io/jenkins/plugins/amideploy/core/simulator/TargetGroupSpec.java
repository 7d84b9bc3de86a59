package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;

/**
 * A target group to be set up, behind an Application Load Balancer of its own unless one is named.
 *
 * @param slowStart zero for none
 * @param loadBalancer name of the load balancer, made when it does not exist
 */
public record TargetGroupSpec(
        String name, BalancerCheck check, Duration deregistrationDelay, Duration slowStart, String loadBalancer) {

    /** Checked every 10 s, drained for 60 s. */
    public static TargetGroupSpec named(String name) {
        return new TargetGroupSpec(
                name,
                BalancerCheck.every(Duration.ofSeconds(10)),
                Duration.ofSeconds(60),
                Duration.ZERO,
                name + "-alb");
    }

    public TargetGroupSpec withCheck(BalancerCheck value) {
        return new TargetGroupSpec(name, value, deregistrationDelay, slowStart, loadBalancer);
    }

    public TargetGroupSpec withDeregistrationDelay(Duration value) {
        return new TargetGroupSpec(name, check, value, slowStart, loadBalancer);
    }

    public TargetGroupSpec withSlowStart(Duration value) {
        return new TargetGroupSpec(name, check, deregistrationDelay, value, loadBalancer);
    }

    public TargetGroupSpec withLoadBalancer(String value) {
        return new TargetGroupSpec(name, check, deregistrationDelay, slowStart, value);
    }
}
