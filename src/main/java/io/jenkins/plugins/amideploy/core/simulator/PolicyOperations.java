package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.autoscaling.model.DeletePolicyRequest;
import software.amazon.awssdk.services.autoscaling.model.DeletePolicyResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribePoliciesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribePoliciesResponse;
import software.amazon.awssdk.services.autoscaling.model.LimitExceededException;
import software.amazon.awssdk.services.autoscaling.model.PutScalingPolicyRequest;
import software.amazon.awssdk.services.autoscaling.model.PutScalingPolicyResponse;
import software.amazon.awssdk.services.autoscaling.model.ScalingPolicy;

/**
 * Scaling policies: Amazon EC2 Auto Scaling API Reference, "PutScalingPolicy" (a policy of the same name is replaced and
 * keeps its ARN), "DescribePolicies", "DeletePolicy" (target tracking takes its alarms along; other alarms stay, without
 * their action); at most 50 in a group and 20 steps in a policy.
 */
final class PolicyOperations {
    static final String SIMPLE = "SimpleScaling";
    static final String STEP = "StepScaling";
    static final String TARGET_TRACKING = "TargetTrackingScaling";
    static final String PREDICTIVE = "PredictiveScaling";
    private static final int MOST = 50;

    private final World world;
    private final TrackingAlarms tracking;

    PolicyOperations(World world, Operations operations) {
        this.world = world;
        this.tracking = new TrackingAlarms(world);
        operations.on(Service.AUTO_SCALING, PutScalingPolicyRequest.class, this::put);
        operations.on(Service.AUTO_SCALING, DescribePoliciesRequest.class, this::describe);
        operations.on(Service.AUTO_SCALING, DeletePolicyRequest.class, this::delete);
    }

    private PutScalingPolicyResponse put(PutScalingPolicyRequest request) {
        SimulatedGroup group = Groups.toChange(world, request.autoScalingGroupName());
        PolicyChecks.check(group, request);
        String name = request.policyName();
        ScalingPolicy before = group.policies.get(name);
        if (before == null && group.policies.size() >= MOST) {
            throw new Rejection(
                    LimitExceededException.builder(),
                    400,
                    "LimitExceeded",
                    "The number of scaling policies for AutoScalingGroup " + group.name + " exceeds the limit of "
                            + MOST + ".");
        }
        if (before != null) {
            tracking.delete(before);
        }
        String arn = before == null
                ? Service.AUTO_SCALING.arn(
                        world.region,
                        "scalingPolicy:" + world.ids.uuid() + ":autoScalingGroupName/" + group.name + ":policyName/"
                                + name)
                : before.policyARN();
        ScalingPolicy policy = completed(request, arn);
        ScalingPolicy shown = policy.toBuilder().alarms(tracking.create(policy)).build();
        group.policies.put(name, shown);
        return PutScalingPolicyResponse.builder()
                .policyARN(arn)
                .alarms(shown.alarms())
                .build();
    }

    private static ScalingPolicy completed(PutScalingPolicyRequest request, String arn) {
        String type = PolicyChecks.type(request);
        ScalingPolicy.Builder policy = Pojos.copy(request, ScalingPolicy.builder())
                .policyARN(arn)
                .policyType(type)
                .enabled(!Boolean.FALSE.equals(request.enabled()));
        if (type.equals(STEP) && request.metricAggregationType() == null) {
            policy.metricAggregationType("Average");
        }
        return policy.build();
    }

    /** The alarms of a policy are those that name it, whoever made them. */
    private ScalingPolicy withAlarms(ScalingPolicy policy) {
        return policy.toBuilder()
                .alarms(TrackingAlarms.naming(world.alarms.listed.seen(), policy.policyARN()))
                .build();
    }

    private DescribePoliciesResponse describe(DescribePoliciesRequest request) {
        List<ScalingPolicy> found = world.groups.values().stream()
                .filter(group -> request.autoScalingGroupName() == null
                        || request.autoScalingGroupName().equals(group.name))
                .flatMap(group -> group.policies.seen().stream())
                .filter(policy ->
                        request.policyNames().isEmpty() || request.policyNames().contains(policy.policyName()))
                .filter(policy ->
                        request.policyTypes().isEmpty() || request.policyTypes().contains(policy.policyType()))
                .map(this::withAlarms)
                .toList();
        Pages<ScalingPolicy> page = Pages.of(found, request.nextToken(), request.maxRecords(), 100, Groups.badToken());
        return DescribePoliciesResponse.builder()
                .scalingPolicies(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private DeletePolicyResponse delete(DeletePolicyRequest request) {
        ScalingPolicy policy = null;
        for (SimulatedGroup group : world.groups.values()) {
            if (request.autoScalingGroupName() != null
                    && !request.autoScalingGroupName().equals(group.name)) {
                continue;
            }
            for (ScalingPolicy candidate : group.policies.all()) {
                if (Objects.equals(request.policyName(), candidate.policyARN())
                        || request.autoScalingGroupName() != null
                                && candidate.policyName().equals(request.policyName())) {
                    policy = candidate;
                }
            }
        }
        if (policy == null) {
            throw Rejection.validation("ScalingPolicy name not found - No scaling policy found with name "
                    + request.policyName() + " for AutoScalingGroup " + request.autoScalingGroupName());
        }
        Groups.toChange(world, policy.autoScalingGroupName()).policies.remove(policy.policyName());
        forget(policy);
        return DeletePolicyResponse.builder().build();
    }

    /** With their group. */
    void deleteAll(SimulatedGroup group) {
        for (ScalingPolicy policy : group.policies.all()) {
            group.policies.remove(policy.policyName());
            forget(policy);
        }
    }

    private void forget(ScalingPolicy policy) {
        tracking.delete(policy);
        world.alarms.withoutAction(policy.policyARN());
    }
}
