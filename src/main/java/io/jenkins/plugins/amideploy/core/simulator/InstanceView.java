package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfile;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.InstanceLifecycleType;
import software.amazon.awssdk.services.ec2.model.InstanceState;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.StateReason;

/** EC2's description of an instance. */
final class InstanceView {
    private static final Map<InstanceStateName, Integer> CODES = Map.of(
            InstanceStateName.PENDING, 0,
            InstanceStateName.RUNNING, 16,
            InstanceStateName.SHUTTING_DOWN, 32,
            InstanceStateName.TERMINATED, 48,
            InstanceStateName.STOPPING, 64,
            InstanceStateName.STOPPED, 80);

    private InstanceView() {}

    static Instance of(World world, SimulatedInstance instance) {
        boolean addressed =
                instance.state() != InstanceStateName.TERMINATED && instance.state() != InstanceStateName.SHUTTING_DOWN;
        String address = privateAddress(instance);
        Instance.Builder view = Instance.builder()
                .instanceId(instance.id)
                .imageId(instance.image.id)
                .instanceType(instance.type)
                .launchTime(instance.launched)
                .state(state(instance.state()))
                .stateReason(reason(instance))
                .placement(
                        placement -> placement.availabilityZone(instance.zone).tenancy("default"))
                .subnetId(Subnets.of(instance.zone))
                .architecture(instance.image.spec.architecture())
                .instanceLifecycle(instance.spot ? InstanceLifecycleType.SPOT : null)
                .privateIpAddress(addressed ? address : null)
                .privateDnsName(
                        addressed ? "ip-" + address.replace('.', '-') + "." + world.region + ".compute.internal" : "")
                .tags(Tags.list(instance.tags));
        return (instance.launch == null
                        ? inGroup(world, instance, view)
                        : launched(world, instance, instance.launch, view))
                .build();
    }

    private static Instance.Builder inGroup(World world, SimulatedInstance instance, Instance.Builder view) {
        return instance.state() == InstanceStateName.TERMINATED
                ? view
                : view.vpcId(Subnets.VPC)
                        .securityGroups(identifiers(world, LaunchSource.securityGroups(world, instance)));
    }

    private static List<GroupIdentifier> identifiers(World world, List<String> securityGroups) {
        return securityGroups.stream()
                .map(id -> GroupIdentifier.builder()
                        .groupId(id)
                        .groupName(world.securityGroups.containsKey(id) ? world.securityGroups.get(id).name : id)
                        .build())
                .toList();
    }

    private static Instance.Builder launched(
            World world, SimulatedInstance instance, Launch launch, Instance.Builder view) {
        view.keyName(launch.keyName())
                .clientToken(launch.clientToken())
                .publicIpAddress(publicAddress(instance))
                .rootDeviceName("/dev/xvda")
                .rootDeviceType("ebs")
                .metadataOptions(options -> options.httpEndpoint("enabled")
                        .httpTokens(
                                launch.metadata() == null || launch.metadata().httpTokens() == null
                                        ? instance.image.tokensRequired ? "required" : "optional"
                                        : launch.metadata().httpTokensAsString()))
                .iamInstanceProfile(
                        launch.profile() == null
                                ? null
                                : IamInstanceProfile.builder()
                                        .arn(launch.profile())
                                        .build());
        if (instance.state() == InstanceStateName.TERMINATED) {
            return view;
        }
        return view.vpcId(Subnets.VPC)
                .securityGroups(identifiers(world, launch.securityGroups()))
                .blockDeviceMappings(launch.volumes().stream()
                        .map(volume -> InstanceBlockDeviceMapping.builder()
                                .deviceName(volume.device)
                                .ebs(disk -> disk.volumeId(volume.id)
                                        .status("attached")
                                        .deleteOnTermination(volume.deletedOnTermination))
                                .build())
                        .toList());
    }

    static String privateAddress(SimulatedInstance instance) {
        int hash = instance.id.hashCode();
        return "10." + (hash >>> 16 & 255) + "." + (hash >>> 8 & 255) + "." + (hash & 255);
    }

    /** It has one while it is pending or running, where one was asked for; null otherwise. */
    static String publicAddress(SimulatedInstance instance) {
        int hash = instance.id.hashCode();
        return instance.launch != null && instance.launch.publicAddress() && instance.alive()
                ? "54." + (hash >>> 16 & 255) + "." + (hash >>> 8 & 255) + "." + (hash & 255)
                : null;
    }

    static InstanceState state(InstanceStateName name) {
        return InstanceState.builder().name(name).code(CODES.get(name)).build();
    }

    private static StateReason reason(SimulatedInstance instance) {
        return instance.stateReason.isEmpty()
                ? null
                : StateReason.builder()
                        .code(instance.stateReason.replaceFirst(":.*", ""))
                        .message(instance.stateReason)
                        .build();
    }
}
