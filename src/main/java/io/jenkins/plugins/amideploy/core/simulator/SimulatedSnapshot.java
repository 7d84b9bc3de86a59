package io.jenkins.plugins.amideploy.core.simulator;

import java.util.LinkedHashSet;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.SnapshotState;

/** A snapshot of a volume. */
final class SimulatedSnapshot extends Resource<Snapshot> {
    final int size;
    final String key;
    private final String volume;
    private final String description;
    SnapshotState state = SnapshotState.PENDING;
    final Set<String> sharedWith = new LinkedHashSet<>();

    /** @param key the ARN of the KMS key that it is encrypted with, or null */
    SimulatedSnapshot(World world, String id, String volume, int size, String key, String description) {
        super(world, id);
        this.volume = volume;
        this.size = size;
        this.key = key;
        this.description = description;
    }

    /** Whether the key is the one that AWS keeps for EBS, which no other account can use. */
    boolean underAwsKey() {
        return Volumes.AWS_KEY.equals(key);
    }

    @Override
    Snapshot describe() {
        return Snapshot.builder()
                .snapshotId(id)
                .volumeId(volume)
                .volumeSize(size)
                .encrypted(key != null)
                .kmsKeyId(key)
                .ownerId(Service.ACCOUNT)
                .startTime(created)
                .state(state)
                .progress(state == SnapshotState.COMPLETED ? "100%" : "0%")
                .description(description)
                .tags(Tags.list(tags))
                .build();
    }
}
