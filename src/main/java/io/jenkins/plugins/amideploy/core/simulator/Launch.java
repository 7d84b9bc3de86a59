package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataOptionsRequest;

/**
 * How an instance was launched by itself.
 *
 * @param keyName null for none
 * @param profile the ARN of its instance profile, or null
 * @param userData null for none
 * @param metadata what the request says about the instance metadata service
 */
record Launch(
        String keyName,
        List<String> securityGroups,
        String profile,
        String userData,
        InstanceMetadataOptionsRequest metadata,
        boolean publicAddress,
        String clientToken,
        List<SimulatedVolume> volumes) {

    Launch withVolumes(List<SimulatedVolume> disks) {
        return new Launch(keyName, securityGroups, profile, userData, metadata, publicAddress, clientToken, disks);
    }
}
