package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.MetricType;
import software.amazon.awssdk.services.autoscaling.model.PredefinedMetricSpecification;
import software.amazon.awssdk.services.autoscaling.model.PutScalingPolicyRequest;

/**
 * What Auto Scaling does not accept as a scaling policy: Amazon EC2 Auto Scaling API Reference, "PutScalingPolicy" (what
 * each type requires) and "PredefinedMetricSpecification" (a resource label names a target group that is attached to the
 * group). The words are not documented.
 */
final class PolicyChecks {
    private static final List<String> TYPES = List.of(
            PolicyOperations.SIMPLE,
            PolicyOperations.STEP,
            PolicyOperations.TARGET_TRACKING,
            PolicyOperations.PREDICTIVE);
    private static final List<String> ADJUSTMENTS =
            List.of("ChangeInCapacity", "ExactCapacity", "PercentChangeInCapacity");
    private static final int MOST_STEPS = 20;

    private PolicyChecks() {}

    static String type(PutScalingPolicyRequest request) {
        return Optional.ofNullable(request.policyType()).orElse(PolicyOperations.SIMPLE);
    }

    static void check(SimulatedGroup group, PutScalingPolicyRequest request) {
        String type = type(request);
        if (!TYPES.contains(type)) {
            throw Rejection.validation(type + " is not a valid policy type.");
        }
        switch (type) {
            case PolicyOperations.SIMPLE -> {
                adjustment(request);
                require(request.scalingAdjustment() != null, type, "ScalingAdjustment");
            }
            case PolicyOperations.STEP -> {
                adjustment(request);
                require(!request.stepAdjustments().isEmpty(), type, "StepAdjustments");
                if (request.stepAdjustments().size() > MOST_STEPS) {
                    throw Rejection.validation("A scaling policy can't have more than " + MOST_STEPS + " steps.");
                }
            }
            case PolicyOperations.TARGET_TRACKING -> {
                require(request.targetTrackingConfiguration() != null, type, "TargetTrackingConfiguration");
                label(group, request.targetTrackingConfiguration().predefinedMetricSpecification());
            }
            default ->
                require(request.predictiveScalingConfiguration() != null, type, "PredictiveScalingConfiguration");
        }
    }

    private static void adjustment(PutScalingPolicyRequest request) {
        require(request.adjustmentType() != null, type(request), "AdjustmentType");
        if (!ADJUSTMENTS.contains(request.adjustmentType())) {
            throw Rejection.validation(request.adjustmentType() + " is not a valid adjustment type.");
        }
    }

    private static void require(boolean given, String type, String member) {
        if (!given) {
            throw Rejection.validation(member + " is required for policy type " + type + ".");
        }
    }

    private static void label(SimulatedGroup group, PredefinedMetricSpecification metric) {
        if (metric == null || metric.predefinedMetricType() != MetricType.ALB_REQUEST_COUNT_PER_TARGET) {
            return;
        }
        String label = metric.resourceLabel();
        require(label != null, PolicyOperations.TARGET_TRACKING, "ResourceLabel");
        boolean attached = group.balancers().stream()
                .filter(SimulatedTargetGroup.class::isInstance)
                .map(SimulatedTargetGroup.class::cast)
                .anyMatch(target -> target.label().equals(label));
        if (!attached) {
            throw Rejection.validation("The resource label " + label
                    + " is not valid: its target group must be attached to the Auto Scaling group " + group.name
                    + ".");
        }
    }
}
