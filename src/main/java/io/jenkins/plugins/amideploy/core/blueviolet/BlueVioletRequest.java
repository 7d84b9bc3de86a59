package io.jenkins.plugins.amideploy.core.blueviolet;

import io.jenkins.plugins.amideploy.core.deployment.Parameters;
import io.jenkins.plugins.amideploy.core.group.SideCheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the user asked for, checked as far as that is possible without AWS.
 *
 * @param group a base name, or the name of a group that exists
 * @param ami the image of the new group; empty where only one of two groups is to be retired
 * @param terminateRelative whether the old group goes at the end
 * @param warmup for how long all of the new group must be in service before it counts
 * @param healthTimeout within which each new instance must be in service
 * @param bake for how long both groups serve before the old one goes, after the block
 * @param alarms names of CloudWatch alarms that must not go ALARM
 * @param keepOld whether the old group stays, at size zero
 * @param min -1, like the other sizes, for what the old group has
 * @param convertToLaunchTemplate whether a launch configuration may be converted to a launch template
 * @param gated whether there is a block
 */
public record BlueVioletRequest(
        String group,
        String ami,
        boolean terminateRelative,
        Duration warmup,
        Duration healthTimeout,
        Duration timeout,
        Duration bake,
        List<String> alarms,
        OnFailure onFailure,
        boolean keepOld,
        int min,
        int desired,
        int max,
        boolean convertToLaunchTemplate,
        boolean gated) {

    /** What happens to the new group where it cannot take over. */
    public enum OnFailure {
        /** It is removed. */
        ROLL_BACK,
        /** Both groups stay as they are. */
        STOP
    }

    /**
     * Reads the parameters by their names in the Pipeline step; absent ones have their defaults.
     *
     * @param problems takes a sentence for each parameter that is unknown or impossible
     */
    public static BlueVioletRequest of(Map<String, String> parameters, boolean gated, List<String> problems) {
        Parameters p = new Parameters(parameters, problems);
        BlueVioletRequest request = new BlueVioletRequest(
                p.required("group"),
                p.optional("ami", "ami-[0-9a-f]+", "an image id such as ami-0123456789abcdef0"),
                p.flagUnlessFalse("terminateRelative"),
                p.seconds("warmup", Duration.ZERO, 0, Duration.ofHours(2)),
                p.seconds("healthTimeout", Duration.ofMinutes(15), 1, Duration.ofHours(12)),
                p.seconds("timeout", Duration.ofHours(4), 1, Duration.ofDays(14)),
                p.seconds("bake", Duration.ZERO, 0, Duration.ofDays(2)),
                p.words("alarms"),
                p.choice(
                        "onFailure",
                        OnFailure.ROLL_BACK,
                        Map.of("rollBack", OnFailure.ROLL_BACK, "stop", OnFailure.STOP)),
                p.choice("keepOld", false, Map.of("terminate", false, "standby", true)),
                p.number("minSize", -1, 0, 100_000),
                p.number("desiredCapacity", -1, 0, 100_000),
                p.number("maxSize", -1, 1, 100_000),
                p.flag("convertToLaunchTemplate"),
                gated);
        p.refuseUnknown();
        if (request.ami.isEmpty() && !request.terminateRelative) {
            problems.add("ami: is required where terminateRelative is false; without it only one of two groups is "
                    + "retired");
        }
        return request;
    }

    /** What is asked of the new group. */
    SideCheck.Order order() {
        return new SideCheck.Order(ami, min, desired, max, alarms, convertToLaunchTemplate);
    }

    boolean retiresOnly() {
        return ami.isEmpty();
    }
}
