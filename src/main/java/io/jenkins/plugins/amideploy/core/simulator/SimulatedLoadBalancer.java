package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AvailabilityZone;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerState;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** An Application or a Network Load Balancer. Its id is its ARN. */
final class SimulatedLoadBalancer extends Resource<LoadBalancer> {
    /** Its listeners carry the same in their ARNs. */
    final String path;

    final String name;
    final boolean application;
    final String dnsName;
    final Map<String, String> attributes;
    final CapacityReservation reservation;
    private final Instant active;
    private final Optional<String> failure;
    /** What it was created with, with whatever was changed since. */
    CreateLoadBalancerRequest settings;

    /**
     * @param settings complete: with scheme, type and the type of addresses
     * @param active when it has been provisioned, or provisioning fails
     */
    SimulatedLoadBalancer(World world, String path, CreateLoadBalancerRequest settings, Instant active) {
        super(world, Service.ELB_V2.arn(world.region, "loadbalancer/" + path));
        this.path = path;
        this.name = settings.name();
        this.application = settings.type() == LoadBalancerTypeEnum.APPLICATION;
        this.dnsName = dnsName(world, settings, path);
        this.settings = settings;
        this.active = active;
        this.failure = world.actor.kind() == Actor.Kind.SETUP
                ? Optional.empty()
                : world.balancerFaults.nextProvisioningFailure();
        this.attributes = BalancerAttributes.ofLoadBalancer(application);
        this.reservation = new CapacityReservation(world);
        BalancerTags.put(tags, settings.tags());
    }

    private static String dnsName(World world, CreateLoadBalancerRequest settings, String path) {
        String number = Long.toString(Integer.toUnsignedLong(path.hashCode()) + 1_000_000_000L);
        return settings.type() == LoadBalancerTypeEnum.NETWORK
                ? settings.name() + "-" + path.substring(path.lastIndexOf('/') + 1) + ".elb." + world.region
                        + ".amazonaws.com"
                : (settings.schemeAsString().equals("internal") ? "internal-" : "") + settings.name() + "-" + number
                        + "." + world.region + ".elb.amazonaws.com";
    }

    static SimulatedLoadBalancer find(World world, String arn) {
        SimulatedLoadBalancer balancer = world.loadBalancers.get(arn);
        if (balancer == null || !balancer.exists()) {
            throw LoadBalancerOperations.notFound(List.of(String.valueOf(arn)));
        }
        return balancer;
    }

    static Optional<SimulatedLoadBalancer> named(World world, String name) {
        return world.loadBalancers.values().stream()
                .filter(balancer -> balancer.exists() && balancer.name.equals(name))
                .findFirst();
    }

    /** Whether it takes connections. */
    boolean active() {
        return exists() && failure.isEmpty() && !world.clock.now().isBefore(active);
    }

    List<SimulatedListener> listeners() {
        return world.listeners.values().stream()
                .filter(listener -> listener.exists() && listener.balancer == this)
                .toList();
    }

    /**
     * Where a request goes that arrives now: to these target groups, by their weights.
     *
     * @param path of the request; ignored by a Network Load Balancer
     * @return empty where nobody listens on that port, or the action that applies does not forward
     */
    List<TargetGroupTuple> forwarding(int port, String host, String path) {
        return !active()
                ? List.of()
                : listeners().stream()
                        .filter(listener -> listener.settings.port() == port)
                        .findFirst()
                        .map(listener -> listener.forwarding(host, path))
                        .orElse(List.of());
    }

    @Override
    LoadBalancer describe() {
        return Pojos.copy(settings, LoadBalancer.builder())
                .loadBalancerArn(id)
                .loadBalancerName(name)
                .dnsName(dnsName)
                .canonicalHostedZoneId(zone())
                .createdTime(created)
                .vpcId(Subnets.VPC)
                .availabilityZones(
                        Placement.subnets(settings).stream().map(this::zone).toList())
                .state(state())
                .build();
    }

    /** Elastic Load Balancing endpoints and quotas: the hosted zones of eu-west-1. */
    private String zone() {
        return application ? "Z32O12XQLNTSW2" : "Z2IFOLAFXWLO4F";
    }

    private AvailabilityZone zone(String subnet) {
        return AvailabilityZone.builder()
                .zoneName(Subnets.zoneOf(world.region, subnet).orElseThrow())
                .subnetId(subnet)
                .loadBalancerAddresses(Placement.addresses(settings, subnet))
                .build();
    }

    private LoadBalancerState state() {
        if (world.clock.now().isBefore(active)) {
            return LoadBalancerState.builder()
                    .code(LoadBalancerStateEnum.PROVISIONING)
                    .build();
        }
        return failure.map(reason -> LoadBalancerState.builder()
                        .code(LoadBalancerStateEnum.FAILED)
                        .reason(reason)
                        .build())
                .orElseGet(() -> LoadBalancerState.builder()
                        .code(LoadBalancerStateEnum.ACTIVE)
                        .build());
    }

    /** What an account may see; the state moves on by itself, whatever was written. */
    Optional<LoadBalancer> shown() {
        return seen().map(balancer -> balancer.toBuilder().state(state()).build());
    }

    /** Everything that belongs to it goes with it. */
    void remove() {
        listeners().forEach(SimulatedListener::remove);
        delete();
        reservation.end();
    }

    /** As the dimension of its metrics names it. */
    String metricName() {
        return path;
    }
}
