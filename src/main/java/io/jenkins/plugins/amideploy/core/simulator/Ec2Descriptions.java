package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.SubnetState;

/** Tags of instances and launch templates, instance types and subnets: Amazon EC2 API Reference. */
final class Ec2Descriptions {
    private final World world;

    Ec2Descriptions(World world, Operations operations) {
        this.world = world;
        operations.on(Service.EC2, CreateTagsRequest.class, this::tag);
        operations.on(Service.EC2, DeleteTagsRequest.class, this::untag);
        operations.on(Service.EC2, DescribeInstanceTypesRequest.class, this::instanceTypes);
        operations.on(Service.EC2, DescribeSubnetsRequest.class, this::subnets);
    }

    private CreateTagsResponse tag(CreateTagsRequest request) {
        for (Map<String, String> tags : tagsOf(request.resources())) {
            request.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
        }
        return CreateTagsResponse.builder().build();
    }

    private DeleteTagsResponse untag(DeleteTagsRequest request) {
        for (Map<String, String> tags : tagsOf(request.resources())) {
            request.tags().forEach(tag -> {
                if (tag.value() == null || tag.value().equals(tags.get(tag.key()))) {
                    tags.remove(tag.key());
                }
            });
        }
        return DeleteTagsResponse.builder().build();
    }

    private List<Map<String, String>> tagsOf(List<String> resources) {
        List<Map<String, String>> all = new ArrayList<>();
        for (String id : resources) {
            SimulatedInstance instance = world.instances.get(id);
            all.add(
                    id.startsWith("lt-")
                            ? SimulatedTemplate.find(world, id, null).tags
                            : instance == null ? missing(id) : instance.tags);
        }
        return all;
    }

    private static Map<String, String> missing(String id) {
        throw id.startsWith("i-")
                ? Service.EC2.rejection("InvalidInstanceID.NotFound", "The instance ID '" + id + "' does not exist")
                : Service.EC2.rejection("InvalidID", "The ID '" + id + "' is not valid");
    }

    private DescribeInstanceTypesResponse instanceTypes(DescribeInstanceTypesRequest request) {
        return DescribeInstanceTypesResponse.builder()
                .instanceTypes(request.instanceTypesAsStrings().stream()
                        .map(Ec2Descriptions::describe)
                        .toList())
                .build();
    }

    /** A family whose generation is followed by a "g" has Graviton processors: "Amazon EC2 instance type naming". */
    private static InstanceTypeInfo describe(String type) {
        if (!type.matches("[a-z]+[0-9]+[a-z0-9-]*\\.[a-z0-9-]+")) {
            throw Service.EC2.rejection(
                    "InvalidInstanceType", "The following supplied instance types do not exist: [" + type + "]");
        }
        boolean graviton = type.matches("a1\\..*|[a-z]+[0-9]+g[a-z]*\\..*");
        return InstanceTypeInfo.builder()
                .instanceType(type)
                .currentGeneration(true)
                .processorInfo(
                        info -> info.supportedArchitecturesWithStrings(graviton ? List.of("arm64") : List.of("x86_64")))
                .supportedUsageClassesWithStrings("on-demand", "spot")
                .build();
    }

    private DescribeSubnetsResponse subnets(DescribeSubnetsRequest request) {
        return DescribeSubnetsResponse.builder()
                .subnets(request.subnetIds().stream()
                        .map(id -> Subnet.builder()
                                .subnetId(id)
                                .availabilityZone(zoneOf(id))
                                .availableIpAddressCount(4000)
                                .state(SubnetState.AVAILABLE)
                                .vpcId("vpc-0f000000000000001")
                                .build())
                        .toList())
                .build();
    }

    private static String zoneOf(String subnet) {
        return Subnets.zoneOf(subnet)
                .orElseThrow(() -> Service.EC2.rejection(
                        "InvalidSubnetID.NotFound", "The subnet ID '" + subnet + "' does not exist"));
    }
}
