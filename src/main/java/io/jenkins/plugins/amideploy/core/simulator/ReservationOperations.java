package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CapacityReservationStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeCapacityReservationRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeCapacityReservationResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.MinimumLoadBalancerCapacity;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyCapacityReservationRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyCapacityReservationResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ZonalCapacityReservationState;

/**
 * Capacity reservations: Elastic Load Balancing API Reference (2015-12-01), "ModifyCapacityReservation" and
 * "DescribeCapacityReservation"; Application Load Balancers, "Request Load balancer Capacity Unit reservation" (at least
 * 100 units for each zone, evenly distributed); Network Load Balancers (none with TLS listeners).
 */
final class ReservationOperations {
    private static final int LEAST_IN_A_ZONE = 100;

    private final World world;

    ReservationOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.ELB_V2, ModifyCapacityReservationRequest.class, this::modify);
        operations.on(Service.ELB_V2, DescribeCapacityReservationRequest.class, this::describe);
    }

    private ModifyCapacityReservationResponse modify(ModifyCapacityReservationRequest request) {
        SimulatedLoadBalancer balancer = SimulatedLoadBalancer.find(world, request.loadBalancerArn());
        boolean reset = Boolean.TRUE.equals(request.resetCapacityReservation());
        if (reset == (request.minimumLoadBalancerCapacity() != null)) {
            throw Service.ELB_V2.rejection(
                    "ValidationError", "Either a minimum capacity or the reset of the reservation must be specified");
        }
        int units = reset ? 0 : request.minimumLoadBalancerCapacity().capacityUnits();
        int zones = Placement.subnets(balancer.settings).size();
        boolean tls = balancer.listeners().stream()
                .anyMatch(listener -> listener.settings.protocolAsString().equals("TLS"));
        if (!reset && tls) {
            throw Service.ELB_V2.rejection(
                    "OperationNotPermitted", "Capacity reservation is not supported with TLS listeners");
        }
        if (!reset && units < LEAST_IN_A_ZONE * zones) {
            throw Service.ELB_V2.rejection(
                    "ValidationError",
                    "The capacity units must be at least " + LEAST_IN_A_ZONE * zones + " for " + zones
                            + " Availability Zones");
        }
        balancer.reservation.ask(units);
        return Pojos.copy(described(balancer), ModifyCapacityReservationResponse.builder())
                .build();
    }

    private DescribeCapacityReservationResponse describe(DescribeCapacityReservationRequest request) {
        return described(SimulatedLoadBalancer.find(world, request.loadBalancerArn()));
    }

    private DescribeCapacityReservationResponse described(SimulatedLoadBalancer balancer) {
        CapacityReservation reservation = balancer.reservation;
        return DescribeCapacityReservationResponse.builder()
                .lastModifiedTime(reservation.modified())
                .decreaseRequestsRemaining(reservation.decreasesRemaining())
                .minimumLoadBalancerCapacity(
                        reservation.units() == 0
                                ? null
                                : MinimumLoadBalancerCapacity.builder()
                                        .capacityUnits(reservation.units())
                                        .build())
                .capacityReservationState(reservation.state() == null ? List.of() : zones(balancer))
                .build();
    }

    private List<ZonalCapacityReservationState> zones(SimulatedLoadBalancer balancer) {
        CapacityReservation reservation = balancer.reservation;
        List<String> subnets = Placement.subnets(balancer.settings);
        boolean there = reservation.state() == CapacityReservationStateEnum.PROVISIONED;
        return subnets.stream()
                .map(subnet -> ZonalCapacityReservationState.builder()
                        .availabilityZone(Subnets.zoneOf(world.region, subnet).orElseThrow())
                        .effectiveCapacityUnits(there ? (double) reservation.provisioned() / subnets.size() : null)
                        .state(state -> state.code(reservation.state()).reason(reservation.reason()))
                        .build())
                .toList();
    }
}
