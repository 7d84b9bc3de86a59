package io.jenkins.plugins.amideploy.core.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.services.autoscaling.model.Alarm;
import software.amazon.awssdk.services.autoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.autoscaling.model.TargetTrackingConfiguration;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/**
 * The alarms that a target tracking policy makes for itself and takes along when it goes: Amazon EC2 Auto Scaling User
 * Guide, "Target tracking scaling policies" (one above the target and, unless scale-in is disabled, one below). Their
 * names and thresholds are as seen: {@code TargetTracking-<group>-AlarmHigh-<uuid>}, three minutes above the target;
 * {@code AlarmLow}, fifteen minutes below nine tenths of it.
 */
final class TrackingAlarms {
    private final World world;

    TrackingAlarms(World world) {
        this.world = world;
    }

    /** None for a policy of another type. */
    List<Alarm> create(ScalingPolicy policy) {
        TargetTrackingConfiguration tracking = policy.targetTrackingConfiguration();
        if (!policy.policyType().equals(PolicyOperations.TARGET_TRACKING)) {
            return List.of();
        }
        List<MetricAlarm> made = new ArrayList<>();
        made.add(alarm(policy, "AlarmHigh", ComparisonOperator.GREATER_THAN_THRESHOLD, 3, tracking.targetValue()));
        if (!Boolean.TRUE.equals(tracking.disableScaleIn())) {
            double low = tracking.targetValue() * 0.9;
            made.add(alarm(policy, "AlarmLow", ComparisonOperator.LESS_THAN_THRESHOLD, 15, low));
        }
        made.forEach(alarm -> world.alarms.listed.put(alarm.alarmName(), alarm));
        return naming(made, policy.policyARN());
    }

    void delete(ScalingPolicy policy) {
        if (policy.policyType().equals(PolicyOperations.TARGET_TRACKING)) {
            world.alarms.listed.all().stream()
                    .filter(alarm -> alarm.alarmName().startsWith("TargetTracking-" + policy.autoScalingGroupName())
                            && alarm.alarmActions().contains(policy.policyARN()))
                    .forEach(alarm -> world.alarms.listed.remove(alarm.alarmName()));
        }
    }

    static List<Alarm> naming(List<MetricAlarm> alarms, String policyArn) {
        return alarms.stream()
                .filter(alarm -> alarm.alarmActions().contains(policyArn))
                .map(alarm -> Alarm.builder()
                        .alarmName(alarm.alarmName())
                        .alarmARN(alarm.alarmArn())
                        .build())
                .toList();
    }

    private MetricAlarm alarm(
            ScalingPolicy policy, String which, ComparisonOperator compared, int periods, double threshold) {
        String id = UUID.nameUUIDFromBytes((policy.policyARN() + which).getBytes(StandardCharsets.UTF_8))
                .toString();
        String name = "TargetTracking-" + policy.autoScalingGroupName() + "-" + which + "-" + id;
        return MetricAlarm.builder()
                .alarmName(name)
                .alarmArn(world.alarms.arn(name))
                .alarmDescription("DO NOT EDIT OR DELETE. For TargetTrackingScaling policy " + policy.policyARN() + ".")
                .actionsEnabled(true)
                .alarmActions(policy.policyARN())
                .metricName("CPUUtilization")
                .namespace("AWS/EC2")
                .dimensions(Dimension.builder()
                        .name("AutoScalingGroupName")
                        .value(policy.autoScalingGroupName())
                        .build())
                .period(60)
                .evaluationPeriods(periods)
                .threshold(threshold)
                .comparisonOperator(compared)
                .stateValue(StateValue.INSUFFICIENT_DATA)
                .stateReason("Unchecked: Initial alarm creation")
                .alarmConfigurationUpdatedTimestamp(world.clock.now())
                .stateUpdatedTimestamp(world.clock.now())
                .build();
    }
}
