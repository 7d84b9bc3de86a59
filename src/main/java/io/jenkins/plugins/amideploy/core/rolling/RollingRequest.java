package io.jenkins.plugins.amideploy.core.rolling;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the user asked for, checked as far as that is possible without AWS.
 *
 * @param ami the image the group shall run
 * @param minHealthyPercentage of the wanted capacity that stays in service
 * @param warmup for how long an instance must be in service before it counts
 * @param healthTimeout within which each new instance must be in service
 * @param checkpoints percentages of the replacement at which the block is run, ascending; empty for one run at the end
 * @param alarms names of CloudWatch alarms that must not go ALARM
 * @param replaceMatching whether instances that run the image already are replaced too
 * @param convertToLaunchTemplate whether a launch configuration may be converted to a launch template
 * @param gated whether there is a block
 */
public record RollingRequest(
        String group,
        String ami,
        BatchSize batchSize,
        int minHealthyPercentage,
        Duration warmup,
        Duration healthTimeout,
        Duration timeout,
        List<Integer> checkpoints,
        List<String> alarms,
        OnFailure onFailure,
        boolean replaceMatching,
        Treatment scaleInProtected,
        Treatment standby,
        boolean convertToLaunchTemplate,
        boolean gated) {

    /** What happens to a group whose deployment cannot go on. */
    public enum OnFailure {
        /** The former image is rolled back in. */
        ROLL_BACK,
        /** The sizes are restored, the mix of instances stays. */
        STOP
    }

    /** What happens to instances that someone has protected or set aside. */
    public enum Treatment {
        FAIL,
        REPLACE,
        SKIP
    }

    /**
     * Reads the parameters by their names in the Pipeline step; absent ones have their defaults.
     *
     * @param problems takes a sentence for each parameter that is unknown or impossible; the request is then good for
     *     looking at the group, not for deploying
     */
    public static RollingRequest of(Map<String, String> parameters, boolean gated, List<String> problems) {
        Parameters p = new Parameters(parameters, problems);
        RollingRequest request = new RollingRequest(
                p.required("group"),
                p.matching("ami", "ami-[0-9a-f]+", "an image id such as ami-0123456789abcdef0"),
                p.parsed("batchSize", "1", BatchSize::of),
                p.number("minHealthyPercentage", 100, 0, 100),
                p.seconds("warmup", Duration.ZERO, 0, Duration.ofHours(2)),
                p.seconds("healthTimeout", Duration.ofMinutes(15), 1, Duration.ofHours(12)),
                p.seconds("timeout", Duration.ofHours(4), 1, Duration.ofDays(14)),
                p.percentages("checkpoints"),
                p.words("alarms"),
                p.choice(
                        "onFailure",
                        OnFailure.ROLL_BACK,
                        Map.of("rollBack", OnFailure.ROLL_BACK, "stop", OnFailure.STOP)),
                p.flag("replaceMatching"),
                p.choice("scaleInProtected", Treatment.FAIL, TREATMENTS),
                p.choice("standby", Treatment.FAIL, TREATMENTS),
                p.flag("convertToLaunchTemplate"),
                gated);
        p.refuseUnknown();
        if (!request.checkpoints.isEmpty() && !gated) {
            problems.add("checkpoints: there is no block to run at them");
        }
        return request;
    }

    private static final Map<String, Treatment> TREATMENTS =
            Map.of("fail", Treatment.FAIL, "replace", Treatment.REPLACE, "skip", Treatment.SKIP);
}
