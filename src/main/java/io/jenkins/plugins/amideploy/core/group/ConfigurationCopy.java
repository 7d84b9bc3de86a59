package io.jenkins.plugins.amideploy.core.group;

import java.util.List;
import software.amazon.awssdk.services.autoscaling.model.BlockDeviceMapping;
import software.amazon.awssdk.services.autoscaling.model.CreateLaunchConfigurationRequest;
import software.amazon.awssdk.services.autoscaling.model.Ebs;
import software.amazon.awssdk.services.autoscaling.model.LaunchConfiguration;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateBlockDeviceMappingRequest;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateIamInstanceProfileSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateInstanceNetworkInterfaceSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.MarketType;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;

/**
 * A launch configuration again, with another image: as a configuration or as a launch template.
 *
 * <p>AWS shows unset texts as empty ones and refuses them when they are given back; they are left out.
 */
public final class ConfigurationCopy {
    private ConfigurationCopy() {}

    static CreateLaunchConfigurationRequest of(LaunchConfiguration original, String name, String imageId) {
        CreateLaunchConfigurationRequest.Builder copy = CreateLaunchConfigurationRequest.builder()
                .launchConfigurationName(name)
                .imageId(imageId)
                .instanceType(original.instanceType())
                .keyName(orNull(original.keyName()))
                .userData(orNull(original.userData()))
                .kernelId(orNull(original.kernelId()))
                .ramdiskId(orNull(original.ramdiskId()))
                .spotPrice(orNull(original.spotPrice()))
                .iamInstanceProfile(orNull(original.iamInstanceProfile()))
                .ebsOptimized(original.ebsOptimized())
                .associatePublicIpAddress(original.associatePublicIpAddress())
                .placementTenancy(orNull(original.placementTenancy()))
                .instanceMonitoring(original.instanceMonitoring())
                .metadataOptions(original.metadataOptions());
        if (!original.securityGroups().isEmpty()) {
            copy.securityGroups(original.securityGroups());
        }
        if (!original.blockDeviceMappings().isEmpty()) {
            copy.blockDeviceMappings(original.blockDeviceMappings());
        }
        return copy.build();
    }

    static RequestLaunchTemplateData asTemplate(LaunchConfiguration original, String imageId) {
        RequestLaunchTemplateData.Builder data = RequestLaunchTemplateData.builder()
                .imageId(imageId)
                .instanceType(original.instanceType())
                .keyName(orNull(original.keyName()))
                .userData(orNull(original.userData()))
                .kernelId(orNull(original.kernelId()))
                .ramDiskId(orNull(original.ramdiskId()))
                .ebsOptimized(original.ebsOptimized());
        if (original.instanceMonitoring() != null) {
            data.monitoring(m -> m.enabled(original.instanceMonitoring().enabled()));
        }
        if (orNull(original.iamInstanceProfile()) != null) {
            data.iamInstanceProfile(profile(original.iamInstanceProfile()));
        }
        if (orNull(original.placementTenancy()) != null) {
            data.placement(p -> p.tenancy(original.placementTenancy()));
        }
        if (orNull(original.spotPrice()) != null) {
            data.instanceMarketOptions(
                    o -> o.marketType(MarketType.SPOT).spotOptions(s -> s.maxPrice(original.spotPrice())));
        }
        if (original.metadataOptions() != null) {
            data.metadataOptions(m -> m.httpTokens(original.metadataOptions().httpTokensAsString())
                    .httpEndpoint(original.metadataOptions().httpEndpointAsString())
                    .httpPutResponseHopLimit(original.metadataOptions().httpPutResponseHopLimit()));
        }
        network(original, data);
        if (!original.blockDeviceMappings().isEmpty()) {
            data.blockDeviceMappings(original.blockDeviceMappings().stream()
                    .map(ConfigurationCopy::device)
                    .toList());
        }
        return data.build();
    }

    /** A template takes the public address only as part of a network interface, which then holds the groups too. */
    private static void network(LaunchConfiguration original, RequestLaunchTemplateData.Builder data) {
        List<String> groups = original.securityGroups();
        if (original.associatePublicIpAddress() != null) {
            data.networkInterfaces(LaunchTemplateInstanceNetworkInterfaceSpecificationRequest.builder()
                    .deviceIndex(0)
                    .associatePublicIpAddress(original.associatePublicIpAddress())
                    .groups(groups)
                    .build());
        } else if (!groups.isEmpty() && groups.get(0).startsWith("sg-")) {
            data.securityGroupIds(groups);
        } else if (!groups.isEmpty()) {
            data.securityGroups(groups);
        }
    }

    private static LaunchTemplateBlockDeviceMappingRequest device(BlockDeviceMapping mapping) {
        LaunchTemplateBlockDeviceMappingRequest.Builder device = LaunchTemplateBlockDeviceMappingRequest.builder()
                .deviceName(mapping.deviceName())
                .virtualName(orNull(mapping.virtualName()))
                .noDevice(Boolean.TRUE.equals(mapping.noDevice()) ? "" : null);
        Ebs ebs = mapping.ebs();
        if (ebs != null) {
            device.ebs(e -> e.snapshotId(orNull(ebs.snapshotId()))
                    .volumeSize(ebs.volumeSize())
                    .volumeType(orNull(ebs.volumeType()))
                    .iops(ebs.iops())
                    .throughput(ebs.throughput())
                    .encrypted(ebs.encrypted())
                    .deleteOnTermination(ebs.deleteOnTermination()));
        }
        return device.build();
    }

    private static LaunchTemplateIamInstanceProfileSpecificationRequest profile(String nameOrArn) {
        var profile = LaunchTemplateIamInstanceProfileSpecificationRequest.builder();
        return (nameOrArn.startsWith("arn:") ? profile.arn(nameOrArn) : profile.name(nameOrArn)).build();
    }

    private static String orNull(String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
