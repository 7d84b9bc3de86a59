package io.jenkins.plugins.amideploy.core.aws;

import java.util.ArrayList;
import java.util.Collection;
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
     * What all balancers of a group say at one moment.
     *
     * @param obstacles of each balancer: why an instance does not serve, by its id; empty where it does; of the id "" for
     *     whoever is not registered
     */
    public record Report(List<Map<String, String>> obstacles) {
        /** Of a group that has no balancers, or whose balancers were not asked. */
        public static final Report NONE = new Report(List.of());

        /** Why the instance does not serve; empty where it serves in all of them. */
        public String obstacle(String instanceId) {
            return obstacles.stream()
                    .map(report -> report.getOrDefault(instanceId, report.getOrDefault("", "")))
                    .filter(text -> !text.isEmpty())
                    .findFirst()
                    .orElse("");
        }

        /** Whether one of them still has it, if only to let it drain. */
        public boolean knows(String instanceId) {
            return obstacles.stream().anyMatch(report -> report.containsKey(instanceId));
        }
    }

    /**
     * Asks the balancers.
     *
     * <p>A target group that no listener uses reports its targets as {@code unused}: it sends no traffic and stops
     * nothing.
     */
    public static Report report(AwsSession aws, Collection<String> targetGroups, Collection<String> classic) {
        List<Map<String, String>> obstacles = new ArrayList<>();
        targetGroups.forEach(arn -> obstacles.add(targets(aws, arn)));
        classic.forEach(name -> obstacles.add(registered(aws, name)));
        return new Report(obstacles);
    }

    /** Asks the group's balancers. */
    public static Report report(AwsSession aws, AutoScalingGroup group) {
        return report(aws, targetGroups(group), classic(group));
    }

    /** Every instance of the group, with the reason why it does not serve where one of its balancers says so. */
    public static List<Member> members(AwsSession aws, AutoScalingGroup group) {
        return members(group, report(aws, group));
    }

    /** The instances as the group alone shows them, no balancer asked. */
    public static List<Member> membersWithoutBalancers(AutoScalingGroup group) {
        return members(group, Report.NONE);
    }

    /** The instances as the group and that report show them. */
    public static List<Member> members(AutoScalingGroup group, Report report) {
        return group.instances().stream()
                .map(instance -> {
                    Member plain = new Member(instance, "");
                    String obstacle = !plain.inService()
                            ? instance.lifecycleStateAsString()
                            : !"Healthy".equalsIgnoreCase(instance.healthStatus())
                                    ? "health status " + instance.healthStatus()
                                    : report.obstacle(instance.instanceId());
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
