package io.jenkins.plugins.amideploy.core.aws;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameResponse;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * What there is in the account that moves traffic, for people who choose: see {@link Inventory}.
 *
 * <p>All methods throw an {@link SdkException} where AWS does not answer.
 */
public final class TrafficInventory {
    private static final int MOST = 500;

    private TrafficInventory() {}

    private static List<InventoryEntry> list(Stream<InventoryEntry> entries) {
        return entries.limit(MOST)
                .sorted(Comparator.comparing(InventoryEntry::about))
                .toList();
    }

    /** Application, Network and Gateway Load Balancers by name, then Classic ones. */
    public static List<InventoryEntry> loadBalancers(AwsSession aws) {
        var classic = aws.elb().describeLoadBalancersPaginator(r -> {}).loadBalancerDescriptions().stream()
                .map((LoadBalancerDescription balancer) -> InventoryEntry.of(
                        balancer.loadBalancerName(), balancer.loadBalancerName(), "classic", balancer.scheme()));
        var others = aws.elbv2().describeLoadBalancersPaginator(r -> {}).loadBalancers().stream()
                .map((LoadBalancer balancer) -> InventoryEntry.of(
                        balancer.loadBalancerName(),
                        balancer.loadBalancerName(),
                        balancer.typeAsString(),
                        balancer.schemeAsString()));
        return list(Stream.concat(others, classic));
    }

    /** Target groups by ARN, with name, protocol and port. */
    public static List<InventoryEntry> targetGroups(AwsSession aws) {
        return list(aws.elbv2().describeTargetGroupsPaginator(r -> {}).targetGroups().stream()
                .map((TargetGroup group) -> InventoryEntry.of(
                        group.targetGroupArn(),
                        group.targetGroupName(),
                        group.protocolAsString() + " " + group.port())));
    }

    /** Hosted zones by id, without the path that Route 53 puts before it, with the domain. */
    public static List<InventoryEntry> hostedZones(AwsSession aws) {
        List<HostedZone> zones = new ArrayList<>();
        ListHostedZonesByNameResponse page = aws.route53().listHostedZonesByName(r -> {});
        zones.addAll(page.hostedZones());
        while (page.isTruncated() && zones.size() < MOST) {
            ListHostedZonesByNameResponse before = page;
            page = aws.route53()
                    .listHostedZonesByName(
                            r -> r.dnsName(before.nextDNSName()).hostedZoneId(before.nextHostedZoneId()));
            zones.addAll(page.hostedZones());
        }
        return list(zones.stream()
                .map(zone -> InventoryEntry.of(
                        id(zone),
                        zone.name(),
                        zone.config() != null && zone.config().privateZone() ? "private" : "public")));
    }

    private static String id(HostedZone zone) {
        return zone.id().replaceFirst("^/hostedzone/", "");
    }

    /**
     * The names in a hosted zone that may point at a load balancer.
     *
     * @param zone its id or its name; of none there are no names
     */
    public static List<InventoryEntry> recordNames(AwsSession aws, String zone) {
        String id = zone.contains(".") ? named(aws, zone) : zone;
        if (id.isEmpty()) {
            return List.of();
        }
        return list(aws.route53().listResourceRecordSetsPaginator(r -> r.hostedZoneId(id)).resourceRecordSets().stream()
                .filter(set -> List.of("A", "AAAA", "CNAME").contains(set.typeAsString()))
                .map((ResourceRecordSet set) ->
                        InventoryEntry.of(set.name(), set.name(), set.typeAsString(), set.setIdentifier())));
    }

    /** The id of the first zone of that name; empty where there is none. */
    private static String named(AwsSession aws, String name) {
        return aws.route53().listHostedZonesByName(r -> r.dnsName(name).maxItems("1")).hostedZones().stream()
                .filter(zone -> zone.name().equals(name) || zone.name().equals(name + "."))
                .map(TrafficInventory::id)
                .findFirst()
                .orElse("");
    }
}
