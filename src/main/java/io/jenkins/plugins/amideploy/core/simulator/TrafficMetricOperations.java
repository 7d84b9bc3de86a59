package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/**
 * Amazon CloudWatch API Reference, "GetMetricData" (at most 500 queries, newest first unless asked otherwise; no value for
 * a period without datapoints) and "GetMetricStatistics" (at most 1,440 datapoints, in no order). Expressions are not
 * modelled.
 */
final class TrafficMetricOperations {
    private static final int MOST_QUERIES = 500;
    private static final int MOST_DATAPOINTS = 1440;

    private final World world;

    TrafficMetricOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.CLOUD_WATCH, GetMetricDataRequest.class, this::data);
        operations.on(Service.CLOUD_WATCH, GetMetricStatisticsRequest.class, this::statistics);
    }

    private GetMetricDataResponse data(GetMetricDataRequest request) {
        if (request.metricDataQueries().size() > MOST_QUERIES) {
            throw invalid("The collection MetricDataQueries must not have a size greater than 500.");
        }
        checkTimes(request.startTime(), request.endTime());
        return GetMetricDataResponse.builder()
                .metricDataResults(request.metricDataQueries().stream()
                        .map(query -> result(query, request))
                        .toList())
                .build();
    }

    private MetricDataResult result(MetricDataQuery query, GetMetricDataRequest request) {
        if (query.metricStat() == null) {
            throw new UnsupportedOperationException("The simulator does not model expressions of metrics");
        }
        var metric = query.metricStat().metric();
        int period = query.metricStat().period();
        Map<Instant, Double> values = new LinkedHashMap<>();
        periods(
                        series(metric.namespace(), metric.metricName(), metric.dimensions()),
                        period,
                        request.startTime(),
                        request.endTime())
                .forEach((start, minutes) ->
                        values.put(start, statistic(query.metricStat().stat(), minutes)));
        List<Instant> times = new ArrayList<>(values.keySet());
        if (request.scanBy() != ScanBy.TIMESTAMP_ASCENDING) {
            Collections.reverse(times);
        }
        return MetricDataResult.builder()
                .id(query.id())
                .label(query.label() == null ? metric.metricName() : query.label())
                .timestamps(times)
                .values(times.stream().map(values::get).toList())
                .statusCode(StatusCode.COMPLETE)
                .build();
    }

    private GetMetricStatisticsResponse statistics(GetMetricStatisticsRequest request) {
        checkTimes(request.startTime(), request.endTime());
        TrafficMetrics.Series series = series(request.namespace(), request.metricName(), request.dimensions());
        List<Datapoint> datapoints = new ArrayList<>();
        periods(series, request.period(), request.startTime(), request.endTime())
                .forEach((start, minutes) -> datapoints.add(datapoint(start, minutes, request.statistics())));
        if (datapoints.size() > MOST_DATAPOINTS) {
            throw invalid(
                    "You have requested up to " + datapoints.size() + " datapoints, which exceeds the limit of 1,440.");
        }
        return GetMetricStatisticsResponse.builder()
                .label(request.metricName())
                .datapoints(datapoints)
                .build();
    }

    private static Datapoint datapoint(Instant start, List<Double> minutes, List<Statistic> asked) {
        Datapoint.Builder datapoint = Datapoint.builder().timestamp(start);
        for (Statistic statistic : asked) {
            double value = statistic(statistic.toString(), minutes);
            switch (statistic) {
                case SUM -> datapoint.sum(value);
                case AVERAGE -> datapoint.average(value);
                case MAXIMUM -> datapoint.maximum(value);
                case MINIMUM -> datapoint.minimum(value);
                case SAMPLE_COUNT -> datapoint.sampleCount(value);
                default -> throw invalid("The value " + statistic + " for parameter Statistics is not supported.");
            }
        }
        return datapoint.build();
    }

    private static TrafficMetrics.Series series(String namespace, String metric, List<Dimension> dimensions) {
        Map<String, String> named = new TreeMap<>();
        dimensions.forEach(dimension -> named.put(dimension.name(), dimension.value()));
        return new TrafficMetrics.Series(namespace, metric, named);
    }

    private Map<Instant, List<Double>> periods(TrafficMetrics.Series series, int period, Instant from, Instant to) {
        if (period % 60 != 0) {
            throw invalid("Period must be a multiple of 60");
        }
        NavigableMap<Long, Double> shown = world.traffic.shown(series, from, to);
        Map<Instant, List<Double>> periods = new TreeMap<>();
        shown.forEach((minute, value) -> periods.computeIfAbsent(
                        Instant.ofEpochSecond(minute * 60 / period * period), any -> new ArrayList<>())
                .add(value));
        return periods;
    }

    private static double statistic(String name, List<Double> minutes) {
        var numbers = minutes.stream().mapToDouble(Double::doubleValue);
        return switch (name) {
            case "Sum" -> numbers.sum();
            case "Average" -> numbers.average().orElseThrow();
            case "Maximum" -> numbers.max().orElseThrow();
            case "Minimum" -> numbers.min().orElseThrow();
            case "SampleCount" -> minutes.size();
            default -> throw invalid("The value " + name + " for parameter Stat is not supported.");
        };
    }

    private static void checkTimes(Instant from, Instant to) {
        if (!from.isBefore(to)) {
            throw invalid("The parameter StartTime must be less than the parameter EndTime.");
        }
    }

    private static Rejection invalid(String message) {
        return Service.CLOUD_WATCH.rejection("ValidationError", message);
    }
}
