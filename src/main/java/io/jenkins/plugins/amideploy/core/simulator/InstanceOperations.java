package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceStateChange;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;

/** EC2 instances: Amazon EC2 API Reference, "DescribeInstances", "StopInstances" and "TerminateInstances". */
final class InstanceOperations {
    private final World world;

    InstanceOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.EC2, DescribeInstancesRequest.class, this::describe);
        operations.on(Service.EC2, StopInstancesRequest.class, this::stop);
        operations.on(Service.EC2, TerminateInstancesRequest.class, this::terminate);
    }

    static Rejection badToken() {
        return Service.EC2.rejection("InvalidParameterValue", "Invalid value for parameter nextToken");
    }

    /** The instances of those ids, or all that are to be seen where none is given. */
    static List<SimulatedInstance> named(World world, List<String> ids) {
        if (ids.isEmpty()) {
            return world.instances.values().stream()
                    .filter(instance -> instance.lag.visible())
                    .toList();
        }
        return ids.stream().map(id -> find(world, id)).toList();
    }

    private static SimulatedInstance find(World world, String id) {
        SimulatedInstance instance = world.instances.get(id);
        if (instance == null || !instance.lag.visible()) {
            throw Service.EC2.rejection("InvalidInstanceID.NotFound", "The instance ID '" + id + "' does not exist");
        }
        return instance;
    }

    private DescribeInstancesResponse describe(DescribeInstancesRequest request) {
        List<SimulatedInstance> found = named(world, request.instanceIds()).stream()
                .filter(instance -> matches(instance, request.filters()))
                .toList();
        Pages<SimulatedInstance> page = Pages.of(found, request.nextToken(), request.maxResults(), 1000, badToken());
        return DescribeInstancesResponse.builder()
                .reservations(page.items().stream()
                        .map(instance -> Reservation.builder()
                                .reservationId("r-" + instance.id.substring(2))
                                .ownerId(Service.ACCOUNT)
                                .instances(instance.lag
                                        .read(() -> InstanceView.of(world, instance))
                                        .orElseThrow())
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    private static boolean matches(SimulatedInstance instance, List<Filter> filters) {
        return filters.stream().allMatch(filter -> {
            String name = filter.name();
            if (name.startsWith("tag:")) {
                return Filters.matches(filter, instance.tags.get(name.substring(4)));
            }
            return switch (name) {
                case "tag-key" -> instance.tags.keySet().stream().anyMatch(key -> Filters.matches(filter, key));
                case "instance-id" -> Filters.matches(filter, instance.id);
                case "image-id" -> Filters.matches(filter, instance.image.id);
                case "instance-type" -> Filters.matches(filter, instance.type);
                case "availability-zone" -> Filters.matches(filter, instance.zone);
                case "instance-state-name" ->
                    Filters.matches(filter, instance.state().toString());
                case "client-token" ->
                    instance.launch != null && Filters.matches(filter, instance.launch.clientToken());
                case "key-name" -> instance.launch != null && Filters.matches(filter, instance.launch.keyName());
                case "instance.group-id" ->
                    instance.launch != null
                            && instance.launch.securityGroups().stream()
                                    .anyMatch(group -> Filters.matches(filter, group));
                default -> throw Filters.unmodelled(filter);
            };
        });
    }

    /** Amazon EC2 User Guide, "Stop and start your Spot Instances": those of one-time requests cannot be stopped. */
    private StopInstancesResponse stop(StopInstancesRequest request) {
        Members.only(request, "InstanceIds");
        List<SimulatedInstance> instances = named(world, request.instanceIds());
        instances.forEach(InstanceOperations::checkStop);
        List<InstanceStateChange> changes = new ArrayList<>();
        for (SimulatedInstance instance : instances) {
            InstanceStateName before = instance.state();
            if (instance.running()) {
                beginWrite(instance);
                world.terminator.stop(instance);
            }
            changes.add(change(instance, before));
        }
        return StopInstancesResponse.builder().stoppingInstances(changes).build();
    }

    private static void checkStop(SimulatedInstance instance) {
        if (instance.spot) {
            throw Service.EC2.rejection(
                    "UnsupportedOperation",
                    "You can't stop the Spot Instance '" + instance.id + "' because it is associated with a one-time"
                            + " Spot Instance request. You can only stop Spot Instances associated with persistent Spot"
                            + " Instance requests.");
        }
        if (instance.state() == InstanceStateName.PENDING || instance.ending()) {
            throw Service.EC2.rejection(
                    "IncorrectInstanceState",
                    "The instance '" + instance.id + "' is not in a state from which it can be stopped.");
        }
    }

    private TerminateInstancesResponse terminate(TerminateInstancesRequest request) {
        List<SimulatedInstance> instances = named(world, request.instanceIds());
        List<InstanceStateChange> changes = new ArrayList<>();
        for (SimulatedInstance instance : instances) {
            InstanceStateName before = instance.state();
            beginWrite(instance);
            world.terminator.kill(
                    instance,
                    world.actor.asTerminationCause(),
                    "Client.UserInitiatedShutdown: User initiated shutdown");
            changes.add(change(instance, before));
        }
        return TerminateInstancesResponse.builder()
                .terminatingInstances(changes)
                .build();
    }

    /** What happens to a group's instances shows at once: its group's description lags. */
    private void beginWrite(SimulatedInstance instance) {
        if (instance.launch != null) {
            instance.lag.beforeWrite(() -> InstanceView.of(world, instance));
        }
    }

    private static InstanceStateChange change(SimulatedInstance instance, InstanceStateName before) {
        return InstanceStateChange.builder()
                .instanceId(instance.id)
                .previousState(InstanceView.state(before))
                .currentState(InstanceView.state(instance.state()))
                .build();
    }
}
