package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.DeregisterImageRequest;
import software.amazon.awssdk.services.ec2.model.DeregisterImageResponse;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;

/**
 * AMIs: Amazon EC2 API Reference, "DescribeImages" (a deregistered image is shown for a short while, then left out
 * while instances of it run, and is an error after that; deprecated images of others are left out unless asked for) and
 * "DeregisterImage".
 */
final class ImageOperations {
    private static final Duration SHOWN_AFTER_DEREGISTRATION = Duration.ofMinutes(1);

    private final World world;

    ImageOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.EC2, DescribeImagesRequest.class, this::describe);
        operations.on(Service.EC2, DeregisterImageRequest.class, this::deregister);
    }

    private DescribeImagesResponse describe(DescribeImagesRequest request) {
        Members.only(request, "ImageIds", "Owners", "Filters", "IncludeDeprecated", "NextToken", "MaxResults");
        List<Image> images = new ArrayList<>();
        if (!request.imageIds().isEmpty()) {
            request.imageIds().forEach(id -> find(id).ifPresent(images::add));
        } else {
            world.images.values().stream()
                    .filter(image -> image.deregistered == null)
                    .filter(image -> current(image) || Boolean.TRUE.equals(request.includeDeprecated()))
                    .forEach(image -> image.seen().ifPresent(images::add));
        }
        images.removeIf(image -> !ownedBy(request.owners(), image));
        images.removeIf(image -> !Filters.all(request.filters(), image.tags(), name -> values(image, name)));
        Pages<Image> page =
                Pages.of(images, request.nextToken(), request.maxResults(), 1000, InstanceOperations.badToken());
        return DescribeImagesResponse.builder()
                .images(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private boolean current(SimulatedImage image) {
        return image.ours() || image.deprecated == null || image.deprecated.isAfter(world.clock.now());
    }

    private static boolean ownedBy(List<String> owners, Image image) {
        return owners.isEmpty()
                || owners.contains(image.ownerId())
                || owners.contains("self") && image.ownerId().equals(Service.ACCOUNT)
                || image.imageOwnerAlias() != null && owners.contains(image.imageOwnerAlias());
    }

    Optional<Image> find(String id) {
        if (!id.startsWith("ami-")) {
            throw Service.EC2.rejection("InvalidAMIID.Malformed", "Invalid id: \"" + id + "\" (expecting \"ami-...\")");
        }
        SimulatedImage image = world.images.get(id);
        Optional<Image> seen = image == null ? Optional.empty() : image.seen();
        if (seen.isPresent() && image.deregistered != null) {
            boolean shown = world.clock.now().isBefore(image.deregistered.plus(SHOWN_AFTER_DEREGISTRATION));
            boolean used =
                    world.instances.values().stream().anyMatch(instance -> instance.image == image && instance.alive());
            if (shown || used) {
                return shown ? seen : Optional.empty();
            }
            seen = Optional.empty();
        }
        if (seen.isEmpty()) {
            throw Service.EC2.rejection("InvalidAMIID.NotFound", "The image id '[" + id + "]' does not exist");
        }
        return seen;
    }

    private static List<String> values(Image image, String filter) {
        return switch (filter) {
            case "name" -> List.of(image.name());
            case "state" -> List.of(image.stateAsString());
            case "architecture" -> List.of(image.architectureAsString());
            case "image-id" -> List.of(image.imageId());
            case "owner-id" -> List.of(image.ownerId());
            case "owner-alias" -> Stream.ofNullable(image.imageOwnerAlias()).toList();
            case "is-public" -> List.of(String.valueOf(image.publicLaunchPermissions()));
            case "description" -> Stream.ofNullable(image.description()).toList();
            case "root-device-type" -> List.of(image.rootDeviceTypeAsString());
            case "virtualization-type" -> List.of(image.virtualizationTypeAsString());
            case "image-type" -> List.of(image.imageTypeAsString());
            case "source-instance-id" ->
                Stream.ofNullable(image.sourceInstanceId()).toList();
            case "block-device-mapping.snapshot-id" ->
                image.blockDeviceMappings().stream()
                        .map(mapping -> mapping.ebs().snapshotId())
                        .toList();
            default -> null;
        };
    }

    private DeregisterImageResponse deregister(DeregisterImageRequest request) {
        Members.only(request, "ImageId");
        find(request.imageId());
        SimulatedImage image = world.images.get(request.imageId());
        if (image.deregistered != null) {
            throw Service.EC2.rejection(
                    "InvalidAMIID.Unavailable", "The image ID '" + image.id + "' is no longer available");
        }
        if (!image.ours()) {
            throw Service.EC2.rejection("AuthFailure", "Not authorized for image:" + image.id);
        }
        deregister(image);
        return DeregisterImageResponse.builder().build();
    }

    private void deregister(SimulatedImage image) {
        image.write(() -> {
            image.state = ImageState.DEREGISTERED;
            image.deregistered = world.clock.now();
        });
    }
}
