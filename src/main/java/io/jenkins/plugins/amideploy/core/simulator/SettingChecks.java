package io.jenkins.plugins.amideploy.core.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.CreateAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.InstanceMaintenancePolicy;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;

/**
 * What Auto Scaling does not accept as a setting of a group: Amazon EC2 Auto Scaling API Reference,
 * "CreateAutoScalingGroup" and "InstanceMaintenancePolicy" (the valid values; not all the words are documented).
 */
final class SettingChecks {
    private static final Set<String> HEALTH_CHECKS = Set.of("EC2", "EBS", "ELB", "VPC_LATTICE");
    private static final Set<String> TERMINATION_POLICIES = Set.of(
            "Default",
            "AllocationStrategy",
            "ClosestToNextInstanceHour",
            "NewestInstance",
            "OldestInstance",
            "OldestLaunchConfiguration",
            "OldestLaunchTemplate");
    private static final int DAY = 86_400;

    private SettingChecks() {}

    static void check(CreateAutoScalingGroupRequest request, UpdateAutoScalingGroupRequest settings) {
        if (request.instanceId() != null) {
            throw new UnsupportedOperationException("The simulator does not model groups made from an instance");
        }
        required(request.minSize(), "minSize");
        required(request.maxSize(), "maxSize");
        check(settings);
    }

    private static void required(Object value, String member) {
        if (value == null) {
            throw Rejection.validation("1 validation error detected: Value null at '" + member
                    + "' failed to satisfy constraint: Member must not be null");
        }
    }

    static void check(UpdateAutoScalingGroupRequest request) {
        if (request.healthCheckType() != null) {
            Arrays.stream(request.healthCheckType().split(","))
                    .filter(type -> !HEALTH_CHECKS.contains(type))
                    .findAny()
                    .ifPresent(type -> {
                        throw Rejection.validation("Invalid Health Check Type: " + type);
                    });
        }
        terminationPolicies(request.terminationPolicies());
        Integer lifetime = request.maxInstanceLifetime();
        if (lifetime != null && lifetime != 0 && lifetime < DAY) {
            throw Rejection.validation("MaxInstanceLifetime must be 0 or at least 86400 seconds");
        }
        serviceLinkedRole(request.serviceLinkedRoleARN());
        if (request.instanceMaintenancePolicy() != null) {
            maintenance(request.instanceMaintenancePolicy());
        }
    }

    private static void terminationPolicies(List<String> policies) {
        policies.stream()
                .filter(policy -> !TERMINATION_POLICIES.contains(policy) && !policy.matches("arn:aws[a-z-]*:lambda:.+"))
                .findAny()
                .ifPresent(policy -> {
                    throw Rejection.validation("Termination policy " + policy + " is not supported");
                });
    }

    /** The roles with which an account can be are the default one and those with a suffix. */
    private static void serviceLinkedRole(String arn) {
        if (arn != null && !arn.startsWith(GroupSettings.SERVICE_LINKED_ROLE)) {
            throw Rejection.validation("ARN specified for Service-Linked Role does not exist.");
        }
    }

    private static void maintenance(InstanceMaintenancePolicy policy) {
        Integer min = policy.minHealthyPercentage();
        Integer max = policy.maxHealthyPercentage();
        boolean cleared = min != null && max != null && min == -1 && max == -1;
        boolean valid =
                min != null && max != null && min >= 0 && min <= 100 && max >= 100 && max <= 200 && max - min <= 100;
        if (!cleared && !valid) {
            throw Rejection.validation("MinHealthyPercentage must be from 0 to 100 and MaxHealthyPercentage from 100 to"
                    + " 200, both or neither, and not more than 100 apart.");
        }
    }
}
