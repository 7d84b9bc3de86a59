package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Vpc;

/**
 * Where the instance is launched.
 *
 * @param vpcId empty where it is not known
 * @param cidr the VPC's address block; empty where it is not known
 */
record Network(String vpcId, String cidr) {
    private static final Network UNKNOWN = new Network("", "");

    /**
     * Finds it.
     *
     * @param problems takes a sentence for each problem
     */
    static Network find(AwsSession aws, InstanceRequest request, List<String> problems) {
        Optional<Subnet> subnet = subnet(aws, request.subnetId(), problems);
        if (!request.subnetId().isEmpty() && subnet.isEmpty()) {
            return UNKNOWN;
        }
        List<Vpc> vpcs = aws.ec2()
                .describeVpcs(r -> r.filters(
                        subnet.map(s -> filter("vpc-id", s.vpcId())).orElseGet(() -> filter("is-default", "true"))))
                .vpcs();
        if (vpcs.isEmpty()) {
            problems.add("subnetId: this account has no default VPC in this region; name a subnet");
            return UNKNOWN;
        }
        Network network = new Network(
                vpcs.get(0).vpcId(),
                vpcs.get(0).cidrBlock() == null ? "" : vpcs.get(0).cidrBlock());
        network.checkGroups(aws, request.securityGroupIds(), problems);
        return network;
    }

    private static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }

    private static Optional<Subnet> subnet(AwsSession aws, String id, List<String> problems) {
        if (id.isEmpty()) {
            return Optional.empty();
        }
        Optional<Subnet> subnet = unlessRefused(
                        "subnetId", problems, () -> aws.ec2().describeSubnets(r -> r.subnetIds(id)))
                .flatMap(response -> response.subnets().stream().findFirst());
        subnet.filter(s -> s.availableIpAddressCount() != null && s.availableIpAddressCount() == 0)
                .ifPresent(s -> problems.add("subnetId: " + id + " has no free address left"));
        return subnet;
    }

    private void checkGroups(AwsSession aws, List<String> ids, List<String> problems) {
        if (ids.isEmpty()) {
            return;
        }
        unlessRefused("securityGroupIds", problems, () -> aws.ec2().describeSecurityGroups(r -> r.groupIds(ids)))
                .ifPresent(response -> response.securityGroups().stream()
                        .filter((SecurityGroup group) -> !vpcId.equals(group.vpcId()))
                        .forEach(group -> problems.add("securityGroupIds: " + group.groupId() + " is in "
                                + group.vpcId() + ", but the instance will be in " + vpcId)));
    }

    /** What AWS answers; empty where it refuses, and then the reason is among the problems. */
    static <T> Optional<T> unlessRefused(String parameter, List<String> problems, Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (AwsServiceException e) {
            AwsFailure failure = AwsFailure.of(e);
            if (failure.kind() != AwsFailure.Kind.REFUSED) {
                throw e;
            }
            problems.add(parameter + ": " + failure);
            return Optional.empty();
        }
    }
}
