package io.jenkins.plugins.amideploy.core.group;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.Alarm;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.LifecycleHook;
import software.amazon.awssdk.services.autoscaling.model.NotificationConfiguration;
import software.amazon.awssdk.services.autoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.autoscaling.model.ScheduledUpdateGroupAction;
import software.amazon.awssdk.services.autoscaling.model.WarmPoolConfiguration;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/**
 * A group with everything that belongs to it and is described apart from it.
 *
 * @param alarms the metric alarms that set off its policies, without those that AWS itself keeps for target tracking
 * @param warmPool empty where it has none, or one that is being deleted
 */
public record GroupParts(
        AutoScalingGroup group,
        List<LifecycleHook> hooks,
        List<ScalingPolicy> policies,
        List<MetricAlarm> alarms,
        List<ScheduledUpdateGroupAction> schedule,
        List<NotificationConfiguration> notifications,
        Optional<WarmPoolConfiguration> warmPool) {
    private static final int NAMES_IN_A_CALL = 100;

    public static GroupParts read(AwsSession aws, AutoScalingGroup group) {
        String name = group.autoScalingGroupName();
        List<ScalingPolicy> policies = policies(aws, name);
        return new GroupParts(
                group,
                aws.autoScaling()
                        .describeLifecycleHooks(r -> r.autoScalingGroupName(name))
                        .lifecycleHooks(),
                policies,
                alarms(aws, policies),
                aws
                        .autoScaling()
                        .describeScheduledActionsPaginator(
                                r -> r.autoScalingGroupName(name).maxRecords(100))
                        .scheduledUpdateGroupActions()
                        .stream()
                        .toList(),
                aws
                        .autoScaling()
                        .describeNotificationConfigurationsPaginator(
                                r -> r.autoScalingGroupNames(name).maxRecords(100))
                        .notificationConfigurations()
                        .stream()
                        .toList(),
                Optional.ofNullable(group.warmPoolConfiguration()).filter(pool -> pool.status() == null));
    }

    static List<ScalingPolicy> policies(AwsSession aws, String group) {
        return aws
                .autoScaling()
                .describePoliciesPaginator(r -> r.autoScalingGroupName(group).maxRecords(100))
                .scalingPolicies()
                .stream()
                .toList();
    }

    /** The alarms of step and simple scaling; those of target tracking come and go with their policy. */
    static List<MetricAlarm> alarms(AwsSession aws, List<ScalingPolicy> policies) {
        Set<String> names = new LinkedHashSet<>();
        policies.stream()
                .filter(policy -> policy.targetTrackingConfiguration() == null)
                .flatMap(policy -> policy.alarms().stream())
                .map(Alarm::alarmName)
                .forEach(names::add);
        return named(aws, names);
    }

    /** Those of the names that exist. */
    static List<MetricAlarm> named(AwsSession aws, Set<String> names) {
        List<MetricAlarm> found = new ArrayList<>();
        List<String> all = List.copyOf(names);
        for (int from = 0; from < all.size(); from += NAMES_IN_A_CALL) {
            List<String> some = all.subList(from, Math.min(all.size(), from + NAMES_IN_A_CALL));
            found.addAll(aws.cloudWatch()
                    .describeAlarms(r -> r.alarmNames(some)
                            .alarmTypes(AlarmType.METRIC_ALARM)
                            .maxRecords(NAMES_IN_A_CALL))
                    .metricAlarms());
        }
        return found;
    }

    /** Whether something is done to its instances before they go. */
    public boolean hooksTermination() {
        return hooks.stream().anyMatch(Hooks::terminating);
    }
}
