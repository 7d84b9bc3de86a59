package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.ModifySnapshotAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifySnapshotAttributeResponse;
import software.amazon.awssdk.services.ec2.model.OperationType;
import software.amazon.awssdk.services.ec2.model.Snapshot;

/** Snapshots: Amazon EC2 API Reference, "DescribeSnapshots", "DeleteSnapshot" and "ModifySnapshotAttribute". */
final class SnapshotOperations {
    private final World world;

    SnapshotOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.EC2, DescribeSnapshotsRequest.class, this::describe);
        operations.on(Service.EC2, DeleteSnapshotRequest.class, this::delete);
        operations.on(Service.EC2, ModifySnapshotAttributeRequest.class, this::modify);
    }

    private static Rejection notFound(String id) {
        return Service.EC2.rejection("InvalidSnapshot.NotFound", "The snapshot '" + id + "' does not exist.");
    }

    private SimulatedSnapshot find(String id) {
        SimulatedSnapshot snapshot = world.snapshots.get(id);
        if (snapshot == null || !snapshot.exists()) {
            throw notFound(id);
        }
        return snapshot;
    }

    /** Other accounts' public snapshots are not modelled: all that there are belong to this account. */
    private DescribeSnapshotsResponse describe(DescribeSnapshotsRequest request) {
        Members.only(request, "OwnerIds", "SnapshotIds", "Filters", "NextToken", "MaxResults");
        List<Snapshot> seen = world.snapshots.values().stream()
                .flatMap(snapshot -> snapshot.seen().stream())
                .toList();
        for (String id : request.snapshotIds()) {
            if (seen.stream().noneMatch(snapshot -> snapshot.snapshotId().equals(id))) {
                throw notFound(id);
            }
        }
        List<String> owners = request.ownerIds();
        List<Snapshot> found = seen.stream()
                .filter(snapshot -> owners.isEmpty() || owners.contains("self") || owners.contains(Service.ACCOUNT))
                .filter(snapshot ->
                        request.snapshotIds().isEmpty() || request.snapshotIds().contains(snapshot.snapshotId()))
                .filter(snapshot -> Filters.all(request.filters(), snapshot.tags(), name -> values(snapshot, name)))
                .toList();
        Pages<Snapshot> page =
                Pages.of(found, request.nextToken(), request.maxResults(), 1000, InstanceOperations.badToken());
        return DescribeSnapshotsResponse.builder()
                .snapshots(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private static List<String> values(Snapshot snapshot, String filter) {
        return switch (filter) {
            case "snapshot-id" -> List.of(snapshot.snapshotId());
            case "status" -> List.of(snapshot.stateAsString());
            case "owner-id" -> List.of(snapshot.ownerId());
            case "volume-id" -> List.of(snapshot.volumeId());
            case "description" -> List.of(snapshot.description());
            case "encrypted" -> List.of(snapshot.encrypted().toString());
            default -> null;
        };
    }

    private DeleteSnapshotResponse delete(DeleteSnapshotRequest request) {
        Members.only(request, "SnapshotId");
        delete(find(request.snapshotId()));
        return DeleteSnapshotResponse.builder().build();
    }

    void delete(SimulatedSnapshot snapshot) {
        world.images.values().stream()
                .filter(image -> image.registered() && image.uses(snapshot.id))
                .findAny()
                .ifPresent(image -> {
                    throw Service.EC2.rejection(
                            "InvalidSnapshot.InUse",
                            "The snapshot " + snapshot.id + " is currently in use by " + image.id);
                });
        snapshot.delete();
    }

    private ModifySnapshotAttributeResponse modify(ModifySnapshotAttributeRequest request) {
        Members.only(request, "SnapshotId", "Attribute", "CreateVolumePermission", "OperationType", "UserIds");
        SimulatedSnapshot snapshot = find(request.snapshotId());
        if (snapshot.underAwsKey()) {
            throw Service.EC2.rejection(
                    "OperationNotPermitted", "Encrypted snapshots with EBS default key cannot be shared");
        }
        if (request.createVolumePermission() != null) {
            request.createVolumePermission().add().forEach(add -> snapshot.sharedWith.add(add.userId()));
            request.createVolumePermission().remove().forEach(remove -> snapshot.sharedWith.remove(remove.userId()));
        } else if (request.operationType() == OperationType.ADD) {
            snapshot.sharedWith.addAll(request.userIds());
        } else {
            request.userIds().forEach(snapshot.sharedWith::remove);
        }
        return ModifySnapshotAttributeResponse.builder().build();
    }
}
