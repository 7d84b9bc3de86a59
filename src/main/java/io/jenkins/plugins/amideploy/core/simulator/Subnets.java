package io.jenkins.plugins.amideploy.core.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Each zone has one subnet, whose id tells the zone. */
final class Subnets {
    static final String VPC = "vpc-0f000000000000001";
    private static final String PREFIX = "subnet-0f00000000000000";

    private Subnets() {}

    static String of(String zone) {
        return PREFIX + Integer.toHexString(zone.charAt(zone.length() - 1));
    }

    static Optional<String> zoneOf(String region, String subnet) {
        return subnet.matches(PREFIX + "[0-9a-f]{2}")
                ? Optional.of(region + (char) Integer.parseInt(subnet.substring(PREFIX.length()), 16))
                : Optional.empty();
    }

    static List<String> split(String vpcZoneIdentifier) {
        return Arrays.stream(vpcZoneIdentifier.split(",")).map(String::trim).toList();
    }
}
