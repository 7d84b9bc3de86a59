package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** A security group of the VPC. */
final class SimulatedSecurityGroup extends Resource<SecurityGroup> {
    static final String DEFAULT = "sg-0f000000000000001";

    final String name;
    final List<Rule> ingress = new ArrayList<>();
    private final String description;

    /**
     * One rule for addresses.
     *
     * @param protocol tcp, udp, icmp or -1 for all
     * @param from first port, null for all
     * @param cidr addresses, or the id of the security group that the peers are in
     */
    record Rule(String protocol, Integer from, Integer to, String cidr, String description) {
        boolean sameAs(Rule other) {
            return protocol.equals(other.protocol)
                    && Objects.equals(from, other.from)
                    && Objects.equals(to, other.to)
                    && cidr.equals(other.cidr);
        }

        boolean allows(String address, int port) {
            return (protocol.equals("-1") || protocol.equals("tcp") && from <= port && port <= to)
                    && !ofGroup()
                    && Cidr.contains(cidr, address);
        }

        boolean ofGroup() {
            return cidr.startsWith("sg-");
        }

        @Override
        public String toString() {
            return "peer: " + cidr + ", " + protocol.toUpperCase(Locale.ROOT) + ", from port: " + from + ", to port: "
                    + to + ", ALLOW";
        }
    }

    SimulatedSecurityGroup(World world, String id, String name, String description) {
        super(world, id);
        this.name = name;
        this.description = description;
    }

    boolean admits(String address, int port) {
        return ingress.stream().anyMatch(rule -> rule.allows(address, port));
    }

    @Override
    SecurityGroup describe() {
        return SecurityGroup.builder()
                .groupId(id)
                .groupName(name)
                .description(description)
                .ownerId(Service.ACCOUNT)
                .vpcId(Subnets.VPC)
                .ipPermissions(
                        ingress.stream().map(SimulatedSecurityGroup::permission).toList())
                .tags(Tags.list(tags))
                .build();
    }

    private static IpPermission permission(Rule rule) {
        IpPermission.Builder permission = IpPermission.builder()
                .ipProtocol(rule.protocol)
                .fromPort(rule.from)
                .toPort(rule.to);
        if (rule.ofGroup()) {
            return permission
                    .userIdGroupPairs(UserIdGroupPair.builder()
                            .groupId(rule.cidr)
                            .userId(Service.ACCOUNT)
                            .description(rule.description)
                            .build())
                    .build();
        }
        return rule.cidr.indexOf(':') < 0
                ? permission
                        .ipRanges(IpRange.builder()
                                .cidrIp(rule.cidr)
                                .description(rule.description)
                                .build())
                        .build()
                : permission
                        .ipv6Ranges(Ipv6Range.builder()
                                .cidrIpv6(rule.cidr)
                                .description(rule.description)
                                .build())
                        .build();
    }
}
