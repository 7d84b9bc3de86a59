package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsResponse;

/** Tags of whatever has an id: Amazon EC2 API Reference, "CreateTags" and "DeleteTags". */
final class TagOperations {
    private final World world;

    TagOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.EC2, CreateTagsRequest.class, this::tag);
        operations.on(Service.EC2, DeleteTagsRequest.class, this::untag);
    }

    private CreateTagsResponse tag(CreateTagsRequest request) {
        change(request.resources(), tags -> Tags.put(tags, request.tags()));
        return CreateTagsResponse.builder().build();
    }

    private DeleteTagsResponse untag(DeleteTagsRequest request) {
        change(
                request.resources(),
                tags -> request.tags().forEach(tag -> {
                    if (tag.value() == null || tag.value().equals(tags.get(tag.key()))) {
                        tags.remove(tag.key());
                    }
                }));
        return DeleteTagsResponse.builder().build();
    }

    private void change(List<String> ids, Consumer<Map<String, String>> change) {
        List<Runnable> changes = ids.stream().map(id -> change(id, change)).toList();
        changes.forEach(Runnable::run);
    }

    private Runnable change(String id, Consumer<Map<String, String>> change) {
        if (id.startsWith("lt-")) {
            Map<String, String> tags = SimulatedTemplate.find(world, id, null).tags;
            return () -> change.accept(tags);
        }
        if (id.startsWith("i-")) {
            SimulatedInstance instance =
                    InstanceOperations.named(world, List.of(id)).get(0);
            return () -> change.accept(instance.tags);
        }
        Resource<?> resource = resource(id);
        return () -> resource.write(() -> change.accept(resource.tags));
    }

    private Resource<?> resource(String id) {
        String prefix = id.replaceFirst("-.*", "");
        Map<String, ? extends Resource<?>> all =
                switch (prefix) {
                    case "ami" -> world.images;
                    case "snap" -> world.snapshots;
                    case "vol" -> world.volumes;
                    case "key" -> world.keyPairs;
                    case "sg" -> world.securityGroups;
                    default -> throw Service.EC2.rejection("InvalidID", "The ID '" + id + "' is not valid");
                };
        Resource<?> resource = all.get(id);
        if (resource == null || !resource.exists() || resource.seen().isEmpty()) {
            throw missing(prefix, id);
        }
        return resource;
    }

    private static Rejection missing(String prefix, String id) {
        return switch (prefix) {
            case "ami" -> Service.EC2.rejection("InvalidAMIID.NotFound", "The image id '[" + id + "]' does not exist");
            case "snap" ->
                Service.EC2.rejection("InvalidSnapshot.NotFound", "The snapshot '" + id + "' does not exist.");
            case "vol" -> Service.EC2.rejection("InvalidVolume.NotFound", "The volume '" + id + "' does not exist.");
            case "key" ->
                Service.EC2.rejection("InvalidKeyPair.NotFound", "The key pair with ID '" + id + "' does not exist");
            default -> Service.EC2.rejection("InvalidGroup.NotFound", "The security group '" + id + "' does not exist");
        };
    }
}
