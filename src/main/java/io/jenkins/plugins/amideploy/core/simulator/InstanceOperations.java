package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceLifecycleType;
import software.amazon.awssdk.services.ec2.model.InstanceState;
import software.amazon.awssdk.services.ec2.model.InstanceStateChange;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.StateReason;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;

/** EC2 instances: Amazon EC2 API Reference, "DescribeInstances" and "TerminateInstances". */
final class InstanceOperations {
    private static final Map<InstanceStateName, Integer> CODES = Map.of(
            InstanceStateName.PENDING, 0,
            InstanceStateName.RUNNING, 16,
            InstanceStateName.SHUTTING_DOWN, 32,
            InstanceStateName.TERMINATED, 48,
            InstanceStateName.STOPPING, 64,
            InstanceStateName.STOPPED, 80);

    private final World world;

    InstanceOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.EC2, DescribeInstancesRequest.class, this::describe);
        operations.on(Service.EC2, TerminateInstancesRequest.class, this::terminate);
    }

    static Rejection badToken() {
        return Service.EC2.rejection("InvalidParameterValue", "Invalid value for parameter nextToken");
    }

    static UnsupportedOperationException unmodelled(Filter filter) {
        return new UnsupportedOperationException("The simulator does not model the filter " + filter.name());
    }

    static boolean matches(Filter filter, String value) {
        return value != null
                && filter.values().stream()
                        .anyMatch(pattern -> pattern.indexOf('*') < 0
                                ? pattern.equals(value)
                                : value.matches(("\\Q" + pattern + "\\E").replace("*", "\\E.*\\Q")));
    }

    private DescribeInstancesResponse describe(DescribeInstancesRequest request) {
        List<SimulatedInstance> found = new ArrayList<>();
        if (!request.instanceIds().isEmpty()) {
            request.instanceIds().forEach(id -> found.add(find(id)));
        } else {
            world.instances.values().stream()
                    .filter(instance -> instance.lag.visible())
                    .forEach(found::add);
        }
        found.removeIf(instance -> !matches(instance, request.filters()));
        Pages<SimulatedInstance> page = Pages.of(found, request.nextToken(), request.maxResults(), 1000, badToken());
        return DescribeInstancesResponse.builder()
                .reservations(page.items().stream()
                        .map(instance -> Reservation.builder()
                                .reservationId("r-" + instance.id.substring(2))
                                .ownerId(Service.ACCOUNT)
                                .instances(describe(instance))
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    private SimulatedInstance find(String id) {
        SimulatedInstance instance = world.instances.get(id);
        if (instance == null || !instance.lag.visible()) {
            throw Service.EC2.rejection("InvalidInstanceID.NotFound", "The instance ID '" + id + "' does not exist");
        }
        return instance;
    }

    private boolean matches(SimulatedInstance instance, List<Filter> filters) {
        return filters.stream().allMatch(filter -> {
            String name = filter.name();
            if (name.startsWith("tag:")) {
                return matches(filter, instance.tags.get(name.substring(4)));
            }
            return switch (name) {
                case "tag-key" -> instance.tags.keySet().stream().anyMatch(key -> matches(filter, key));
                case "instance-id" -> matches(filter, instance.id);
                case "image-id" -> matches(filter, instance.image.id);
                case "instance-type" -> matches(filter, instance.type);
                case "availability-zone" -> matches(filter, instance.zone);
                case "instance-state-name" -> matches(filter, instance.state().toString());
                default -> throw unmodelled(filter);
            };
        });
    }

    private Instance describe(SimulatedInstance instance) {
        String address = address(instance);
        return Instance.builder()
                .instanceId(instance.id)
                .imageId(instance.image.id)
                .instanceType(instance.type)
                .launchTime(instance.launched)
                .state(state(instance.state()))
                .stateReason(reason(instance))
                .placement(
                        placement -> placement.availabilityZone(instance.zone).tenancy("default"))
                .subnetId(Subnets.of(instance.zone))
                .architecture(instance.image.describe().architecture())
                .instanceLifecycle(instance.spot ? InstanceLifecycleType.SPOT : null)
                .privateIpAddress(instance.alive() ? address : null)
                .privateDnsName(
                        instance.alive()
                                ? "ip-" + address.replace('.', '-') + "." + Service.REGION + ".compute.internal"
                                : "")
                .tags(instance.tags.entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())
                .build();
    }

    private static String address(SimulatedInstance instance) {
        int hash = instance.id.hashCode();
        return "10." + (hash >>> 16 & 255) + "." + (hash >>> 8 & 255) + "." + (hash & 255);
    }

    private static StateReason reason(SimulatedInstance instance) {
        return instance.stateReason.isEmpty()
                ? null
                : StateReason.builder()
                        .code(instance.stateReason.replaceFirst(":.*", ""))
                        .message(instance.stateReason)
                        .build();
    }

    private static InstanceState state(InstanceStateName name) {
        return InstanceState.builder().name(name).code(CODES.get(name)).build();
    }

    private TerminateInstancesResponse terminate(TerminateInstancesRequest request) {
        List<SimulatedInstance> instances =
                request.instanceIds().stream().map(this::find).toList();
        List<InstanceStateChange> changes = new ArrayList<>();
        for (SimulatedInstance instance : instances) {
            InstanceStateName before = instance.state();
            world.terminator.kill(
                    instance,
                    world.actor.asTerminationCause(),
                    "Client.UserInitiatedShutdown: User initiated shutdown");
            changes.add(InstanceStateChange.builder()
                    .instanceId(instance.id)
                    .previousState(state(before))
                    .currentState(state(instance.state()))
                    .build());
        }
        return TerminateInstancesResponse.builder()
                .terminatingInstances(changes)
                .build();
    }
}
