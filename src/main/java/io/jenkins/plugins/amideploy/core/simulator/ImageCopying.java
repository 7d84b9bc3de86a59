package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.CopyImageRequest;
import software.amazon.awssdk.services.ec2.model.CopyImageResponse;
import software.amazon.awssdk.services.ec2.model.ImageState;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * Copies between regions: Amazon EC2 API Reference, "CopyImage" (tags are copied only where that is asked for; a copy
 * under a key of KMS is encrypted). Names of copies need not be unique: a second copy is a second image.
 */
final class ImageCopying {
    private final World world;

    ImageCopying(World world, Operations operations) {
        this.world = world;
        operations.on(Service.EC2, CopyImageRequest.class, this::copy);
    }

    private CopyImageResponse copy(CopyImageRequest request) {
        Members.only(
                request,
                "SourceImageId",
                "SourceRegion",
                "Name",
                "Description",
                "Encrypted",
                "KmsKeyId",
                "ClientToken",
                "CopyImageTags",
                "TagSpecifications");
        SimulatedImage copy = world.tokens
                .made(request.clientToken(), request, SimulatedImage.class)
                .orElseGet(() -> begin(request));
        return CopyImageResponse.builder().imageId(copy.id).build();
    }

    private SimulatedImage begin(CopyImageRequest request) {
        Map<String, List<Tag>> tags = Tags.of(request.tagSpecifications(), "image", "snapshot");
        World from = world.account.in(request.sourceRegion()).world();
        SimulatedImage source = from.images.get(request.sourceImageId());
        if (source == null || source.seen().isEmpty()) {
            throw Service.EC2.rejection(
                    "InvalidAMIID.NotFound", "The image id '[" + request.sourceImageId() + "]' does not exist");
        }
        if (!source.launchable()) {
            throw Service.EC2.rejection(
                    "InvalidAMIID.Unavailable", "The image ID '" + source.id + "' is not available");
        }
        SimulatedImage copy = new SimulatedImage(
                world,
                ImageSpec.of(request.name(), source.spec.architecture())
                        .application(source.application)
                        .guest(source.spec.guest()));
        copy.state = ImageState.PENDING;
        copy.description = request.description();
        copy.sourceImage = source.id;
        copy.sourceRegion = from.region;
        copy.tokensRequired = source.tokensRequired;
        if (Boolean.TRUE.equals(request.copyImageTags())) {
            copy.tags.putAll(source.tags);
        }
        Tags.put(copy.tags, tags.get("image"));
        String asked = Volumes.key(request.encrypted(), request.kmsKeyId());
        source.mappings.forEach(mapping -> snapshot(copy, mapping, asked, tags.get("snapshot")));
        world.images.put(copy.id, copy);
        world.tokens.used(request.clientToken(), request, copy);
        String failure = world.imageFaults.nextCopy();
        world.clock.after(
                world.draws.of("copying " + copy.id, world.behaviour.ec2().copying()),
                () -> ImageCreation.finish(world, copy, failure));
        return copy;
    }

    /** What is encrypted stays so, under the key that AWS keeps where none is given. */
    private void snapshot(SimulatedImage copy, BlockDeviceMapping mapping, String asked, List<Tag> tags) {
        boolean encrypted = Boolean.TRUE.equals(mapping.ebs().encrypted());
        String key = asked == null && encrypted ? Volumes.AWS_KEY : asked;
        SimulatedSnapshot snapshot = new SimulatedSnapshot(
                world,
                world.ids.resource("snap"),
                "vol-ffffffff",
                mapping.ebs().volumeSize(),
                key,
                "Copied for DestinationAmi " + copy.id + " from SourceAmi " + copy.sourceImage);
        Tags.put(snapshot.tags, tags);
        world.snapshots.put(snapshot.id, snapshot);
        copy.mappings.add(mapping.toBuilder()
                .ebs(mapping.ebs().toBuilder()
                        .snapshotId(snapshot.id)
                        .encrypted(key != null)
                        .build())
                .build());
    }
}
