package io.jenkins.plugins.amideploy.core.traffic;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.traffic.Metered.Metric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;

/** Metrics minute by minute, all of them in one call (Amazon CloudWatch API Reference, "GetMetricData"). */
final class MetricReads {
    private static final int MINUTE = 60;

    private final AwsSession aws;

    MetricReads(AwsSession aws) {
        this.aws = aws;
    }

    /**
     * The values that CloudWatch has for each metric, in the order of the metrics, by the beginning of their minute. A
     * minute without a value is left out, whether nothing happened in it or CloudWatch does not know yet.
     */
    List<NavigableMap<Instant, Double>> byMinute(List<Metric> metrics, Instant from, Instant to) {
        List<MetricDataQuery> queries = new ArrayList<>();
        for (int i = 0; i < metrics.size(); i++) {
            queries.add(query("m" + i, metrics.get(i)));
        }
        Map<String, NavigableMap<Instant, Double>> found = new TreeMap<>();
        aws.cloudWatch()
                .getMetricDataPaginator(
                        r -> r.metricDataQueries(queries).startTime(from).endTime(to))
                .metricDataResults()
                .forEach(result -> {
                    NavigableMap<Instant, Double> values = found.computeIfAbsent(result.id(), any -> new TreeMap<>());
                    for (int i = 0; i < result.timestamps().size(); i++) {
                        values.put(result.timestamps().get(i), result.values().get(i));
                    }
                });
        return queries.stream()
                .map(query -> found.getOrDefault(query.id(), new TreeMap<>()))
                .toList();
    }

    private static MetricDataQuery query(String id, Metric metric) {
        List<Dimension> dimensions = new ArrayList<>();
        for (int i = 0; i < metric.dimensions().size(); i += 2) {
            dimensions.add(Dimension.builder()
                    .name(metric.dimensions().get(i))
                    .value(metric.dimensions().get(i + 1))
                    .build());
        }
        return MetricDataQuery.builder()
                .id(id)
                .metricStat(stat -> stat.period(MINUTE)
                        .stat(metric.statistic())
                        .metric(named -> named.namespace(metric.namespace())
                                .metricName(metric.name())
                                .dimensions(dimensions)))
                .build();
    }
}
