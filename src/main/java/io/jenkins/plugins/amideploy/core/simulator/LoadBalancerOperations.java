package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetIpAddressTypeRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetIpAddressTypeResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSecurityGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSecurityGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSubnetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSubnetsResponse;

/**
 * Application and Network Load Balancers are described and changed: Elastic Load Balancing API Reference (2015-12-01),
 * "DescribeLoadBalancers", "ModifyLoadBalancerAttributes", "SetSecurityGroups", "SetSubnets", "SetIpAddressType".
 */
final class LoadBalancerOperations {
    private final World world;

    LoadBalancerOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.ELB_V2, DescribeLoadBalancersRequest.class, this::describe);
        operations.on(Service.ELB_V2, DescribeLoadBalancerAttributesRequest.class, this::attributes);
        operations.on(Service.ELB_V2, ModifyLoadBalancerAttributesRequest.class, this::modifyAttributes);
        operations.on(Service.ELB_V2, SetSecurityGroupsRequest.class, this::securityGroups);
        operations.on(Service.ELB_V2, SetSubnetsRequest.class, this::subnets);
        operations.on(Service.ELB_V2, SetIpAddressTypeRequest.class, this::addresses);
    }

    static Rejection notFound(List<String> asked) {
        return new Rejection(
                LoadBalancerNotFoundException.builder(),
                400,
                "LoadBalancerNotFound",
                "Load balancers '" + asked + "' not found");
    }

    /** The one that has what the set-up's target groups have in front of them: a listener on port 80. */
    static SimulatedLoadBalancer setUp(World world, String name) {
        return SimulatedLoadBalancer.named(world, name).orElseGet(() -> {
            SimulatedLoadBalancer balancer = new SimulatedLoadBalancer(
                    world, "app/" + name + "/" + world.ids.hex(), LoadBalancerCreation.usual(world, name), Instant.MIN);
            world.loadBalancers.put(balancer.id, balancer);
            return balancer;
        });
    }

    private DescribeLoadBalancersResponse describe(DescribeLoadBalancersRequest request) {
        List<LoadBalancer> found = world.loadBalancers.values().stream()
                .flatMap(balancer -> balancer.shown().stream())
                .filter(shown -> request.names().isEmpty() || request.names().contains(shown.loadBalancerName()))
                .filter(shown -> request.loadBalancerArns().isEmpty()
                        || request.loadBalancerArns().contains(shown.loadBalancerArn()))
                .toList();
        List<String> asked = request.names().isEmpty() ? request.loadBalancerArns() : request.names();
        if (found.size() < asked.size()) {
            throw notFound(asked);
        }
        Pages<LoadBalancer> page =
                Pages.of(found, request.marker(), request.pageSize(), 400, TargetGroupOperations.badMarker());
        return DescribeLoadBalancersResponse.builder()
                .loadBalancers(page.items())
                .nextMarker(page.nextToken())
                .build();
    }

    private DescribeLoadBalancerAttributesResponse attributes(DescribeLoadBalancerAttributesRequest request) {
        return DescribeLoadBalancerAttributesResponse.builder()
                .attributes(list(SimulatedLoadBalancer.find(world, request.loadBalancerArn()).attributes))
                .build();
    }

    private static List<LoadBalancerAttribute> list(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .map(attribute -> LoadBalancerAttribute.builder()
                        .key(attribute.getKey())
                        .value(attribute.getValue())
                        .build())
                .toList();
    }

    private ModifyLoadBalancerAttributesResponse modifyAttributes(ModifyLoadBalancerAttributesRequest request) {
        SimulatedLoadBalancer balancer = SimulatedLoadBalancer.find(world, request.loadBalancerArn());
        BalancerAttributes.put(
                balancer.attributes,
                request.attributes().stream()
                        .collect(Collectors.toMap(
                                LoadBalancerAttribute::key,
                                LoadBalancerAttribute::value,
                                (one, other) -> other,
                                LinkedHashMap::new)));
        return ModifyLoadBalancerAttributesResponse.builder()
                .attributes(list(balancer.attributes))
                .build();
    }

    private SetSecurityGroupsResponse securityGroups(SetSecurityGroupsRequest request) {
        SimulatedLoadBalancer balancer = SimulatedLoadBalancer.find(world, request.loadBalancerArn());
        balancer.write(() -> balancer.settings = balancer.settings.toBuilder()
                .securityGroups(request.securityGroups())
                .build());
        return SetSecurityGroupsResponse.builder()
                .securityGroupIds(request.securityGroups())
                .build();
    }

    private SetSubnetsResponse subnets(SetSubnetsRequest request) {
        SimulatedLoadBalancer balancer = SimulatedLoadBalancer.find(world, request.loadBalancerArn());
        balancer.write(() -> balancer.settings = balancer.settings.toBuilder()
                .subnets(request.subnets())
                .subnetMappings(request.subnetMappings())
                .build());
        return SetSubnetsResponse.builder()
                .availabilityZones(balancer.describe().availabilityZones())
                .build();
    }

    private SetIpAddressTypeResponse addresses(SetIpAddressTypeRequest request) {
        SimulatedLoadBalancer balancer = SimulatedLoadBalancer.find(world, request.loadBalancerArn());
        balancer.write(() -> balancer.settings = balancer.settings.toBuilder()
                .ipAddressType(request.ipAddressType())
                .build());
        return SetIpAddressTypeResponse.builder()
                .ipAddressType(request.ipAddressType())
                .build();
    }
}
