package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.ami.BuildState.Phase;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.MarketType;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** The temporary instance: how it is launched and how it is looked at. */
final class BuildInstance {
    /** States from which an instance does not come back. */
    private static final Set<InstanceStateName> GONE =
            Set.of(InstanceStateName.SHUTTING_DOWN, InstanceStateName.TERMINATED);

    private final Desk desk;
    private final BuildRequest request;
    private final BuildState state;

    BuildInstance(Desk desk) {
        this.desk = desk;
        this.request = desk.request();
        this.state = desk.state();
    }

    Tick launch() {
        RunInstancesRequest launch = request(sourceImage());
        desk.aboutToMake("instance");
        Instance instance = desk.aws().ec2().runInstances(launch).instances().get(0);
        state.instance(instance.instanceId());
        state.saved().put("launched", desk.at().now());
        desk.say("Instance " + instance.instanceId() + " (" + state.instanceType() + ") is launched");
        return desk.next(Phase.READY);
    }

    private Image sourceImage() {
        List<Image> images =
                desk.aws().ec2().describeImages(r -> r.imageIds(state.source())).images();
        if (images.isEmpty()) {
            throw new Stop(Trouble.Kind.REFUSED, "The source " + state.source() + " no longer exists.");
        }
        return images.get(0);
    }

    /** The client token makes EC2 launch one instance, however often it is asked to ("Ensuring idempotency in Amazon EC2 API requests"). */
    private RunInstancesRequest request(Image image) {
        InstanceRequest wanted = request.instance();
        RunInstancesRequest.Builder launch = RunInstancesRequest.builder()
                .clientToken(desk.ownName().length() > 64 ? desk.ownName().substring(0, 64) : desk.ownName())
                .imageId(image.imageId())
                .instanceType(state.instanceType())
                .minCount(1)
                .maxCount(1)
                .blockDeviceMappings(new Volumes(wanted, image).mappings())
                .metadataOptions(m -> m.httpEndpoint("enabled").httpTokens(wanted.httpTokens()))
                .tagSpecifications(
                        Tags.on(ResourceType.INSTANCE, Tags.ofInstance(desk)),
                        Tags.on(ResourceType.VOLUME, Tags.ofInstance(desk)));
        String key = request.temporaryKey() ? desk.ownName() : wanted.keyName();
        if (!key.isEmpty()) {
            launch.keyName(key);
        }
        if (!wanted.profile().isEmpty()) {
            launch.iamInstanceProfile(p -> {
                if (wanted.profile().startsWith("arn:")) {
                    p.arn(wanted.profile());
                } else {
                    p.name(wanted.profile());
                }
            });
        }
        if (!wanted.userData().isEmpty()) {
            launch.userData(Base64.getEncoder().encodeToString(wanted.userData().getBytes(StandardCharsets.UTF_8)));
        }
        if (wanted.spot()) {
            launch.instanceMarketOptions(m -> m.marketType(MarketType.SPOT));
        }
        network(launch);
        return launch.build();
    }

    /** A public address can only be asked for together with a network interface. */
    private void network(RunInstancesRequest.Builder launch) {
        InstanceRequest wanted = request.instance();
        List<String> groups = request.temporaryGroup() ? List.of(state.group()) : wanted.securityGroupIds();
        String subnet = wanted.subnetId().isEmpty() ? null : wanted.subnetId();
        if (wanted.publicIp().isEmpty()) {
            launch.subnetId(subnet).securityGroupIds(groups);
            return;
        }
        launch.networkInterfaces(InstanceNetworkInterfaceSpecification.builder()
                .deviceIndex(0)
                .subnetId(subnet)
                .groups(groups)
                .associatePublicIpAddress(wanted.publicIp().get())
                .deleteOnTermination(true)
                .build());
    }

    /** The volumes of the instance, all of which shall go with it. */
    private record Volumes(InstanceRequest wanted, Image image) {
        List<BlockDeviceMapping> mappings() {
            List<BlockDeviceMapping> mappings = new ArrayList<>();
            boolean rootShown = false;
            for (BlockDeviceMapping original : image.blockDeviceMappings()) {
                if (original.ebs() != null) {
                    rootShown |= root(original.deviceName());
                    boolean goes = Boolean.TRUE.equals(original.ebs().deleteOnTermination());
                    add(mappings, original.deviceName(), original.ebs().volumeSize(), goes);
                }
            }
            if (!rootShown && image.rootDeviceName() != null) {
                add(mappings, image.rootDeviceName(), null, true);
            }
            return mappings;
        }

        private boolean root(String device) {
            return device.equals(image.rootDeviceName());
        }

        /** Adds what of a volume shall be other than the image says. */
        private void add(List<BlockDeviceMapping> mappings, String device, Integer size, boolean goes) {
            boolean resized = root(device) && wanted.rootVolumeSize() > 0;
            if (goes && !resized && !wanted.encrypted()) {
                return;
            }
            EbsBlockDevice.Builder ebs = EbsBlockDevice.builder()
                    .deleteOnTermination(true)
                    .volumeSize(resized ? Integer.valueOf(wanted.rootVolumeSize()) : size);
            if (wanted.encrypted()) {
                ebs.encrypted(true).kmsKeyId(wanted.kmsKeyId().isEmpty() ? null : wanted.kmsKeyId());
            }
            mappings.add(BlockDeviceMapping.builder()
                    .deviceName(device)
                    .ebs(ebs.build())
                    .build());
        }
    }

    /**
     * The instance as AWS shows it; empty where AWS does not show it yet.
     *
     * @throws Stop where it is gone
     */
    Optional<Instance> look() {
        Optional<Instance> shown = shown();
        if (shown.isEmpty()
                && desk.passed(Desk.SHOWN, state.saved().getInstant("launched").orElseThrow())) {
            throw gone("AWS does not show it any more");
        }
        shown.filter(instance -> GONE.contains(instance.state().name())).ifPresent(instance -> {
            throw gone(why(instance));
        });
        return shown;
    }

    /**
     * As {@link #look}, while it must be running.
     *
     * @throws Stop where it is not, also where it was only stopped
     */
    Optional<Instance> lookRunning() {
        Optional<Instance> shown = look();
        shown.filter(instance -> instance.state().name() == InstanceStateName.STOPPING
                        || instance.state().name() == InstanceStateName.STOPPED)
                .ifPresent(instance -> {
                    throw new Stop(
                            Trouble.Kind.UNHEALTHY,
                            "The instance " + state.instance() + " was stopped while it was being provisioned: "
                                    + why(instance));
                });
        return shown;
    }

    private Optional<Instance> shown() {
        return desk
                .aws()
                .ec2()
                .describeInstances(r -> r.filters(Filter.builder()
                        .name("instance-id")
                        .values(state.instance())
                        .build()))
                .reservations()
                .stream()
                .flatMap(reservation -> reservation.instances().stream())
                .findFirst();
    }

    private Stop gone(String why) {
        return new Stop(
                Trouble.Kind.UNHEALTHY,
                "The instance " + state.instance() + " is gone before its image was made: " + why);
    }

    private static String why(Instance instance) {
        String reason = instance.stateReason() == null
                ? instance.stateTransitionReason()
                : instance.stateReason().message();
        return reason == null || reason.isBlank()
                ? "it is " + instance.state().nameAsString() + ", AWS gives no reason"
                : reason;
    }
}
