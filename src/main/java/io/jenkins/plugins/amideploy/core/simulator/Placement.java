package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.InvalidSecurityGroupException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAddress;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SubnetMapping;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SubnetNotFoundException;

/** Where a load balancer stands: Elastic Load Balancing API Reference (2015-12-01), "CreateLoadBalancer". */
final class Placement {
    private Placement() {}

    static List<String> subnets(CreateLoadBalancerRequest settings) {
        return Stream.concat(
                        settings.subnets().stream(),
                        settings.subnetMappings().stream().map(SubnetMapping::subnetId))
                .toList();
    }

    /** The addresses that were given to it; those that AWS gives are shown for no Application Load Balancer. */
    static List<LoadBalancerAddress> addresses(CreateLoadBalancerRequest settings, String subnet) {
        return settings.subnetMappings().stream()
                .filter(mapping -> mapping.subnetId().equals(subnet))
                .filter(mapping -> mapping.allocationId() != null || mapping.privateIPv4Address() != null)
                .map(mapping -> LoadBalancerAddress.builder()
                        .allocationId(mapping.allocationId())
                        .privateIPv4Address(mapping.privateIPv4Address())
                        .build())
                .toList();
    }

    static void check(World world, CreateLoadBalancerRequest settings, boolean application) {
        List<String> subnets = subnets(settings);
        for (String subnet : subnets) {
            Subnets.zoneOf(world.region, subnet)
                    .orElseThrow(() -> new Rejection(
                            SubnetNotFoundException.builder(),
                            400,
                            "SubnetNotFound",
                            "The subnet ID '" + subnet + "' does not exist"));
        }
        if (subnets.isEmpty() || application && subnets.size() < 2) {
            throw Service.ELB_V2.rejection(
                    "ValidationError",
                    application
                            ? "At least two subnets in two different Availability Zones must be specified"
                            : "At least one subnet must be specified");
        }
        for (String group : settings.securityGroups()) {
            SimulatedSecurityGroup found = world.securityGroups.get(group);
            if (found == null || !found.exists()) {
                throw new Rejection(
                        InvalidSecurityGroupException.builder(),
                        400,
                        "InvalidSecurityGroup",
                        "Security group '" + group + "' is not valid");
            }
        }
    }
}
