package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Why EC2 will not launch what a group asks for. */
final class LaunchFaults {
    private final SimulatedClock clock;
    private final List<Shortage> shortages = new ArrayList<>();
    private final Deque<LaunchRefusal> refusals = new ArrayDeque<>();
    private final Map<String, Ordered> ordered = new HashMap<>();

    /** @param zone null for all zones */
    private record Shortage(String zone, Instant from, Instant to) {}

    private record Ordered(int launches, String reason) {}

    /** @param zonal whether another zone may still have capacity */
    record Refusal(String message, boolean zonal) {}

    LaunchFaults(SimulatedClock clock) {
        this.clock = clock;
    }

    void noCapacity(String zone, Instant from, Instant to) {
        shortages.add(new Shortage(zone, from, to));
    }

    void failNext(String group, int launches, String reason) {
        ordered.put(group, new Ordered(launches, reason));
    }

    /** Amazon EC2 Auto Scaling User Guide, "Troubleshoot: EC2 instance launch failures". */
    Optional<Refusal> refuse(SimulatedGroup group, String zone, String type) {
        Ordered order = ordered.get(group.name);
        if (order != null) {
            ordered.put(group.name, order.launches == 1 ? null : new Ordered(order.launches - 1, order.reason));
            return Optional.of(new Refusal(order.reason + " Launching EC2 instance failed.", false));
        }
        boolean scarce = shortages.stream().anyMatch(shortage -> applies(shortage, zone));
        return scarce ? Optional.of(new Refusal(insufficient(group, zone, type), true)) : Optional.empty();
    }

    void refuseNext(int launches, LaunchRefusal refusal) {
        for (int i = 0; i < launches; i++) {
            refusals.add(refusal);
        }
    }

    /** Why an instance is not launched that belongs to no group; what concerns spot alone waits for a spot instance. */
    Optional<LaunchRefusal> refuse(String zone, boolean spot) {
        Optional<LaunchRefusal> ordered = refusals.stream()
                .filter(refusal -> spot || !refusal.concernsSpotOnly())
                .findFirst();
        ordered.ifPresent(refusals::removeFirstOccurrence);
        boolean scarce = shortages.stream().anyMatch(shortage -> applies(shortage, zone));
        return ordered.isPresent() || !scarce ? ordered : Optional.of(LaunchRefusal.NO_CAPACITY);
    }

    private boolean applies(Shortage shortage, String zone) {
        Instant now = clock.now();
        return (shortage.zone == null || shortage.zone.equals(zone))
                && !now.isBefore(shortage.from)
                && now.isBefore(shortage.to);
    }

    private static String insufficient(SimulatedGroup group, String zone, String type) {
        List<String> others =
                group.zones.stream().filter(other -> !other.equals(zone)).toList();
        String elsewhere = others.isEmpty() ? "" : " or choosing " + String.join(", ", others);
        return "We currently do not have sufficient " + type
                + " capacity in the Availability Zone you requested (" + zone
                + "). Our system will be working on provisioning additional capacity. You can currently get " + type
                + " capacity by not specifying an Availability Zone in your request" + elsewhere
                + ". Launching EC2 instance failed.";
    }
}
