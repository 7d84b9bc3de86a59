package io.jenkins.plugins.amideploy.core.simulator;

import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;
import software.amazon.awssdk.services.ec2.model.VolumeAttachmentState;
import software.amazon.awssdk.services.ec2.model.VolumeState;

/** A volume of an instance that was launched by itself. */
final class SimulatedVolume extends Resource<Volume> {
    final String device;
    final int size;
    final String key;
    final boolean deletedOnTermination;
    private final String type;
    private final String snapshot;
    private final SimulatedInstance instance;
    boolean attached = true;

    SimulatedVolume(SimulatedInstance instance, World world, BlockDeviceMapping mapping) {
        super(world, world.ids.resource("vol"));
        EbsBlockDevice disk = mapping.ebs();
        this.instance = instance;
        this.device = mapping.deviceName();
        this.size = disk.volumeSize();
        this.type = disk.volumeType() == null ? "gp2" : disk.volumeTypeAsString();
        this.snapshot = disk.snapshotId();
        this.key = Volumes.key(disk.encrypted(), disk.kmsKeyId());
        this.deletedOnTermination = !Boolean.FALSE.equals(disk.deleteOnTermination());
    }

    @Override
    Volume describe() {
        Volume.Builder volume = Volume.builder()
                .volumeId(id)
                .size(size)
                .volumeType(type)
                .snapshotId(snapshot)
                .encrypted(key != null)
                .kmsKeyId(key)
                .availabilityZone(instance.zone)
                .createTime(created)
                .state(attached ? VolumeState.IN_USE : VolumeState.AVAILABLE)
                .tags(Tags.list(tags));
        return (attached
                        ? volume.attachments(VolumeAttachment.builder()
                                .volumeId(id)
                                .instanceId(instance.id)
                                .device(device)
                                .state(VolumeAttachmentState.ATTACHED)
                                .deleteOnTermination(deletedOnTermination)
                                .build())
                        : volume)
                .build();
    }
}
