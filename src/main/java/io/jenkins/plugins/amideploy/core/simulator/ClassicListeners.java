package io.jenkins.plugins.amideploy.core.simulator;

import io.jenkins.plugins.amideploy.core.simulator.SimulatedClassic.ClassicListener;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancing.model.CreateLoadBalancerListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.CreateLoadBalancerListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancing.model.DeleteLoadBalancerListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.DeleteLoadBalancerListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancing.model.DuplicateListenerException;
import software.amazon.awssdk.services.elasticloadbalancing.model.Listener;

/**
 * Listeners of Classic Load Balancers: Elastic Load Balancing API Reference (2012-06-01), "CreateLoadBalancerListeners".
 * A secure one has the default security policy from its beginning.
 */
final class ClassicListeners {
    private static final String DEFAULT_POLICY = "ELBSecurityPolicy-2016-08";

    private final World world;

    ClassicListeners(World world, Operations operations) {
        this.world = world;
        operations.on(Service.ELB, CreateLoadBalancerListenersRequest.class, this::create);
        operations.on(Service.ELB, DeleteLoadBalancerListenersRequest.class, this::delete);
    }

    static Listener complete(Listener asked) {
        boolean web = asked.protocol().startsWith("HTTP");
        return asked.instanceProtocol() != null
                ? asked
                : asked.toBuilder().instanceProtocol(web ? "HTTP" : "TCP").build();
    }

    static void add(SimulatedClassic balancer, Listener listener) {
        ClassicListener made = new ClassicListener(listener);
        if (listener.protocol().equals("HTTPS") || listener.protocol().equals("SSL")) {
            balancer.policies.putIfAbsent(DEFAULT_POLICY, ClassicPolicies.predefined(DEFAULT_POLICY));
            made.policies.add(DEFAULT_POLICY);
        }
        balancer.listeners.put(listener.loadBalancerPort(), made);
    }

    private CreateLoadBalancerListenersResponse create(CreateLoadBalancerListenersRequest request) {
        SimulatedClassic balancer = ClassicOperations.find(world, request.loadBalancerName());
        request.listeners().stream().map(ClassicListeners::complete).forEach(listener -> {
            Optional<ClassicListener> present =
                    Optional.ofNullable(balancer.listeners.get(listener.loadBalancerPort()));
            if (present.isEmpty()) {
                balancer.resource.write(() -> add(balancer, listener));
            } else if (!present.get().listener.equals(listener)) {
                throw new Rejection(
                        DuplicateListenerException.builder(),
                        400,
                        "DuplicateListener",
                        "A listener already exists for " + balancer.name + " with LoadBalancerPort "
                                + listener.loadBalancerPort() + ", but with a different configuration");
            }
        });
        return CreateLoadBalancerListenersResponse.builder().build();
    }

    private DeleteLoadBalancerListenersResponse delete(DeleteLoadBalancerListenersRequest request) {
        SimulatedClassic balancer = ClassicOperations.find(world, request.loadBalancerName());
        balancer.resource.write(() -> balancer.listeners.keySet().removeAll(request.loadBalancerPorts()));
        return DeleteLoadBalancerListenersResponse.builder().build();
    }
}
