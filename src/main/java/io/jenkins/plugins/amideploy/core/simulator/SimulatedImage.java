package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;

/** An AMI and what runs on its instances. */
final class SimulatedImage {
    final String id;
    final Application application;
    final Actor by;
    final Instant created;
    final Lag<Image> lag;
    private final String name;
    private final String architecture;
    ImageState state = ImageState.AVAILABLE;
    Instant deregistered;

    SimulatedImage(World world, String name, String architecture, Application application) {
        this.id = world.ids.resource("ami");
        this.name = name;
        this.architecture = architecture;
        this.application = application;
        this.by = world.actor;
        this.created = world.clock.now();
        this.lag = new Lag<>(world);
    }

    boolean launchable() {
        return state == ImageState.AVAILABLE;
    }

    Image describe() {
        return Image.builder()
                .imageId(id)
                .name(name)
                .architecture(architecture)
                .state(state)
                .ownerId(Service.ACCOUNT)
                .creationDate(created.toString())
                .rootDeviceName("/dev/xvda")
                .rootDeviceType("ebs")
                .virtualizationType("hvm")
                .imageType("machine")
                .publicLaunchPermissions(false)
                .build();
    }
}
