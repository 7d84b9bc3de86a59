package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a stack's group needs around it: target groups are made, and a subnet is the one that there is in its zone. */
final class StackNetwork {
    private static final String TARGET_GROUP = "AWS::ElasticLoadBalancingV2::TargetGroup";
    private static final String SUBNET = "AWS::EC2::Subnet";

    private final World world;

    StackNetwork(World world) {
        this.world = world;
    }

    /** The id of what is made of a resource of that kind; empty where it is of another. */
    Optional<String> create(SimulatedStack.Resource resource, String name) {
        return switch (resource.type) {
            case SUBNET ->
                Optional.ofNullable(StackProvisioner.text(resource.properties, "AvailabilityZone"))
                        .map(Subnets::of);
            case TARGET_GROUP -> {
                TargetGroupSpec spec = TargetGroupSpec.named(name).withDeregistrationDelay(drain(resource.properties));
                SimulatedTargetGroup group = new SimulatedTargetGroup(world, spec);
                world.targetGroups.put(group.arn, group);
                ListenerOperations.setUp(world, LoadBalancerOperations.setUp(world, spec.loadBalancer()), group);
                yield Optional.of(group.arn);
            }
            default -> Optional.empty();
        };
    }

    void delete(String type, String physicalId) {
        if (type.equals(TARGET_GROUP)) {
            world.targetGroups.remove(physicalId);
        }
    }

    private static Duration drain(Map<?, ?> properties) {
        Object attributes = properties.get("TargetGroupAttributes");
        return (attributes instanceof List<?> list ? list : List.of())
                .stream()
                        .map(StackTemplate::map)
                        .filter(attribute -> "deregistration_delay.timeout_seconds".equals(attribute.get("Key")))
                        .map(attribute -> Duration.ofSeconds(Long.parseLong(String.valueOf(attribute.get("Value")))))
                        .findFirst()
                        .orElse(Duration.ofSeconds(300)); // API Reference, TargetGroupAttribute
    }
}
