package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancing.model.DeregisterInstancesFromLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.DeregisterInstancesFromLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancing.model.DescribeInstanceHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.DescribeInstanceHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancing.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancing.model.Instance;
import software.amazon.awssdk.services.elasticloadbalancing.model.InstanceState;
import software.amazon.awssdk.services.elasticloadbalancing.model.InvalidInstanceException;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerDescription;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancing.model.RegisterInstancesWithLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.RegisterInstancesWithLoadBalancerResponse;

/** Classic Load Balancers: Elastic Load Balancing API Reference (2012-06-01), "DescribeInstanceHealth". */
final class ClassicOperations {
    private static final String IN_SERVICE = "InService";
    private static final String OUT_OF_SERVICE = "OutOfService";

    private final World world;

    ClassicOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.ELB, DescribeLoadBalancersRequest.class, this::describe);
        operations.on(Service.ELB, DescribeInstanceHealthRequest.class, this::health);
        operations.on(Service.ELB, RegisterInstancesWithLoadBalancerRequest.class, this::register);
        operations.on(Service.ELB, DeregisterInstancesFromLoadBalancerRequest.class, this::deregister);
    }

    private SimulatedClassic find(String name) {
        return find(world, name);
    }

    static SimulatedClassic find(World world, String name) {
        SimulatedClassic balancer = world.classics.get(name);
        if (balancer == null) {
            throw notFound(name);
        }
        return balancer;
    }

    private static Rejection notFound(String name) {
        return new Rejection(
                LoadBalancerNotFoundException.builder(),
                400,
                "LoadBalancerNotFound",
                "There is no ACTIVE Load Balancer named '" + name + "'");
    }

    private DescribeLoadBalancersResponse describe(DescribeLoadBalancersRequest request) {
        List<LoadBalancerDescription> found = new ArrayList<>();
        world.classics.values().forEach(balancer -> balancer.shown().ifPresent(found::add));
        List<String> asked = request.loadBalancerNames();
        if (!asked.isEmpty()) {
            found.removeIf(balancer -> !asked.contains(balancer.loadBalancerName()));
            asked.stream()
                    .filter(name -> found.stream()
                            .noneMatch(balancer -> balancer.loadBalancerName().equals(name)))
                    .findFirst()
                    .ifPresent(name -> {
                        throw notFound(name);
                    });
        }
        Pages<LoadBalancerDescription> page = Pages.of(
                found,
                request.marker(),
                request.pageSize(),
                400,
                Service.ELB.rejection("ValidationError", "The marker is not valid"));
        return DescribeLoadBalancersResponse.builder()
                .loadBalancerDescriptions(page.items())
                .nextMarker(page.nextToken())
                .build();
    }

    private DescribeInstanceHealthResponse health(DescribeInstanceHealthRequest request) {
        SimulatedClassic balancer = find(request.loadBalancerName());
        List<InstanceState> states = new ArrayList<>();
        if (!request.instances().isEmpty()) {
            for (Instance instance : request.instances()) {
                states.add(state(registration(balancer, instance)));
            }
        } else {
            balancer.registrations.values().forEach(registration -> states.add(state(registration)));
        }
        return DescribeInstanceHealthResponse.builder().instanceStates(states).build();
    }

    private static Registration registration(SimulatedClassic balancer, Instance instance) {
        Registration registration = balancer.registrations.get(instance.instanceId());
        if (registration == null) {
            throw invalid(instance);
        }
        return registration;
    }

    private static Rejection invalid(Instance instance) {
        return new Rejection(
                InvalidInstanceException.builder(),
                400,
                "InvalidInstance",
                "Could not find EC2 instance " + instance.instanceId() + ".");
    }

    private static InstanceState state(Registration registration) {
        InstanceState.Builder state = InstanceState.builder().instanceId(registration.instance.id);
        return switch (registration.state()) {
            case HEALTHY ->
                state.state(IN_SERVICE).reasonCode("N/A").description("N/A").build();
            case INITIAL ->
                state.state(OUT_OF_SERVICE)
                        .reasonCode("ELB")
                        .description("Instance registration is still in progress.")
                        .build();
            case UNHEALTHY ->
                state.state(OUT_OF_SERVICE)
                        .reasonCode("Instance")
                        .description("Instance has failed at least the UnhealthyThreshold number of health checks"
                                + " consecutively.")
                        .build();
            case DRAINING ->
                state.state(IN_SERVICE)
                        .reasonCode("N/A")
                        .description("Instance deregistration currently in progress.")
                        .build();
        };
    }

    private RegisterInstancesWithLoadBalancerResponse register(RegisterInstancesWithLoadBalancerRequest request) {
        SimulatedClassic balancer = find(request.loadBalancerName());
        for (Instance instance : request.instances()) {
            SimulatedInstance found = world.instances.get(instance.instanceId());
            if (found == null || !found.alive()) {
                throw invalid(instance);
            }
            balancer.register(found);
        }
        return RegisterInstancesWithLoadBalancerResponse.builder()
                .instances(balancer.instances())
                .build();
    }

    private DeregisterInstancesFromLoadBalancerResponse deregister(DeregisterInstancesFromLoadBalancerRequest request) {
        SimulatedClassic balancer = find(request.loadBalancerName());
        for (Instance instance : request.instances()) {
            balancer.deregister(registration(balancer, instance).instance, () -> {});
        }
        return DeregisterInstancesFromLoadBalancerResponse.builder()
                .instances(balancer.instances())
                .build();
    }
}
