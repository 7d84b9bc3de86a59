package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.InvalidNextTokenException;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** Metric alarms: Amazon CloudWatch API Reference, "DescribeAlarms". */
final class AlarmOperations {
    private final World world;
    private final Map<String, MetricAlarm> alarms = new LinkedHashMap<>();

    AlarmOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.CLOUD_WATCH, DescribeAlarmsRequest.class, this::describe);
    }

    void set(String name, StateValue state, String reason) {
        alarms.put(
                name,
                MetricAlarm.builder()
                        .alarmName(name)
                        .alarmArn("arn:aws:cloudwatch:" + world.region + ":" + Service.ACCOUNT + ":alarm:" + name)
                        .stateValue(state)
                        .stateReason(reason)
                        .stateUpdatedTimestamp(world.clock.now())
                        .build());
    }

    private DescribeAlarmsResponse describe(DescribeAlarmsRequest request) {
        if (request.alarmNames().size() > 100) {
            throw Service.CLOUD_WATCH.rejection(
                    "ValidationError", "The parameter AlarmNames can have at most 100 members.");
        }
        List<MetricAlarm> found = new ArrayList<>(alarms.values());
        found.removeIf(alarm -> !request.alarmNames().isEmpty()
                        && !request.alarmNames().contains(alarm.alarmName())
                || request.alarmNamePrefix() != null && !alarm.alarmName().startsWith(request.alarmNamePrefix())
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
