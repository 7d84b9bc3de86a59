package io.jenkins.plugins.amideploy.core.balancer;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.aws.Balancers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;
import software.amazon.awssdk.services.elasticloadbalancing.model.ListenerDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/**
 * Whether the security groups of instances let a load balancer in: Application Load Balancers, "Target security groups".
 * Rules for addresses are taken to admit it where they are as wide as a private network, for a balancer's addresses
 * change.
 */
public final class Admission {
    private static final int NARROWEST = 28;

    private final AwsSession aws;

    public Admission(AwsSession aws) {
        this.aws = aws;
    }

    /**
     * @param targetGroups ARNs of those of the balancer's target groups that the instances are to be registered in
     * @param instances ids of some of the instances, or of others that were launched in the same way
     * @return a sentence for each port that the balancer may not reach; empty where it may, or where it has no security
     *     groups of its own, so that what arrives comes from the clients' addresses
     */
    public List<String> problems(LiveBalancer balancer, Collection<String> targetGroups, Collection<String> instances) {
        if (balancer.securityGroups().isEmpty() || instances.isEmpty()) {
            return List.of();
        }
        Map<Integer, String> ports = ports(balancer, targetGroups);
        List<SecurityGroup> groups = groups(instances);
        List<String> problems = new ArrayList<>();
        ports.forEach((port, where) -> {
            boolean admitted = groups.stream()
                    .flatMap(group -> group.ipPermissions().stream())
                    .anyMatch(rule -> admits(rule, port, balancer.securityGroups()));
            if (!admitted) {
                problems.add("no security group of the instances ("
                        + String.join(
                                ", ",
                                groups.stream().map(SecurityGroup::groupId).toList())
                        + ") lets the load balancer " + balancer.name() + " ("
                        + String.join(", ", balancer.securityGroups()) + ") in on port " + port + " of " + where);
            }
        });
        return problems;
    }

    /** The ports that it sends traffic to, each with what names it. */
    private Map<Integer, String> ports(LiveBalancer balancer, Collection<String> targetGroups) {
        Map<Integer, String> ports = new LinkedHashMap<>();
        if (balancer.classic()) {
            aws
                    .elb()
                    .describeLoadBalancers(r -> r.loadBalancerNames(balancer.name()))
                    .loadBalancerDescriptions()
                    .stream()
                    .flatMap(shown -> shown.listenerDescriptions().stream())
                    .map(ListenerDescription::listener)
                    .forEach(listener ->
                            ports.put(listener.instancePort(), "its listener on port " + listener.loadBalancerPort()));
        } else {
            for (TargetGroup group : LiveBalancer.targetGroups(aws, targetGroups)) {
                ports.put(group.port(), "target group " + Balancers.shortName(group.targetGroupArn()));
            }
        }
        return ports;
    }

    private List<SecurityGroup> groups(Collection<String> instances) {
        Set<String> ids = new LinkedHashSet<>();
        aws.ec2().describeInstances(r -> r.instanceIds(instances)).reservations().stream()
                .map(Reservation::instances)
                .flatMap(List::stream)
                .flatMap(instance -> instance.securityGroups().stream())
                .map(GroupIdentifier::groupId)
                .forEach(ids::add);
        return ids.isEmpty()
                ? List.of()
                : aws.ec2().describeSecurityGroups(r -> r.groupIds(ids)).securityGroups();
    }

    private static boolean admits(IpPermission rule, int port, List<String> sources) {
        boolean any = "-1".equals(rule.ipProtocol());
        boolean through = any || "tcp".equals(rule.ipProtocol()) && rule.fromPort() <= port && port <= rule.toPort();
        return through
                && (rule.userIdGroupPairs().stream()
                                .map(UserIdGroupPair::groupId)
                                .anyMatch(sources::contains)
                        || rule.ipRanges().stream().anyMatch(range -> wide(range.cidrIp()))
                        || !rule.prefixListIds().isEmpty());
    }

    private static boolean wide(String cidr) {
        return Integer.parseInt(cidr.substring(cidr.indexOf('/') + 1)) <= NARROWEST;
    }
}
