package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.DeregisterImageRequest;
import software.amazon.awssdk.services.ec2.model.DeregisterImageResponse;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;

/**
 * AMIs: Amazon EC2 API Reference, "DescribeImages" (a deregistered image is shown for a short while, then left out
 * while instances of it run, and is an error after that).
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
        List<Image> images = new ArrayList<>();
        if (!request.imageIds().isEmpty()) {
            request.imageIds().forEach(id -> find(id).ifPresent(images::add));
        } else {
            world.images.values().stream()
                    .filter(image -> image.deregistered == null)
                    .forEach(image -> image.lag.read(image::describe).ifPresent(images::add));
        }
        images.removeIf(image -> !matches(image, request.filters()));
        Pages<Image> page =
                Pages.of(images, request.nextToken(), request.maxResults(), 1000, InstanceOperations.badToken());
        return DescribeImagesResponse.builder()
                .images(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private Optional<Image> find(String id) {
        if (!id.startsWith("ami-")) {
            throw Service.EC2.rejection("InvalidAMIID.Malformed", "Invalid id: \"" + id + "\" (expecting \"ami-...\")");
        }
        SimulatedImage image = world.images.get(id);
        Optional<Image> seen = image == null ? Optional.empty() : image.lag.read(image::describe);
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

    private static boolean matches(Image image, List<Filter> filters) {
        return filters.stream().allMatch(filter -> {
            String value =
                    switch (filter.name()) {
                        case "name" -> image.name();
                        case "state" -> image.stateAsString();
                        case "architecture" -> image.architectureAsString();
                        case "image-id" -> image.imageId();
                        case "owner-id" -> image.ownerId();
                        case "is-public" -> String.valueOf(image.publicLaunchPermissions());
                        default -> throw InstanceOperations.unmodelled(filter);
                    };
            return InstanceOperations.matches(filter, value);
        });
    }

    private DeregisterImageResponse deregister(DeregisterImageRequest request) {
        find(request.imageId());
        deregister(world.images.get(request.imageId()));
        return DeregisterImageResponse.builder().build();
    }

    void deregister(SimulatedImage image) {
        image.lag.beforeWrite(image::describe);
        image.state = ImageState.DEREGISTERED;
        image.deregistered = world.clock.now();
    }
}
