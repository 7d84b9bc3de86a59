package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;

/**
 * What runs on the instances of an image.
 *
 * @param boot mean time to boot, or null for that of the {@link Behaviour}
 * @param answers whether it ever passes a balancer's health check
 * @param crashesAfter how long after boot the instance fails every check for good, or null
 * @param diesDuringBoot whether the instance shuts itself down before it is in service
 */
public record Application(Duration boot, boolean answers, Duration crashesAfter, boolean diesDuringBoot) {
    public static Application healthy() {
        return new Application(null, true, null, false);
    }

    /** EC2's own status checks pass; the balancers' checks never do. */
    public static Application neverHealthy() {
        return new Application(null, false, null, false);
    }

    /** From then on the balancers' checks and EC2's status checks fail. */
    public static Application crashesAfter(Duration running) {
        return new Application(null, true, running, false);
    }

    public static Application bootsSlowly(Duration mean) {
        return new Application(mean, true, null, false);
    }

    public static Application dyingDuringBoot() {
        return new Application(null, false, null, true);
    }
}
