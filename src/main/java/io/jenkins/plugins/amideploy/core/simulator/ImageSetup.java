package io.jenkins.plugins.amideploy.core.simulator;

import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.SnapshotState;

/** Images that are there from the beginning. */
final class ImageSetup {
    private ImageSetup() {}

    /** Its snapshot is called like the image, so that no other id depends on it. */
    static SimulatedImage register(World world, ImageSpec spec) {
        SimulatedImage image = new SimulatedImage(world, spec);
        String id = "snap-" + image.id.substring("ami-".length());
        image.mappings.add(BlockDeviceMapping.builder()
                .deviceName("/dev/xvda")
                .ebs(disk -> disk.snapshotId(id)
                        .volumeSize(spec.rootSize())
                        .volumeType("gp3")
                        .encrypted(false)
                        .deleteOnTermination(true))
                .build());
        if (image.ours()) {
            SimulatedSnapshot snapshot = new SimulatedSnapshot(world, id, "vol-ffffffff", spec.rootSize(), null, "");
            snapshot.state = SnapshotState.COMPLETED;
            snapshot.tags.putAll(spec.tags());
            world.snapshots.put(id, snapshot);
        }
        world.images.put(image.id, image);
        return image;
    }
}
