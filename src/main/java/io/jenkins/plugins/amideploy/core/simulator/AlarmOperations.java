package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.InvalidNextTokenException;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmResponse;
import software.amazon.awssdk.services.cloudwatch.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/**
 * Metric alarms: Amazon CloudWatch API Reference, "PutMetricAlarm" (a new alarm begins with {@code INSUFFICIENT_DATA};
 * a present one is overwritten wholly and keeps its state), "DescribeAlarms", "DeleteAlarms" (up to 100; where one does
 * not exist none is deleted).
 */
final class AlarmOperations {
    private static final int MOST_NAMES = 100;

    private final World world;

    AlarmOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.CLOUD_WATCH, DescribeAlarmsRequest.class, this::describe);
        operations.on(Service.CLOUD_WATCH, PutMetricAlarmRequest.class, this::put);
        operations.on(Service.CLOUD_WATCH, DeleteAlarmsRequest.class, this::delete);
    }

    private PutMetricAlarmResponse put(PutMetricAlarmRequest request) {
        checkRequired(request);
        Instant now = world.clock.now();
        MetricAlarm before = world.alarms.listed.get(request.alarmName());
        MetricAlarm.Builder alarm = Pojos.copy(request, MetricAlarm.builder())
                .alarmArn(world.alarms.arn(request.alarmName()))
                .actionsEnabled(!Boolean.FALSE.equals(request.actionsEnabled()))
                .alarmConfigurationUpdatedTimestamp(now);
        if (before == null) {
            alarm.stateValue(StateValue.INSUFFICIENT_DATA)
                    .stateReason("Unchecked: Initial alarm creation")
                    .stateUpdatedTimestamp(now);
        } else {
            alarm.stateValue(before.stateValue())
                    .stateReason(before.stateReason())
                    .stateUpdatedTimestamp(before.stateUpdatedTimestamp());
        }
        world.alarms.listed.put(request.alarmName(), alarm.build());
        return PutMetricAlarmResponse.builder().build();
    }

    private static void checkRequired(PutMetricAlarmRequest request) {
        require(request.alarmName() != null, "AlarmName");
        require(request.comparisonOperator() != null, "ComparisonOperator");
        require(request.evaluationPeriods() != null, "EvaluationPeriods");
        require(request.threshold() != null || request.thresholdMetricId() != null, "Threshold");
        require(request.metricName() != null || !request.metrics().isEmpty(), "MetricName");
    }

    private static void require(boolean given, String member) {
        if (!given) {
            throw Service.CLOUD_WATCH.rejection(
                    "MissingParameter", "The request must contain the parameter " + member + ".");
        }
    }

    private DeleteAlarmsResponse delete(DeleteAlarmsRequest request) {
        checkCount(request.alarmNames());
        for (String name : request.alarmNames()) {
            if (world.alarms.listed.get(name) == null) {
                throw new Rejection(
                        ResourceNotFoundException.builder(), 404, "ResourceNotFound", "Unknown alarm: " + name);
            }
        }
        request.alarmNames().forEach(world.alarms.listed::remove);
        return DeleteAlarmsResponse.builder().build();
    }

    private static void checkCount(List<String> names) {
        if (names.size() > MOST_NAMES) {
            throw Service.CLOUD_WATCH.rejection(
                    "ValidationError", "The parameter AlarmNames can have at most 100 members.");
        }
    }

    private DescribeAlarmsResponse describe(DescribeAlarmsRequest request) {
        checkCount(request.alarmNames());
        List<MetricAlarm> found = new ArrayList<>(world.alarms.listed.seen());
        found.removeIf(alarm -> !request.alarmNames().isEmpty()
                        && !request.alarmNames().contains(alarm.alarmName())
                || request.alarmNamePrefix() != null && !alarm.alarmName().startsWith(request.alarmNamePrefix())
                || request.actionPrefix() != null
                        && alarm.alarmActions().stream().noneMatch(action -> action.startsWith(request.actionPrefix()))
                || request.stateValue() != null && request.stateValue() != alarm.stateValue()
                || !request.alarmTypes().isEmpty() && !request.alarmTypes().contains(AlarmType.METRIC_ALARM));
        Integer size = request.maxRecords() == null ? Integer.valueOf(50) : request.maxRecords();
        Pages<MetricAlarm> page = Pages.of(
                found,
                request.nextToken(),
                size,
                100,
                new Rejection(InvalidNextTokenException.builder(), 400, "InvalidNextToken", "The token is not valid"));
        return DescribeAlarmsResponse.builder()
                .metricAlarms(page.items())
                .nextToken(page.nextToken())
                .build();
    }
}
