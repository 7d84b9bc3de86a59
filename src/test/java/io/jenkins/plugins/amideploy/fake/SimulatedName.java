package io.jenkins.plugins.amideploy.fake;

import io.jenkins.plugins.amideploy.core.simulator.Refusal;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedAws;
import io.jenkins.plugins.amideploy.core.simulator.VisitorSpec;
import io.jenkins.plugins.amideploy.core.simulator.Visitors;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.route53.model.AliasTarget;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** The name {@value #NAME}, which leads to the one load balancer of the {@link SimulatedRegion}, and those who use it. */
public final class SimulatedName {
    public static final String NAME = "www.example.org";

    private final String zone;
    private final Visitors visitors;

    private SimulatedName(String zone, Visitors visitors) {
        this.zone = zone;
        this.visitors = visitors;
    }

    /** Lets the name lead to the load balancer that there is. */
    public static SimulatedName create() {
        SimulatedAws aws = SimulatedRegion.aws();
        LoadBalancer balancer = balancers().get(0);
        String zone = aws.dns().zone("example.org");
        aws.dns()
                .record(
                        zone,
                        ResourceRecordSet.builder()
                                .name(NAME + ".")
                                .type(RRType.A)
                                .aliasTarget(AliasTarget.builder()
                                        .dnsName(balancer.dnsName() + ".")
                                        .hostedZoneId(balancer.canonicalHostedZoneId())
                                        .evaluateTargetHealth(true)
                                        .build())
                                .build());
        return new SimulatedName(zone, aws.dns().visitors(VisitorSpec.of(NAME)));
    }

    public static List<LoadBalancer> balancers() {
        return SimulatedRegion.aws()
                .operator()
                .elbv2()
                .describeLoadBalancers(r -> {})
                .loadBalancers();
    }

    /** The id of the hosted zone. */
    public String zone() {
        return zone;
    }

    public List<ResourceRecordSet> records() {
        return SimulatedRegion.aws()
                .operator()
                .route53()
                .listResourceRecordSets(r -> r.hostedZoneId(zone))
                .resourceRecordSets();
    }

    /** The share of the name's weighted records that leads to the other load balancers, from 0 to 100. */
    public long percentMoved(String fromDnsName) {
        long all = records().stream().mapToLong(SimulatedName::weight).sum();
        long moved = records().stream()
                .filter(set -> !set.aliasTarget().dnsName().contains(fromDnsName.toLowerCase()))
                .mapToLong(SimulatedName::weight)
                .sum();
        return all == 0 ? 0 : 100 * moved / all;
    }

    private static long weight(ResourceRecordSet set) {
        return set.weight() == null ? 0 : set.weight();
    }

    /** Those who met no healthy instance at some moment. */
    public List<Refusal> refused() {
        return visitors.refused();
    }
}
