package io.jenkins.plugins.amideploy.core.traffic;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.traffic.Metered.Metric;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How much capacity the busiest minute took, in load balancer capacity units: of an Application Load Balancer its {@code
 * PeakLCUs}, of a Network Load Balancer 2.2 Mbit/s each (Elastic Load Balancing, "Capacity reservations for your
 * Application Load Balancer" and "... Network Load Balancer").
 */
public final class PeakCapacity {
    private static final double BITS_A_SECOND_IN_A_UNIT = 2_200_000;
    /** CloudWatch keeps single minutes for 15 days; more than these would take many calls. */
    private static final Duration LONGEST = Duration.ofDays(3);

    private PeakCapacity() {}

    /**
     * @param back how far back to look, at most three days
     * @return empty where the metrics tell of none, as of a balancer that is hardly used, and where there are no capacity
     *     units: of target groups and Classic Load Balancers
     */
    public static OptionalInt of(AwsSession aws, Metered old, Instant now, Duration back) {
        Duration looked = back.compareTo(LONGEST) > 0 ? LONGEST : back;
        if (old instanceof Metered.Application application) {
            return units(busiest(aws, application.peak(), now, looked));
        }
        if (old instanceof Metered.Network network) {
            OptionalDouble bytes = busiest(aws, network.peak(), now, looked);
            return bytes.isEmpty()
                    ? OptionalInt.empty()
                    : units(OptionalDouble.of(bytes.getAsDouble() * 8 / 60 / BITS_A_SECOND_IN_A_UNIT));
        }
        return OptionalInt.empty();
    }

    private static OptionalDouble busiest(AwsSession aws, Metric metric, Instant now, Duration back) {
        Instant from = now.minus(back).truncatedTo(ChronoUnit.MINUTES);
        return new MetricReads(aws)
                .byMinute(List.of(metric), from, now).get(0).values().stream()
                        .mapToDouble(Double::doubleValue)
                        .filter(value -> value > 0)
                        .max();
    }

    private static OptionalInt units(OptionalDouble exact) {
        return exact.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) Math.ceil(exact.getAsDouble()));
    }
}
