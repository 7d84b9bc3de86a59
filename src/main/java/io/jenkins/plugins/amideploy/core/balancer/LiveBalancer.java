package io.jenkins.plugins.amideploy.core.balancer;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.aws.Balancers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AvailabilityZone;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/**
 * A load balancer as AWS shows it, of whichever generation.
 *
 * @param arn empty for a Classic Load Balancer, which has none
 * @param hostedZoneId the hosted zone that an alias record to it names
 * @param scheme {@code internet-facing} or {@code internal}
 * @param securityGroups empty for a Network Load Balancer without
 */
public record LiveBalancer(
        Kind kind,
        String name,
        String arn,
        String dnsName,
        String hostedZoneId,
        String scheme,
        String vpcId,
        List<String> subnets,
        List<String> securityGroups) {
    private static final int ARNS_IN_A_CALL = 20;

    /** What AWS calls it. */
    public enum Kind {
        APPLICATION("Application Load Balancer"),
        NETWORK("Network Load Balancer"),
        GATEWAY("Gateway Load Balancer"),
        CLASSIC("Classic Load Balancer");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    static LiveBalancer of(LoadBalancer shown) {
        return new LiveBalancer(
                switch (shown.type()) {
                    case APPLICATION -> Kind.APPLICATION;
                    case NETWORK -> Kind.NETWORK;
                    default -> Kind.GATEWAY;
                },
                shown.loadBalancerName(),
                shown.loadBalancerArn(),
                text(shown.dnsName()),
                text(shown.canonicalHostedZoneId()),
                text(shown.schemeAsString()),
                text(shown.vpcId()),
                shown.availabilityZones().stream()
                        .map(AvailabilityZone::subnetId)
                        .toList(),
                shown.securityGroups());
    }

    static LiveBalancer of(LoadBalancerDescription shown) {
        return new LiveBalancer(
                Kind.CLASSIC,
                shown.loadBalancerName(),
                "",
                text(shown.dnsName()),
                text(shown.canonicalHostedZoneNameID()),
                text(shown.scheme()),
                text(shown.vpcId()),
                shown.subnets(),
                shown.securityGroups());
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    /** Those in front of the group: of its target groups, and its Classic ones. */
    public static List<LiveBalancer> of(AwsSession aws, AutoScalingGroup group) {
        Set<String> arns = new LinkedHashSet<>();
        targetGroups(aws, Balancers.targetGroups(group)).forEach(target -> arns.addAll(target.loadBalancerArns()));
        List<LiveBalancer> found = new ArrayList<>();
        if (!arns.isEmpty()) {
            aws.elbv2()
                    .describeLoadBalancers(r -> r.loadBalancerArns(arns))
                    .loadBalancers()
                    .forEach(shown -> found.add(of(shown)));
        }
        Set<String> classic = Balancers.classic(group);
        if (!classic.isEmpty()) {
            aws.elb()
                    .describeLoadBalancers(r -> r.loadBalancerNames(classic))
                    .loadBalancerDescriptions()
                    .forEach(shown -> found.add(of(shown)));
        }
        return found;
    }

    /** The target groups with those ARNs. */
    static List<TargetGroup> targetGroups(AwsSession aws, Collection<String> arns) {
        List<TargetGroup> found = new ArrayList<>();
        List<String> all = List.copyOf(arns);
        for (int from = 0; from < all.size(); from += ARNS_IN_A_CALL) {
            List<String> some = all.subList(from, Math.min(all.size(), from + ARNS_IN_A_CALL));
            found.addAll(aws.elbv2()
                    .describeTargetGroups(r -> r.targetGroupArns(some))
                    .targetGroups());
        }
        return found;
    }

    /** The one of that name, of either generation; empty where AWS shows none. */
    public static Optional<LiveBalancer> named(AwsSession aws, String name) {
        try {
            return Optional.of(of(aws.elbv2()
                    .describeLoadBalancers(r -> r.names(name))
                    .loadBalancers()
                    .get(0)));
        } catch (LoadBalancerNotFoundException e) {
            return classic(aws, name);
        }
    }

    private static Optional<LiveBalancer> classic(AwsSession aws, String name) {
        try {
            return Optional.of(of(aws.elb()
                    .describeLoadBalancers(r -> r.loadBalancerNames(name))
                    .loadBalancerDescriptions()
                    .get(0)));
        } catch (software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerNotFoundException e) {
            return Optional.empty();
        }
    }

    public boolean classic() {
        return kind == Kind.CLASSIC;
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
