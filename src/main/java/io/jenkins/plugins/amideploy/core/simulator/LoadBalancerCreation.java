package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DuplicateLoadBalancerNameException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerSchemeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.OperationNotPermittedException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TooManyLoadBalancersException;

/**
 * Application and Network Load Balancers come and go: Elastic Load Balancing API Reference (2015-12-01),
 * "CreateLoadBalancer" (which succeeds again with the same settings) and "DeleteLoadBalancer" (which takes its listeners
 * along, succeeds where there is none, and is refused where it is protected). How long provisioning takes is not
 * documented; it is seen to take some minutes.
 */
final class LoadBalancerCreation {
    private static final Span PROVISIONING = new Span(Duration.ofSeconds(60), Duration.ofMinutes(4));

    private final World world;

    LoadBalancerCreation(World world, Operations operations) {
        this.world = world;
        operations.on(Service.ELB_V2, CreateLoadBalancerRequest.class, this::create);
        operations.on(Service.ELB_V2, DeleteLoadBalancerRequest.class, this::delete);
    }

    static CreateLoadBalancerRequest usual(World world, String name) {
        return complete(CreateLoadBalancerRequest.builder()
                .name(name)
                .subnets(Stream.of("a", "b", "c")
                        .map(zone -> Subnets.of(world.region + zone))
                        .toList())
                .build());
    }

    private static CreateLoadBalancerRequest complete(CreateLoadBalancerRequest asked) {
        CreateLoadBalancerRequest.Builder complete = asked.toBuilder()
                .type(asked.type() == null ? LoadBalancerTypeEnum.APPLICATION : asked.type())
                .scheme(asked.scheme() == null ? LoadBalancerSchemeEnum.INTERNET_FACING : asked.scheme())
                .ipAddressType(asked.ipAddressTypeAsString() == null ? "ipv4" : asked.ipAddressTypeAsString());
        if (asked.type() != LoadBalancerTypeEnum.NETWORK
                && asked.securityGroups().isEmpty()) {
            complete.securityGroups(SimulatedSecurityGroup.DEFAULT);
        }
        return complete.build();
    }

    private CreateLoadBalancerResponse create(CreateLoadBalancerRequest request) {
        Members.only(
                request,
                "Name",
                "Subnets",
                "SubnetMappings",
                "SecurityGroups",
                "Scheme",
                "Tags",
                "Type",
                "IpAddressType");
        BalancerNames.check(request.name(), "Load balancer");
        CreateLoadBalancerRequest complete = complete(request);
        if (complete.type() == LoadBalancerTypeEnum.GATEWAY) {
            throw new UnsupportedOperationException("The simulator does not model Gateway Load Balancers");
        }
        boolean application = complete.type() == LoadBalancerTypeEnum.APPLICATION;
        Placement.check(world, complete, application);
        Optional<SimulatedLoadBalancer> present = SimulatedLoadBalancer.named(world, request.name());
        if (present.isPresent()) {
            if (!present.get().settings.equals(complete)) {
                throw new Rejection(
                        DuplicateLoadBalancerNameException.builder(),
                        400,
                        "DuplicateLoadBalancerName",
                        "A load balancer with the same name '" + request.name()
                                + "' exists, but with different settings");
            }
            return created(present.get());
        }
        limit(application);
        SimulatedLoadBalancer balancer = new SimulatedLoadBalancer(
                world, (application ? "app/" : "net/") + request.name() + "/" + world.ids.hex(), complete, ready());
        world.loadBalancers.put(balancer.id, balancer);
        return created(balancer);
    }

    private Instant ready() {
        return world.clock.now().plus(world.draws.span("provisioning of load balancers", PROVISIONING));
    }

    private void limit(boolean application) {
        long present = world.loadBalancers.values().stream()
                .filter(balancer -> balancer.exists() && balancer.application == application)
                .count();
        Quota quota = application ? Quota.APPLICATION_LOAD_BALANCERS : Quota.NETWORK_LOAD_BALANCERS;
        if (present >= world.quota(quota)) {
            throw new Rejection(
                    TooManyLoadBalancersException.builder(),
                    400,
                    "TooManyLoadBalancers",
                    "The maximum number of load balancers has been reached");
        }
    }

    private static CreateLoadBalancerResponse created(SimulatedLoadBalancer balancer) {
        return CreateLoadBalancerResponse.builder()
                .loadBalancers(List.of(balancer.describe()))
                .build();
    }

    private DeleteLoadBalancerResponse delete(DeleteLoadBalancerRequest request) {
        SimulatedLoadBalancer balancer = world.loadBalancers.get(request.loadBalancerArn());
        if (balancer != null && balancer.exists()) {
            if (balancer.attributes.get("deletion_protection.enabled").equals("true")) {
                throw new Rejection(
                        OperationNotPermittedException.builder(),
                        400,
                        "OperationNotPermitted",
                        "Load balancer '" + balancer.id + "' cannot be deleted because deletion protection is enabled");
            }
            balancer.remove();
        }
        return DeleteLoadBalancerResponse.builder().build();
    }
}
