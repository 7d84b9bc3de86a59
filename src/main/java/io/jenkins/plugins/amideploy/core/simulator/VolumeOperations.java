package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;

/** Volumes: Amazon EC2 API Reference, "DescribeVolumes" and "DeleteVolume". */
final class VolumeOperations {
    private final World world;

    VolumeOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.EC2, DescribeVolumesRequest.class, this::describe);
        operations.on(Service.EC2, DeleteVolumeRequest.class, this::delete);
    }

    private static Rejection notFound(String id) {
        return Service.EC2.rejection("InvalidVolume.NotFound", "The volume '" + id + "' does not exist.");
    }

    private DescribeVolumesResponse describe(DescribeVolumesRequest request) {
        Members.only(request, "VolumeIds", "Filters", "NextToken", "MaxResults");
        List<Volume> seen = world.volumes.values().stream()
                .flatMap(volume -> volume.seen().stream())
                .toList();
        for (String id : request.volumeIds()) {
            if (seen.stream().noneMatch(volume -> volume.volumeId().equals(id))) {
                throw notFound(id);
            }
        }
        List<Volume> found = seen.stream()
                .filter(volume ->
                        request.volumeIds().isEmpty() || request.volumeIds().contains(volume.volumeId()))
                .filter(volume -> Filters.all(request.filters(), volume.tags(), name -> values(volume, name)))
                .toList();
        Pages<Volume> page =
                Pages.of(found, request.nextToken(), request.maxResults(), 500, InstanceOperations.badToken());
        return DescribeVolumesResponse.builder()
                .volumes(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private static List<String> values(Volume volume, String filter) {
        return switch (filter) {
            case "volume-id" -> List.of(volume.volumeId());
            case "status" -> List.of(volume.stateAsString());
            case "attachment.instance-id" ->
                volume.attachments().stream().map(VolumeAttachment::instanceId).toList();
            default -> null;
        };
    }

    private DeleteVolumeResponse delete(DeleteVolumeRequest request) {
        SimulatedVolume volume = world.volumes.get(request.volumeId());
        if (volume == null || !volume.exists()) {
            throw notFound(request.volumeId());
        }
        if (volume.attached) {
            throw Service.EC2.rejection("VolumeInUse", "Volume " + volume.id + " is currently attached");
        }
        volume.delete();
        return DeleteVolumeResponse.builder().build();
    }
}
