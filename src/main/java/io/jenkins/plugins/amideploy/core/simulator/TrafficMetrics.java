package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What the load balancers of a region tell CloudWatch, minute by minute: Elastic Load Balancing, "CloudWatch metrics for
 * your Application Load Balancer" and "... Network Load Balancer" and "... Classic Load Balancer". A metric of an
 * Application or Classic Load Balancer without a value other than zero is not reported; a Network Load Balancer reports
 * the zero. A minute shows some while after its end.
 */
final class TrafficMetrics {
    private static final Duration KEPT = Duration.ofDays(2);
    /** From the end of a minute until CloudWatch shows it; AWS publishes no number. */
    private static final Span DELAY = Span.seconds(15, 120);

    private static final double BYTES_IN_A_REQUEST = 20_000;
    /** Which of the dimensions of a capacity unit counts most here: 25 new connections a second. */
    private static final double CONNECTIONS_IN_A_UNIT = 25;

    private static final String LOAD_BALANCER = "LoadBalancer";

    private final World world;
    private final Map<Series, NavigableMap<Long, Double>> series = new HashMap<>();

    /** A metric with its dimensions. */
    record Series(String namespace, String metric, Map<String, String> dimensions) {}

    TrafficMetrics(World world) {
        this.world = world;
    }

    /** What has arrived at a balancer within a few seconds, and how many connections are open to it. */
    void passed(Entrance entrance, double requests, double connections, double open) {
        Map<String, String> balancer = Map.of(LOAD_BALANCER, entrance.metricName());
        switch (entrance.kind()) {
            case APPLICATION -> {
                String space = "AWS/ApplicationELB";
                add(space, "RequestCount", balancer, requests);
                add(space, "NewConnectionCount", balancer, connections);
                most(space, "ActiveConnectionCount", balancer, open);
                add(space, "ProcessedBytes", balancer, requests * BYTES_IN_A_REQUEST);
                add(space, "PeakLCUs", balancer, connections / 60 / CONNECTIONS_IN_A_UNIT * 60);
                entrance.ways()
                        .forEach((group, share) -> add(
                                space,
                                "RequestCount",
                                Map.of(LOAD_BALANCER, entrance.metricName(), "TargetGroup", suffix(group)),
                                requests * share));
            }
            case NETWORK -> {
                String space = "AWS/NetworkELB";
                add(space, "NewFlowCount", balancer, connections);
                most(space, "ActiveFlowCount", balancer, open);
                add(space, "ProcessedBytes", balancer, requests * BYTES_IN_A_REQUEST);
            }
            case CLASSIC -> {
                Map<String, String> classic = Map.of("LoadBalancerName", entrance.metricName());
                add("AWS/ELB", "RequestCount", classic, requests);
                most("AWS/ELB", "EstimatedALBActiveConnectionCount", classic, open);
                add("AWS/ELB", "EstimatedProcessedBytes", classic, requests * BYTES_IN_A_REQUEST);
            }
        }
    }

    private static String suffix(Balancer targetGroup) {
        return targetGroup.identifier().substring(targetGroup.identifier().indexOf("targetgroup/"));
    }

    private long minute() {
        return world.clock.now().getEpochSecond() / 60;
    }

    private NavigableMap<Long, Double> minutes(String namespace, String metric, Map<String, String> dimensions) {
        NavigableMap<Long, Double> minutes =
                series.computeIfAbsent(new Series(namespace, metric, dimensions), any -> new TreeMap<>());
        minutes.headMap(minute() - KEPT.toMinutes()).clear();
        return minutes;
    }

    private void add(String namespace, String metric, Map<String, String> dimensions, double value) {
        minutes(namespace, metric, dimensions).merge(minute(), value, Double::sum);
    }

    private void most(String namespace, String metric, Map<String, String> dimensions, double value) {
        minutes(namespace, metric, dimensions).merge(minute(), value, Math::max);
    }

    /**
     * The minutes that CloudWatch shows, from that time on and before the other.
     *
     * @return by the minute since 1970
     */
    NavigableMap<Long, Double> shown(Series asked, Instant from, Instant to) {
        NavigableMap<Long, Double> shown = new TreeMap<>();
        long first = from.getEpochSecond() / 60;
        long last = Math.min(minute(), (to.getEpochSecond() + 59) / 60) - 1;
        NavigableMap<Long, Double> known = series.getOrDefault(asked, new TreeMap<>());
        boolean zeros = asked.namespace().equals("AWS/NetworkELB") && !known.isEmpty();
        for (long minute = first; minute <= last; minute++) {
            double value = rounded(asked.metric(), known.getOrDefault(minute, 0.0));
            boolean told = value > 0 || zeros && minute >= known.firstKey();
            if (told && published(minute)) {
                shown.put(minute, value);
            }
        }
        return shown;
    }

    /** What is counted is whole; units of capacity are not. */
    private static double rounded(String metric, double value) {
        return metric.equals("PeakLCUs") ? value : Math.rint(value);
    }

    private boolean published(long minute) {
        Duration delay = world.draws.of("metrics of minute " + minute, DELAY);
        return !world.clock
                .now()
                .isBefore(Instant.ofEpochSecond((minute + 1) * 60).plus(delay));
    }
}
