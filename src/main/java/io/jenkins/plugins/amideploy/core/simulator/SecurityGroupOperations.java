package io.jenkins.plugins.amideploy.core.simulator;

import io.jenkins.plugins.amideploy.core.simulator.SimulatedSecurityGroup.Rule;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * Security groups: Amazon EC2 API Reference, "CreateSecurityGroup", "AuthorizeSecurityGroupIngress",
 * "DescribeSecurityGroups", "DeleteSecurityGroup" and "Error codes".
 */
final class SecurityGroupOperations {
    private final World world;

    SecurityGroupOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.EC2, CreateSecurityGroupRequest.class, this::create);
        operations.on(Service.EC2, AuthorizeSecurityGroupIngressRequest.class, this::authorize);
        operations.on(Service.EC2, DescribeSecurityGroupsRequest.class, this::describe);
        operations.on(Service.EC2, DeleteSecurityGroupRequest.class, this::delete);
    }

    /** Each VPC has one from its beginning, which admits whoever is in it. */
    static SimulatedSecurityGroup byDefault(World world) {
        SimulatedSecurityGroup group = new SimulatedSecurityGroup(
                world, SimulatedSecurityGroup.DEFAULT, "default", "default VPC security group");
        group.ingress.add(new Rule("-1", null, null, group.id, null));
        return group;
    }

    static SimulatedSecurityGroup find(World world, String id) {
        SimulatedSecurityGroup group = world.securityGroups.get(id);
        if (group == null || group.seen().isEmpty() || !group.exists()) {
            throw notFound(id);
        }
        return group;
    }

    private static Rejection notFound(String id) {
        return Service.EC2.rejection("InvalidGroup.NotFound", "The security group '" + id + "' does not exist");
    }

    private CreateSecurityGroupResponse create(CreateSecurityGroupRequest request) {
        Members.only(request, "GroupName", "Description", "VpcId", "TagSpecifications");
        List<Tag> tags = Tags.of(request.tagSpecifications(), "security-group").get("security-group");
        if (request.description() == null
                || !request.description().matches("[a-zA-Z0-9. _\\-:/()#,@\\[\\]+=&;{}!$*]{1,255}")) {
            throw Service.EC2.rejection(
                    "InvalidParameterValue",
                    "Value (" + request.description() + ") for parameter GroupDescription is invalid. Character sets"
                            + " beyond ASCII are not supported.");
        }
        if (!request.groupName().matches("(?!sg-)[a-zA-Z0-9. _\\-:/()#,@\\[\\]+=&;{}!$*]{1,255}")) {
            throw Service.EC2.rejection(
                    "InvalidParameterValue", "Value (" + request.groupName() + ") for parameter GroupName is invalid.");
        }
        if (request.vpcId() != null && !request.vpcId().equals(Subnets.VPC)) {
            throw Service.EC2.rejection("InvalidVpcID.NotFound", "The vpc ID '" + request.vpcId() + "' does not exist");
        }
        if (world.securityGroups.values().stream()
                .anyMatch(group -> group.exists() && group.name.equals(request.groupName()))) {
            throw Service.EC2.rejection(
                    "InvalidGroup.Duplicate",
                    "The security group '" + request.groupName() + "' already exists for VPC '" + Subnets.VPC + "'");
        }
        SimulatedSecurityGroup group =
                new SimulatedSecurityGroup(world, world.ids.resource("sg"), request.groupName(), request.description());
        Tags.put(group.tags, tags);
        world.securityGroups.put(group.id, group);
        return CreateSecurityGroupResponse.builder()
                .groupId(group.id)
                .tags(Tags.list(group.tags))
                .build();
    }

    private AuthorizeSecurityGroupIngressResponse authorize(AuthorizeSecurityGroupIngressRequest request) {
        Members.only(request, "GroupId", "IpPermissions");
        SimulatedSecurityGroup group = find(world, request.groupId());
        List<Rule> rules = request.ipPermissions().stream()
                .flatMap(SecurityGroupOperations::rules)
                .toList();
        for (Rule rule : rules) {
            if (!rule.ofGroup() && !Cidr.valid(rule.cidr())) {
                throw Service.EC2.rejection("InvalidParameterValue", "CIDR block " + rule.cidr() + " is malformed");
            }
            if (group.ingress.stream().anyMatch(rule::sameAs)) {
                throw Service.EC2.rejection(
                        "InvalidPermission.Duplicate", "the specified rule \"" + rule + "\" already exists");
            }
        }
        group.write(() -> group.ingress.addAll(rules));
        return AuthorizeSecurityGroupIngressResponse.builder().returnValue(true).build();
    }

    private static Stream<Rule> rules(IpPermission permission) {
        Members.only(permission, "IpProtocol", "FromPort", "ToPort", "IpRanges", "Ipv6Ranges", "UserIdGroupPairs");
        return Stream.of(
                        permission.ipRanges().stream()
                                .map(range -> rule(permission, range.cidrIp(), range.description())),
                        permission.ipv6Ranges().stream()
                                .map(range -> rule(permission, range.cidrIpv6(), range.description())),
                        permission.userIdGroupPairs().stream()
                                .map(pair -> rule(permission, pair.groupId(), pair.description())))
                .flatMap(rules -> rules);
    }

    private static Rule rule(IpPermission permission, String cidr, String description) {
        return new Rule(permission.ipProtocol(), permission.fromPort(), permission.toPort(), cidr, description);
    }

    private DescribeSecurityGroupsResponse describe(DescribeSecurityGroupsRequest request) {
        Members.only(request, "GroupIds", "GroupNames", "Filters", "NextToken", "MaxResults");
        List<SecurityGroup> seen = world.securityGroups.values().stream()
                .flatMap(group -> group.seen().stream())
                .toList();
        for (String id : request.groupIds()) {
            if (seen.stream().noneMatch(group -> group.groupId().equals(id))) {
                throw notFound(id);
            }
        }
        for (String name : request.groupNames()) {
            if (seen.stream().noneMatch(group -> group.groupName().equals(name))) {
                throw notFound(name);
            }
        }
        List<SecurityGroup> found = seen.stream()
                .filter(group ->
                        request.groupIds().isEmpty() || request.groupIds().contains(group.groupId()))
                .filter(group ->
                        request.groupNames().isEmpty() || request.groupNames().contains(group.groupName()))
                .filter(group -> Filters.all(request.filters(), group.tags(), name -> values(group, name)))
                .toList();
        Pages<SecurityGroup> page =
                Pages.of(found, request.nextToken(), request.maxResults(), 1000, InstanceOperations.badToken());
        return DescribeSecurityGroupsResponse.builder()
                .securityGroups(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private static List<String> values(SecurityGroup group, String filter) {
        return switch (filter) {
            case "group-id" -> List.of(group.groupId());
            case "group-name" -> List.of(group.groupName());
            case "vpc-id" -> List.of(group.vpcId());
            case "description" -> List.of(group.description());
            default -> null;
        };
    }

    /** A group is in use until the network interfaces with it are gone, which an instance takes along when it ends. */
    private DeleteSecurityGroupResponse delete(DeleteSecurityGroupRequest request) {
        Members.only(request, "GroupId");
        SimulatedSecurityGroup group = find(world, request.groupId());
        if (group.name.equals("default")) {
            throw Service.EC2.rejection(
                    "CannotDelete",
                    "the specified group: \"" + group.id + "\" name: \"default\" cannot be deleted by a user");
        }
        boolean used = world.instances.values().stream()
                .filter(instance -> instance.state() != InstanceStateName.TERMINATED)
                .anyMatch(instance -> instance.launch != null
                        && instance.launch.securityGroups().contains(group.id));
        if (used) {
            throw Service.EC2.rejection("DependencyViolation", "resource " + group.id + " has a dependent object");
        }
        group.delete();
        return DeleteSecurityGroupResponse.builder()
                .returnValue(true)
                .groupId(group.id)
                .build();
    }
}
