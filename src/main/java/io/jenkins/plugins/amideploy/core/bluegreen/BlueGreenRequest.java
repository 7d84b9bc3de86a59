package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.deployment.Parameters;
import io.jenkins.plugins.amideploy.core.group.SideCheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the user asked for, checked as far as that is possible without AWS.
 *
 * @param group a base name, or the name of the live group
 * @param ami the image of the new group
 * @param bridge whether the old balancer sends what still arrives there to the new group, too
 * @param retireOld whether the old side goes at the end
 * @param warmup for how long all of the new group must be in service before it counts
 * @param healthTimeout within which each new instance must be in service
 * @param alarms names of CloudWatch alarms that must not go ALARM
 * @param min -1, like the other sizes, for what the old group has
 * @param convertToLaunchTemplate whether a launch configuration may be converted to a launch template
 * @param gated whether there is a block
 */
public record BlueGreenRequest(
        String group,
        String ami,
        Route route,
        Pace pace,
        Prewarm prewarm,
        boolean bridge,
        Drain drain,
        boolean retireOld,
        Duration warmup,
        Duration healthTimeout,
        Duration timeout,
        List<String> alarms,
        OnFailure onFailure,
        int min,
        int desired,
        int max,
        boolean convertToLaunchTemplate,
        boolean gated) {

    /** What happens where the new side cannot take over. */
    public enum OnFailure {
        /** Traffic goes back to the old side, and the new one is removed. */
        ROLL_BACK,
        /** Both sides stay, and so does the share of traffic that each has. */
        STOP
    }

    /**
     * Reads the parameters by their names in the Pipeline step; absent ones have their defaults.
     *
     * @param problems takes a sentence for each parameter that is unknown or impossible
     */
    public static BlueGreenRequest of(Map<String, String> parameters, boolean gated, List<String> problems) {
        Parameters p = new Parameters(parameters, problems);
        Route route = Route.of(p, problems);
        BlueGreenRequest request = new BlueGreenRequest(
                p.required("group"),
                p.matching("ami", "ami-[0-9a-f]+", "an image id such as ami-0123456789abcdef0"),
                route,
                Pace.of(p, problems),
                Prewarm.of(p, route, problems),
                p.flagUnlessFalse("bridge"),
                Drain.of(p),
                p.flagUnlessFalse("retireOld"),
                p.seconds("warmup", Duration.ZERO, 0, Duration.ofHours(2)),
                p.seconds("healthTimeout", Duration.ofMinutes(15), 1, Duration.ofHours(12)),
                p.seconds("timeout", Duration.ofHours(12), 1, Duration.ofDays(14)),
                p.words("alarms"),
                p.choice(
                        "onFailure",
                        OnFailure.ROLL_BACK,
                        Map.of("rollBack", OnFailure.ROLL_BACK, "stop", OnFailure.STOP)),
                p.number("minSize", -1, 0, 100_000),
                p.number("desiredCapacity", -1, 0, 100_000),
                p.number("maxSize", -1, 1, 100_000),
                p.flag("convertToLaunchTemplate"),
                gated);
        p.refuseUnknown();
        return request;
    }

    /** What is asked of the new group. */
    SideCheck.Order order() {
        return new SideCheck.Order(ami, min, desired, max, alarms, convertToLaunchTemplate);
    }
}
