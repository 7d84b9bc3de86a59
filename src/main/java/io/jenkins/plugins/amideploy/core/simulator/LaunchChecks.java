package io.jenkins.plugins.amideploy.core.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfileSpecification;
import software.amazon.awssdk.services.ec2.model.InstanceMarketOptionsRequest;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.MarketType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.SpotInstanceType;

/** What EC2 checks of a request before it launches anything: Amazon EC2 API Reference, "Error codes". */
final class LaunchChecks {
    private static final int USER_DATA_LIMIT = 16 * 1024;

    private LaunchChecks() {}

    static SimulatedImage image(World world, String id) {
        SimulatedImage image = world.images.get(id);
        if (image == null || image.seen().isEmpty()) {
            throw Service.EC2.rejection("InvalidAMIID.NotFound", "The image id '[" + id + "]' does not exist");
        }
        if (!image.launchable()) {
            throw Service.EC2.rejection("InvalidAMIID.Unavailable", "The image ID '" + id + "' is not available");
        }
        return image;
    }

    static String type(String type, SimulatedImage image) {
        if (type == null || !InstanceTypes.exists(type)) {
            throw Service.EC2.rejection("InvalidParameterValue", "Invalid value '" + type + "' for InstanceType.");
        }
        String architecture = image.spec.architecture();
        if (!InstanceTypes.architecture(type).equals(architecture)) {
            throw Service.EC2.rejection(
                    "InvalidParameterValue",
                    "The architecture '" + InstanceTypes.architecture(type)
                            + "' of the specified instance type does not"
                            + " match the architecture '" + architecture + "' of the specified AMI. Specify an instance"
                            + " type and an AMI that have matching architectures, and try again.");
        }
        return type;
    }

    /** A request names subnet and security groups itself or with its network interface, not both ways. */
    static String subnet(World world, RunInstancesRequest request) {
        String subnet = request.subnetId();
        for (InstanceNetworkInterfaceSpecification network : request.networkInterfaces()) {
            Members.only(
                    network, "DeviceIndex", "SubnetId", "Groups", "AssociatePublicIpAddress", "DeleteOnTermination");
            if (subnet != null || !request.securityGroupIds().isEmpty()) {
                throw Service.EC2.rejection(
                        "InvalidParameterCombination",
                        "Network interfaces and an instance-level " + (subnet == null ? "security groups" : "subnet ID")
                                + " may not be specified on the same request");
            }
            subnet = network.subnetId();
        }
        String chosen = subnet == null ? Subnets.of(world.region + "a") : subnet;
        if (Subnets.zoneOf(world.region, chosen).isEmpty()) {
            throw Service.EC2.rejection("InvalidSubnetID.NotFound", "The subnet ID '" + chosen + "' does not exist");
        }
        return chosen;
    }

    static List<String> securityGroups(World world, RunInstancesRequest request) {
        List<String> asked = request.networkInterfaces().isEmpty()
                ? request.securityGroupIds()
                : request.networkInterfaces().get(0).groups();
        asked.forEach(id -> SecurityGroupOperations.find(world, id));
        return asked.isEmpty() ? List.of(SimulatedSecurityGroup.DEFAULT) : List.copyOf(asked);
    }

    static String keyName(World world, String name) {
        if (name != null
                && world.keyPairs.values().stream()
                        .flatMap(pair -> pair.seen().stream())
                        .noneMatch(pair -> pair.keyName().equals(name))) {
            throw Service.EC2.rejection("InvalidKeyPair.NotFound", "The key pair '" + name + "' does not exist");
        }
        return name;
    }

    static String profile(World world, IamInstanceProfileSpecification profile) {
        if (profile == null) {
            return null;
        }
        String arns = "arn:aws:iam::" + Service.ACCOUNT + ":instance-profile/";
        String name = profile.name() != null ? profile.name() : profile.arn().replace(arns, "");
        if (!world.account.profiles.contains(name)) {
            throw Service.EC2.rejection(
                    "InvalidParameterValue",
                    profile.name() != null
                            ? "Value (" + name + ") for parameter iamInstanceProfile.name is invalid. Invalid IAM"
                                    + " Instance Profile name"
                            : "Value (" + profile.arn() + ") for parameter iamInstanceProfile.arn is invalid. Invalid"
                                    + " IAM Instance Profile ARN");
        }
        return arns + name;
    }

    static String userData(String encoded) {
        if (encoded == null) {
            return null;
        }
        byte[] data;
        try {
            data = Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            throw Service.EC2.rejection("InvalidParameterValue", "Invalid BASE64 encoding of user data.");
        }
        if (data.length > USER_DATA_LIMIT) {
            throw Service.EC2.rejection("InvalidParameterValue", "User data is limited to 16384 bytes");
        }
        return new String(data, StandardCharsets.UTF_8);
    }

    /** Spot requests that outlive their instance are not modelled. */
    static boolean spot(InstanceMarketOptionsRequest market) {
        if (market == null || market.marketType() != MarketType.SPOT) {
            return false;
        }
        if (market.spotOptions() != null) {
            Members.only(market.spotOptions(), "SpotInstanceType", "InstanceInterruptionBehavior", "MaxPrice");
            if (market.spotOptions().spotInstanceType() == SpotInstanceType.PERSISTENT) {
                throw new UnsupportedOperationException("The simulator does not model persistent spot requests");
            }
        }
        return true;
    }
}
