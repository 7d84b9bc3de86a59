package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What goes wrong with load balancers, in AWS's words. */
final class BalancerFaults {
    private final Deque<String> provisioning = new ArrayDeque<>();
    private final Deque<String> reservations = new ArrayDeque<>();

    void failProvisioning(String reason) {
        provisioning.add(reason);
    }

    void failReservation(String reason) {
        reservations.add(reason);
    }

    Optional<String> nextProvisioningFailure() {
        return Optional.ofNullable(provisioning.poll());
    }

    Optional<String> nextReservationFailure() {
        return Optional.ofNullable(reservations.poll());
    }
}
