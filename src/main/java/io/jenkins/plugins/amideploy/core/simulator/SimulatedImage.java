package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;
import software.amazon.awssdk.services.ec2.model.LaunchPermission;
import software.amazon.awssdk.services.ec2.model.StateReason;

/** An AMI and what runs on its instances. */
final class SimulatedImage extends Resource<Image> {
    static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    final ImageSpec spec;
    final Application application;
    final List<BlockDeviceMapping> mappings = new ArrayList<>();
    final Set<LaunchPermission> permissions = new LinkedHashSet<>();
    String description;
    String sourceInstance;
    String sourceImage;
    String sourceRegion;
    StateReason reason;
    ImageState state = ImageState.AVAILABLE;
    Instant deregistered;
    Instant deprecated;
    boolean tokensRequired;

    SimulatedImage(World world, ImageSpec spec) {
        super(world, world.ids.resource("ami"));
        this.spec = spec;
        this.application = spec.application();
        tags.putAll(spec.tags());
    }

    boolean launchable() {
        return state == ImageState.AVAILABLE;
    }

    boolean ours() {
        return spec.owner().equals(Service.ACCOUNT);
    }

    /** Whether it holds its name and its snapshots, as EC2's parts that decide about those know. */
    boolean registered() {
        return deregistered == null
                || seen().filter(image -> image.state() != ImageState.DEREGISTERED)
                        .isPresent();
    }

    boolean uses(String snapshot) {
        return mappings.stream()
                .anyMatch(mapping -> snapshot.equals(mapping.ebs().snapshotId()));
    }

    void fail(String code, String message) {
        state = ImageState.FAILED;
        reason = StateReason.builder().code(code).message(code + ": " + message).build();
    }

    @Override
    Image describe() {
        Image.Builder image = Image.builder()
                .imageId(id)
                .name(spec.name())
                .description(description)
                .architecture(spec.architecture())
                .state(state)
                .stateReason(reason)
                .ownerId(spec.owner())
                .imageOwnerAlias(spec.alias())
                .imageLocation(spec.owner() + "/" + spec.name())
                .creationDate(DATE.format(created.minus(spec.age())))
                .rootDeviceName("/dev/xvda")
                .rootDeviceType("ebs")
                .virtualizationType("hvm")
                .imageType("machine")
                .enaSupport(true)
                .sourceInstanceId(sourceInstance)
                .sourceImageId(sourceImage)
                .sourceImageRegion(sourceRegion)
                .deprecationTime(deprecated == null ? null : DATE.format(deprecated))
                .imdsSupport(tokensRequired ? "v2.0" : null)
                .publicLaunchPermissions(spec.alias() != null)
                .tags(Tags.list(tags));
        return (mappings.isEmpty() ? image : image.blockDeviceMappings(mappings)).build();
    }
}
