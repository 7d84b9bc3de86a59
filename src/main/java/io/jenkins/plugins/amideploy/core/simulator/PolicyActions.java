package io.jenkins.plugins.amideploy.core.simulator;

import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.autoscaling.model.StepAdjustment;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/**
 * What a policy does when its alarm goes off: Amazon EC2 Auto Scaling User Guide, "Step and simple scaling policies"
 * (adjustment types, rounding of percentages, never beyond the bounds). As nothing is measured, a step policy takes its
 * first step; how far target tracking goes is not documented: one instance. Cooldowns are not modelled.
 */
final class PolicyActions {
    private final World world;

    PolicyActions(World world) {
        this.world = world;
    }

    void execute(String policyArn, MetricAlarm alarm) {
        for (SimulatedGroup group : world.groups.values()) {
            for (ScalingPolicy policy : group.policies.all()) {
                if (policy.policyARN().equals(policyArn)) {
                    execute(group, policy, alarm);
                }
            }
        }
    }

    private void execute(SimulatedGroup group, ScalingPolicy policy, MetricAlarm alarm) {
        if (group.deleting || !group.runs("AlarmNotification") || Boolean.FALSE.equals(policy.enabled())) {
            return;
        }
        int before = group.desired;
        int wanted =
                switch (policy.policyType()) {
                    case PolicyOperations.SIMPLE ->
                        adjusted(before, policy, Optional.ofNullable(policy.scalingAdjustment()));
                    case PolicyOperations.STEP -> adjusted(before, policy, firstStep(policy));
                    case PolicyOperations.TARGET_TRACKING -> before + (above(alarm) ? 1 : -1);
                    default ->
                        throw new UnsupportedOperationException("No alarm sets off a policy of type "
                                + policy.policyType() + ": " + policy.policyName());
                };
        group.desired = Math.max(group.min, Math.min(group.max, wanted));
        if (group.desired != before) {
            world.activities.alarm(group, alarm.alarmName(), policy.policyName(), before);
            world.reconciler.soon(group);
        }
    }

    private static boolean above(MetricAlarm alarm) {
        return alarm.comparisonOperator() == ComparisonOperator.GREATER_THAN_THRESHOLD
                || alarm.comparisonOperator() == ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD;
    }

    private static Optional<Integer> firstStep(ScalingPolicy policy) {
        return policy.stepAdjustments().stream().findFirst().map(StepAdjustment::scalingAdjustment);
    }

    private static int adjusted(int before, ScalingPolicy policy, Optional<Integer> adjustment) {
        int by = adjustment.orElseThrow();
        return switch (policy.adjustmentType()) {
            case "ExactCapacity" -> by;
            case "PercentChangeInCapacity" -> before + percent(before, by, policy.minAdjustmentMagnitude());
            default -> before + by;
        };
    }

    /** Values between 0 and 1 become 1, between 0 and -1 become -1, others are rounded towards 0. */
    private static int percent(int before, int by, Integer least) {
        double exact = before * by / 100.0;
        int change = Math.abs(exact) < 1 ? (int) Math.signum(exact) : (int) exact;
        return least == null || Math.abs(change) >= least ? change : (int) Math.signum(by) * least;
    }
}
