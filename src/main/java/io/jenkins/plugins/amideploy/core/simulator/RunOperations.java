package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * Launches instances by themselves: Amazon EC2 API Reference, "RunInstances" and "Error codes"; Amazon EC2 User Guide,
 * "Instance lifecycle".
 */
final class RunOperations {
    private final World world;

    RunOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.EC2, RunInstancesRequest.class, this::run);
    }

    private RunInstancesResponse run(RunInstancesRequest request) {
        Members.only(
                request,
                "ImageId",
                "InstanceType",
                "MinCount",
                "MaxCount",
                "KeyName",
                "SecurityGroupIds",
                "SubnetId",
                "UserData",
                "IamInstanceProfile",
                "BlockDeviceMappings",
                "MetadataOptions",
                "InstanceMarketOptions",
                "NetworkInterfaces",
                "InstanceInitiatedShutdownBehavior",
                "TagSpecifications",
                "ClientToken");
        SimulatedInstance[] made = world.tokens
                .made(request.clientToken(), request, SimulatedInstance[].class)
                .orElseGet(() -> launch(request));
        return RunInstancesResponse.builder()
                .reservationId("r-" + made[0].id.substring(2))
                .ownerId(Service.ACCOUNT)
                .instances(Stream.of(made)
                        .map(instance -> InstanceView.of(world, instance))
                        .toList())
                .build();
    }

    private SimulatedInstance[] launch(RunInstancesRequest request) {
        SimulatedImage image = LaunchChecks.image(world, request.imageId());
        String type = LaunchChecks.type(request.instanceTypeAsString(), image);
        Map<String, List<Tag>> tags = Tags.of(request.tagSpecifications(), "instance", "volume");
        String subnet = LaunchChecks.subnet(world, request);
        String zone = Subnets.zoneOf(world.region, subnet).orElseThrow();
        Launch launch = new Launch(
                LaunchChecks.keyName(world, request.keyName()),
                LaunchChecks.securityGroups(world, request),
                LaunchChecks.profile(world, request.iamInstanceProfile()),
                LaunchChecks.userData(request.userData()),
                request.metadataOptions(),
                request.networkInterfaces().stream()
                        .anyMatch(network -> Boolean.TRUE.equals(network.associatePublicIpAddress())),
                request.clientToken(),
                List.of());
        List<BlockDeviceMapping> disks = Volumes.merged(image, request.blockDeviceMappings());
        disks.forEach(disk -> Volumes.key(disk.ebs().encrypted(), disk.ebs().kmsKeyId()));
        boolean spot = LaunchChecks.spot(request.instanceMarketOptions());
        world.launchFaults.refuse(zone, spot).ifPresent(refusal -> {
            throw refusal.rejection(type, zone);
        });
        SimulatedInstance[] made = new SimulatedInstance[request.maxCount()];
        for (int i = 0; i < made.length; i++) {
            made[i] = create(image, type, zone, launch, disks, spot, tags);
        }
        world.tokens.used(request.clientToken(), request, made);
        return made;
    }

    private SimulatedInstance create(
            SimulatedImage image,
            String type,
            String zone,
            Launch launch,
            List<BlockDeviceMapping> disks,
            boolean spot,
            Map<String, List<Tag>> tags) {
        SimulatedInstance instance =
                new SimulatedInstance(world, image, type, zone, world.actor.call(), world.clock.now());
        instance.lag.beforeWrite(() -> null);
        instance.spot = spot;
        Tags.put(instance.tags, tags.get("instance"));
        List<SimulatedVolume> volumes = new ArrayList<>();
        for (BlockDeviceMapping disk : disks) {
            SimulatedVolume volume = new SimulatedVolume(instance, world, disk);
            Tags.put(volume.tags, tags.get("volume"));
            world.volumes.put(volume.id, volume);
            volumes.add(volume);
        }
        instance.launch = launch.withVolumes(volumes);
        instance.guest = new GuestRun(instance, world);
        world.instances.put(instance.id, instance);
        world.observers.changed(instance, "instance", null, InstanceStateName.PENDING);
        world.clock.after(
                world.draws.of("start " + instance.id, world.behaviour.ec2().start()), instance.guest::started);
        return instance;
    }
}
