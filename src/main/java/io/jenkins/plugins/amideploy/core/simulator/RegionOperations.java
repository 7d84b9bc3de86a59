package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsResponse;
import software.amazon.awssdk.services.ec2.model.Region;

/** The regions that are enabled for the account: Amazon EC2 API Reference, "DescribeRegions". */
final class RegionOperations {
    private static final List<String> ENABLED = List.of(
            "ap-northeast-1",
            "ap-southeast-2",
            "ca-central-1",
            "eu-central-1",
            "eu-north-1",
            "eu-west-1",
            "eu-west-2",
            "us-east-1",
            "us-east-2",
            "us-west-2");

    RegionOperations(Operations operations) {
        operations.on(Service.EC2, DescribeRegionsRequest.class, RegionOperations::describe);
    }

    private static DescribeRegionsResponse describe(DescribeRegionsRequest request) {
        Members.only(request, "AllRegions");
        return DescribeRegionsResponse.builder()
                .regions(ENABLED.stream()
                        .map(name -> Region.builder()
                                .regionName(name)
                                .endpoint("ec2." + name + ".amazonaws.com")
                                .optInStatus("opt-in-not-required")
                                .build())
                        .toList())
                .build();
    }
}
