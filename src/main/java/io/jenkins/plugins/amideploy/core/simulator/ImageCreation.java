package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.CreateImageRequest;
import software.amazon.awssdk.services.ec2.model.CreateImageResponse;
import software.amazon.awssdk.services.ec2.model.ImageState;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.SnapshotState;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * Images of instances: Amazon EC2 API Reference, "CreateImage"; Amazon EC2 User Guide, "Create an Amazon EBS-backed
 * AMI". That an image fails whose instance is terminated before its disks were read is not documented; the cautious
 * assumption is made.
 */
final class ImageCreation {
    private final World world;

    ImageCreation(World world, Operations operations) {
        this.world = world;
        operations.on(Service.EC2, CreateImageRequest.class, this::create);
    }

    private CreateImageResponse create(CreateImageRequest request) {
        Members.only(request, "InstanceId", "Name", "Description", "NoReboot", "TagSpecifications");
        SimulatedInstance instance =
                InstanceOperations.named(world, List.of(request.instanceId())).get(0);
        if (instance.guest == null) {
            throw new UnsupportedOperationException("The simulator does not model images of a group's instance");
        }
        checkName(world, request.name());
        if (!instance.running() && instance.state() != InstanceStateName.STOPPED) {
            throw Service.EC2.rejection(
                    "IncorrectState",
                    "Instance is not in a valid state: '" + instance.id + "' is " + instance.state()
                            + ", and must be running or stopped");
        }
        Map<String, List<Tag>> tags = Tags.of(request.tagSpecifications(), "image", "snapshot");
        ImageSpec from = instance.image.spec;
        SimulatedImage image = new SimulatedImage(
                world,
                ImageSpec.of(request.name(), from.architecture())
                        .application(from.application())
                        .guest(from.guest()));
        image.state = ImageState.PENDING;
        image.description = request.description();
        image.sourceInstance = instance.id;
        image.sourceImage = instance.image.id;
        image.sourceRegion = world.region;
        image.tokensRequired = instance.image.tokensRequired;
        Tags.put(image.tags, tags.get("image"));
        world.images.put(image.id, image);
        instance.launch.volumes().forEach(volume -> snapshot(image, instance, volume, tags.get("snapshot")));
        if (instance.running() && !Boolean.TRUE.equals(request.noReboot())) {
            instance.guest.reboot(
                    world.draws.of("reboot " + image.id, world.behaviour.ec2().reboot()));
        }
        schedule(image, instance);
        return CreateImageResponse.builder().imageId(image.id).build();
    }

    static void checkName(World world, String name) {
        if (name == null || !name.matches("[a-zA-Z0-9()\\[\\] ./\\-'@_]{3,128}")) {
            throw Service.EC2.rejection(
                    "InvalidAMIName.Malformed",
                    "AMI names must be between 3 and 128 characters long, and may contain letters, numbers, '(', ')',"
                            + " '.', '-', '/' and '_'");
        }
        for (SimulatedImage image : world.images.values()) {
            if (image.ours() && image.spec.name().equals(name) && image.registered()) {
                throw Service.EC2.rejection(
                        "InvalidAMIName.Duplicate", "AMI name " + name + " is already in use by AMI " + image.id);
            }
        }
    }

    private void snapshot(SimulatedImage image, SimulatedInstance instance, SimulatedVolume volume, List<Tag> tags) {
        SimulatedSnapshot snapshot = new SimulatedSnapshot(
                world,
                world.ids.resource("snap"),
                volume.id,
                volume.size,
                volume.key,
                "Created by CreateImage(" + instance.id + ") for " + image.id);
        Tags.put(snapshot.tags, tags);
        world.snapshots.put(snapshot.id, snapshot);
        image.mappings.add(BlockDeviceMapping.builder()
                .deviceName(volume.device)
                .ebs(disk -> disk.snapshotId(snapshot.id)
                        .volumeSize(snapshot.size)
                        .volumeType("gp3")
                        .encrypted(snapshot.key != null)
                        .deleteOnTermination(volume.deletedOnTermination))
                .build());
    }

    private void schedule(SimulatedImage image, SimulatedInstance instance) {
        Duration takes =
                world.draws.of("imaging " + image.id, world.behaviour.ec2().imaging());
        String ordered = world.imageFaults.nextImage();
        String failure = ordered == null ? instance.guest.guest().imagingFailure() : ordered;
        world.clock.after(takes.dividedBy(3), () -> {
            if (instance.state() == InstanceStateName.SHUTTING_DOWN
                    || instance.state() == InstanceStateName.TERMINATED) {
                end(image, "Instance " + instance.id + " was terminated while its image was created");
            }
        });
        world.clock.after(takes, () -> end(image, failure));
    }

    private void end(SimulatedImage image, String failure) {
        finish(world, image, failure);
    }

    /** The image and its snapshots become what they stay; nothing happens to an image that is no longer pending. */
    static void finish(World world, SimulatedImage image, String failure) {
        for (BlockDeviceMapping mapping : image.mappings) {
            SimulatedSnapshot snapshot = world.snapshots.get(mapping.ebs().snapshotId());
            if (snapshot != null && snapshot.state == SnapshotState.PENDING) {
                snapshot.state = failure == null ? SnapshotState.COMPLETED : SnapshotState.ERROR;
            }
        }
        if (image.state != ImageState.PENDING) {
            return;
        }
        if (failure == null) {
            image.state = ImageState.AVAILABLE;
        } else {
            image.fail("Client.InternalError", failure);
        }
    }
}
