package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;

/**
 * A world drawn from a seed, with one group to deploy a new image to and what will go wrong meanwhile.
 *
 * @param group name of the Auto Scaling group
 * @param source what the group launches from
 * @param template name of its launch template, null for a launch configuration
 * @param oldImage what the group runs
 * @param newImage what is to be deployed
 * @param alarm name of a CloudWatch alarm, OK at the start
 * @param story what was drawn, for the message of a failing test
 */
public record Scenario(
        long seed,
        FaultClass faultClass,
        SimulatedAws aws,
        String group,
        GroupSpec.Source source,
        String template,
        String oldImage,
        String newImage,
        List<String> targetGroupArns,
        List<String> classicLoadBalancers,
        String alarm,
        String story) {

    /** The same seed and fault class give the same world and the same faults, all within the first 40 minutes. */
    public static Scenario random(long seed, FaultClass faultClass) {
        return random(seed, faultClass, Behaviour.typical());
    }

    public static Scenario random(long seed, FaultClass faultClass, Behaviour behaviour) {
        return new ScenarioDraw(seed, faultClass, behaviour).draw();
    }

    @Override
    public String toString() {
        return "seed " + seed + ", " + faultClass + ": " + story;
    }
}
