package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;

/**
 * A balancer's health check.
 *
 * @param healthy passed checks in a row that make an unhealthy target healthy
 * @param unhealthy failed checks in a row that make a target unhealthy
 */
public record BalancerCheck(Duration interval, int healthy, int unhealthy) {
    public static BalancerCheck every(Duration interval) {
        return new BalancerCheck(interval, 2, 2);
    }
}
