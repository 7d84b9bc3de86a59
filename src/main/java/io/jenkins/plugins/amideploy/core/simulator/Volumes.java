package io.jenkins.plugins.amideploy.core.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;

/** The disks of instances and images. */
final class Volumes {
    /** The key that AWS keeps in the account for EBS, which is the default. */
    static final String AWS_KEY = "alias/aws/ebs";

    private Volumes() {}

    /** The key that a disk is encrypted with, or null. */
    static String key(Boolean encrypted, String key) {
        if (!Boolean.TRUE.equals(encrypted)) {
            if (key != null) {
                throw Service.EC2.rejection(
                        "InvalidParameterDependency",
                        "The parameter KmsKeyId requires the parameter Encrypted to be set.");
            }
            return null;
        }
        return key == null ? AWS_KEY : key;
    }

    /**
     * What an instance is launched with: the image's disks, changed by what the request says about the same device, and
     * the request's own (Amazon EC2 User Guide, "Block device mappings").
     */
    static List<BlockDeviceMapping> merged(SimulatedImage image, List<BlockDeviceMapping> asked) {
        Map<String, BlockDeviceMapping> all = new LinkedHashMap<>();
        image.mappings.forEach(mapping -> all.put(mapping.deviceName(), mapping));
        for (BlockDeviceMapping mapping : asked) {
            Members.only(mapping, "DeviceName", "Ebs");
            Members.only(
                    mapping.ebs(),
                    "VolumeSize",
                    "VolumeType",
                    "Encrypted",
                    "KmsKeyId",
                    "DeleteOnTermination",
                    "SnapshotId");
            BlockDeviceMapping before = all.get(mapping.deviceName());
            all.put(mapping.deviceName(), before == null ? own(mapping) : changed(before, mapping));
        }
        return List.copyOf(all.values());
    }

    private static BlockDeviceMapping own(BlockDeviceMapping mapping) {
        if (mapping.ebs().volumeSize() == null) {
            throw Service.EC2.rejection(
                    "MissingParameter", "The request must contain the parameter size or snapshotId");
        }
        return mapping;
    }

    private static BlockDeviceMapping changed(BlockDeviceMapping before, BlockDeviceMapping asked) {
        Integer size = asked.ebs().volumeSize();
        if (size != null && size < before.ebs().volumeSize()) {
            throw Service.EC2.rejection(
                    "InvalidBlockDeviceMapping",
                    "Volume of size " + size + "GB is smaller than snapshot '"
                            + before.ebs().snapshotId() + "', expect size >= "
                            + before.ebs().volumeSize() + "GB");
        }
        if (Boolean.FALSE.equals(asked.ebs().encrypted())
                && Boolean.TRUE.equals(before.ebs().encrypted())) {
            throw Service.EC2.rejection(
                    "InvalidBlockDeviceMapping",
                    "The encrypted flag cannot be set to false for an encrypted snapshot.");
        }
        EbsBlockDevice.Builder disk = Pojos.copy(asked.ebs(), before.ebs().toBuilder());
        return before.toBuilder().ebs(disk.build()).build();
    }
}
