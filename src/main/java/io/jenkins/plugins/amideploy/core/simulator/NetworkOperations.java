package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsResponse;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.SubnetState;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcState;

/**
 * Instance types, subnets and the VPC: Amazon EC2 API Reference, "DescribeInstanceTypes", "DescribeSubnets" and
 * "DescribeVpcs". There is the default VPC, with one subnet in each of the first three zones.
 */
final class NetworkOperations {
    private final World world;

    NetworkOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.EC2, DescribeInstanceTypesRequest.class, NetworkOperations::instanceTypes);
        operations.on(Service.EC2, DescribeSubnetsRequest.class, this::subnets);
        operations.on(Service.EC2, DescribeVpcsRequest.class, NetworkOperations::vpcs);
    }

    private static DescribeInstanceTypesResponse instanceTypes(DescribeInstanceTypesRequest request) {
        return DescribeInstanceTypesResponse.builder()
                .instanceTypes(request.instanceTypesAsStrings().stream()
                        .map(NetworkOperations::describe)
                        .toList())
                .build();
    }

    private static InstanceTypeInfo describe(String type) {
        if (!InstanceTypes.exists(type)) {
            throw Service.EC2.rejection(
                    "InvalidInstanceType", "The following supplied instance types do not exist: [" + type + "]");
        }
        return InstanceTypeInfo.builder()
                .instanceType(type)
                .currentGeneration(true)
                .processorInfo(info -> info.supportedArchitecturesWithStrings(InstanceTypes.architecture(type)))
                .vCpuInfo(info -> info.defaultVCpus(Vcpus.of(type)))
                .supportedUsageClassesWithStrings("on-demand", "spot")
                .build();
    }

    private DescribeSubnetsResponse subnets(DescribeSubnetsRequest request) {
        Members.only(request, "SubnetIds", "Filters", "NextToken", "MaxResults");
        List<String> ids = request.subnetIds().isEmpty()
                ? Stream.of("a", "b", "c")
                        .map(zone -> Subnets.of(world.region + zone))
                        .toList()
                : request.subnetIds();
        return DescribeSubnetsResponse.builder()
                .subnets(ids.stream()
                        .map(this::subnet)
                        .filter(subnet ->
                                Filters.all(request.filters(), subnet.tags(), filter -> values(subnet, filter)))
                        .toList())
                .build();
    }

    private Subnet subnet(String id) {
        String zone = Subnets.zoneOf(world.region, id)
                .orElseThrow(() ->
                        Service.EC2.rejection("InvalidSubnetID.NotFound", "The subnet ID '" + id + "' does not exist"));
        return Subnet.builder()
                .subnetId(id)
                .availabilityZone(zone)
                .availableIpAddressCount(4000)
                .state(SubnetState.AVAILABLE)
                .vpcId(Subnets.VPC)
                .defaultForAz(true)
                .mapPublicIpOnLaunch(false)
                .build();
    }

    private static List<String> values(Subnet subnet, String filter) {
        return switch (filter) {
            case "subnet-id" -> List.of(subnet.subnetId());
            case "vpc-id" -> List.of(subnet.vpcId());
            case "availability-zone" -> List.of(subnet.availabilityZone());
            case "default-for-az" -> List.of(subnet.defaultForAz().toString());
            case "state" -> List.of(subnet.stateAsString());
            default -> null;
        };
    }

    private static DescribeVpcsResponse vpcs(DescribeVpcsRequest request) {
        Members.only(request, "VpcIds", "Filters", "NextToken", "MaxResults");
        request.vpcIds().stream()
                .filter(id -> !id.equals(Subnets.VPC))
                .findAny()
                .ifPresent(id -> {
                    throw Service.EC2.rejection("InvalidVpcID.NotFound", "The vpc ID '" + id + "' does not exist");
                });
        Vpc vpc = Vpc.builder()
                .vpcId(Subnets.VPC)
                .cidrBlock("10.0.0.0/8")
                .isDefault(true)
                .state(VpcState.AVAILABLE)
                .ownerId(Service.ACCOUNT)
                .build();
        return DescribeVpcsResponse.builder()
                .vpcs(Stream.of(vpc)
                        .filter(one -> Filters.all(request.filters(), one.tags(), NetworkOperations::vpcValues))
                        .toList())
                .build();
    }

    private static List<String> vpcValues(String filter) {
        return switch (filter) {
            case "vpc-id" -> List.of(Subnets.VPC);
            case "is-default", "isDefault" -> List.of("true");
            case "state" -> List.of("available");
            default -> null;
        };
    }
}
