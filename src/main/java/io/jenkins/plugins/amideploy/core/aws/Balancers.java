package io.jenkins.plugins.amideploy.core.aws;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.TrafficSourceIdentifier;
import software.amazon.awssdk.services.elasticloadbalancing.model.InstanceState;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/**
 * The balancers attached to a group and what they say of its instances: one call for each target group and each Classic
 * Load Balancer, however many instances there are.
 */
public final class Balancers {
    private Balancers() {}

    /** The target groups, whether attached by the older or the newer of the two APIs. */
    public static Set<String> targetGroups(AutoScalingGroup group) {
        Set<String> arns = new LinkedHashSet<>(group.targetGroupARNs());
        sources(group, "elbv2").forEach(arns::add);
        return arns;
    }

    /** The Classic Load Balancers. */
    public static Set<String> classic(AutoScalingGroup group) {
        Set<String> names = new LinkedHashSet<>(group.loadBalancerNames());
        sources(group, "elb").forEach(names::add);
        return names;
    }

    public static boolean any(AutoScalingGroup group) {
        return !targetGroups(group).isEmpty() || !classic(group).isEmpty();
    }

    private static List<String> sources(AutoScalingGroup group, String type) {
        return group.trafficSources().stream()
                .filter(source -> type.equals(source.type()))
                .map(TrafficSourceIdentifier::identifier)
                .toList();
    }

    /**
     * Every instance of the group, with the reason why it does not serve where one of its balancers says so.
     *
     * <p>A target group that no listener uses reports its targets as {@code unused}: it sends no traffic and stops
     * nothing.
     */
    public static List<Member> members(AwsSession aws, AutoScalingGroup group) {
        List<Map<String, String>> reports = new ArrayList<>();
        for (String arn : targetGroups(group)) {
            reports.add(targets(aws, arn));
        }
        for (String name : classic(group)) {
            reports.add(registered(aws, name));
        }
        return members(group, reports);
    }

    /** The instances as the group alone shows them, no balancer asked. */
    public static List<Member> membersWithoutBalancers(AutoScalingGroup group) {
        return members(group, List.of());
    }

    private static List<Member> members(AutoScalingGroup group, List<Map<String, String>> reports) {
        return group.instances().stream()
                .map(instance -> {
                    Member plain = new Member(instance, "");
                    String obstacle = !plain.inService()
                            ? instance.lifecycleStateAsString()
                            : !"Healthy".equalsIgnoreCase(instance.healthStatus())
                                    ? "health status " + instance.healthStatus()
                                    : reports.stream()
                                            .map(report -> report.getOrDefault(
                                                    instance.instanceId(), report.getOrDefault("", "")))
                                            .filter(text -> !text.isEmpty())
                                            .findFirst()
                                            .orElse("");
                    return new Member(instance, obstacle);
                })
                .toList();
    }

    private static Map<String, String> targets(AwsSession aws, String arn) {
        String name = shortName(arn);
        Map<String, String> obstacles = new HashMap<>();
        var targets =
                aws.elbv2().describeTargetHealth(r -> r.targetGroupArn(arn)).targetHealthDescriptions();
        obstacles.put("", "not registered in target group " + name);
        for (TargetHealthDescription target : targets) {
            String obstacle = obstacle(target.targetHealth(), name);
            obstacles.merge(target.target().id(), obstacle, (one, other) -> one.isEmpty() ? other : one);
        }
        boolean idle = !targets.isEmpty()
                && targets.stream()
                        .allMatch(t -> t.targetHealth().reason() == TargetHealthReasonEnum.TARGET_NOT_IN_USE);
        return idle ? Map.of() : obstacles;
    }

    private static String obstacle(TargetHealth health, String targetGroup) {
        if (health.state() == TargetHealthStateEnum.HEALTHY) {
            return "";
        }
        String text = health.stateAsString() + " in target group " + targetGroup;
        if (health.reasonAsString() != null) {
            text += ": " + health.reasonAsString();
        }
        return health.description() == null || health.description().isBlank()
                ? text
                : text + " (" + health.description() + ")";
    }

    private static Map<String, String> registered(AwsSession aws, String name) {
        Map<String, String> obstacles = new HashMap<>();
        obstacles.put("", "not registered in load balancer " + name);
        for (InstanceState state :
                aws.elb().describeInstanceHealth(r -> r.loadBalancerName(name)).instanceStates()) {
            obstacles.put(
                    state.instanceId(),
                    "InService".equals(state.state())
                            ? ""
                            : state.state() + " in load balancer " + name + ": " + state.reasonCode() + " ("
                                    + state.description() + ")");
        }
        return obstacles;
    }

    /** The name in a target group's ARN; the ARN itself where it has none. */
    public static String shortName(String arn) {
        String[] parts = arn.split("/");
        return parts.length > 1 ? parts[1] : arn;
    }
}
