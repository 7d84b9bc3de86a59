package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.services.ec2.model.AttributeValue;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeResponse;
import software.amazon.awssdk.services.ec2.model.EnableImageDeprecationRequest;
import software.amazon.awssdk.services.ec2.model.EnableImageDeprecationResponse;
import software.amazon.awssdk.services.ec2.model.ModifyImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyImageAttributeResponse;

/**
 * What is set on an image later: Amazon EC2 API Reference, "ModifyImageAttribute", "DescribeImageAttribute" and
 * "EnableImageDeprecation". An image whose disks are encrypted under the key that AWS keeps cannot be shared.
 */
final class ImageAttributes {
    private static final Duration LATEST_DEPRECATION = Duration.ofDays(3650);

    private final World world;

    ImageAttributes(World world, Operations operations) {
        this.world = world;
        operations.on(Service.EC2, ModifyImageAttributeRequest.class, this::modify);
        operations.on(Service.EC2, DescribeImageAttributeRequest.class, this::describe);
        operations.on(Service.EC2, EnableImageDeprecationRequest.class, this::deprecate);
    }

    private SimulatedImage find(String id) {
        SimulatedImage image = world.images.get(id);
        if (image == null || image.seen().isEmpty() || image.deregistered != null || !image.ours()) {
            throw Service.EC2.rejection("InvalidAMIID.NotFound", "The image id '[" + id + "]' does not exist");
        }
        return image;
    }

    private ModifyImageAttributeResponse modify(ModifyImageAttributeRequest request) {
        Members.only(request, "ImageId", "LaunchPermission", "ImdsSupport", "Description");
        SimulatedImage image = find(request.imageId());
        if (!image.launchable()) {
            throw Service.EC2.rejection("InvalidAMIID.Unavailable", "The image ID '" + image.id + "' is not available");
        }
        if (request.launchPermission() != null) {
            checkShareable(image);
        }
        image.write(() -> {
            if (request.launchPermission() != null) {
                image.permissions.addAll(request.launchPermission().add());
                request.launchPermission().remove().forEach(image.permissions::remove);
            }
            if (request.imdsSupport() != null) {
                image.tokensRequired |= "v2.0".equals(request.imdsSupport().value());
            }
            if (request.description() != null) {
                image.description = request.description().value();
            }
        });
        return ModifyImageAttributeResponse.builder().build();
    }

    private void checkShareable(SimulatedImage image) {
        boolean underAwsKey = image.mappings.stream()
                .map(mapping -> world.snapshots.get(mapping.ebs().snapshotId()))
                .anyMatch(snapshot -> snapshot != null && snapshot.underAwsKey());
        if (underAwsKey) {
            throw Service.EC2.rejection(
                    "InvalidParameter",
                    "Snapshots encrypted with the AWS Managed CMK can't be shared. Specify another snapshot.");
        }
    }

    private DescribeImageAttributeResponse describe(DescribeImageAttributeRequest request) {
        SimulatedImage image = find(request.imageId());
        DescribeImageAttributeResponse.Builder response =
                DescribeImageAttributeResponse.builder().imageId(image.id);
        return switch (request.attribute()) {
            case LAUNCH_PERMISSION ->
                response.launchPermissions(image.permissions).build();
            case IMDS_SUPPORT ->
                response.imdsSupport(AttributeValue.builder()
                                .value(image.tokensRequired ? "v2.0" : null)
                                .build())
                        .build();
            default ->
                throw new UnsupportedOperationException(
                        "The simulator does not model the attribute " + request.attributeAsString());
        };
    }

    private EnableImageDeprecationResponse deprecate(EnableImageDeprecationRequest request) {
        Members.only(request, "ImageId", "DeprecateAt");
        SimulatedImage image = find(request.imageId());
        Instant now = world.clock.now();
        if (request.deprecateAt().isBefore(now) || request.deprecateAt().isAfter(now.plus(LATEST_DEPRECATION))) {
            throw Service.EC2.rejection(
                    "InvalidParameterValue", "The deprecation date must be in the future and within 10 years");
        }
        image.write(() -> image.deprecated = request.deprecateAt());
        return EnableImageDeprecationResponse.builder().returnValue(true).build();
    }
}
