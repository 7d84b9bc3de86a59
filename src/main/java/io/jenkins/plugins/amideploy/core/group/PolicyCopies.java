package io.jenkins.plugins.amideploy.core.group;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.aws.Likeness;
import io.jenkins.plugins.amideploy.core.group.GroupCopy.Terms;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.autoscaling.model.MetricDimension;
import software.amazon.awssdk.services.autoscaling.model.PredefinedMetricSpecification;
import software.amazon.awssdk.services.autoscaling.model.PredictiveScalingPredefinedLoadMetric;
import software.amazon.awssdk.services.autoscaling.model.PredictiveScalingPredefinedMetricPair;
import software.amazon.awssdk.services.autoscaling.model.PredictiveScalingPredefinedScalingMetric;
import software.amazon.awssdk.services.autoscaling.model.PutScalingPolicyRequest;
import software.amazon.awssdk.services.autoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;

/**
 * A group's scaling policies for another group, with alarms of their own that watch that group. AWS makes the alarms of
 * target tracking by itself.
 */
final class PolicyCopies {
    private static final String GROUP = "AutoScalingGroupName";

    private final AwsSession aws;
    private final GroupParts original;
    private final String copy;
    private final Terms terms;

    PolicyCopies(AwsSession aws, GroupParts original, String copy, Terms terms) {
        this.aws = aws;
        this.original = original;
        this.copy = copy;
        this.terms = terms;
    }

    /** May be done again: a policy or alarm of the same name is overwritten with the same. */
    void put() {
        Map<String, String> arns = new HashMap<>();
        for (ScalingPolicy policy : original.policies()) {
            PutScalingPolicyRequest request = likeness()
                    .copy(policy, PutScalingPolicyRequest.builder())
                    .autoScalingGroupName(copy)
                    .build();
            arns.put(
                    policy.policyARN(),
                    aws.autoScaling().putScalingPolicy(request).policyARN());
        }
        for (MetricAlarm alarm : original.alarms()) {
            PutMetricAlarmRequest.Builder again =
                    likeness().copy(alarm, PutMetricAlarmRequest.builder()).alarmName(nameOfCopy(alarm.alarmName()));
            instead(alarm.alarmActions(), arns, again::alarmActions);
            instead(alarm.okActions(), arns, again::okActions);
            instead(alarm.insufficientDataActions(), arns, again::insufficientDataActions);
            aws.cloudWatch().putMetricAlarm(again.build());
        }
    }

    /** The alarms that {@link #put} would overwrite although nobody made them for the copy. */
    Set<String> inTheWay() {
        Set<String> names = new LinkedHashSet<>();
        original.alarms().forEach(alarm -> names.add(nameOfCopy(alarm.alarmName())));
        Set<String> present = new LinkedHashSet<>();
        GroupParts.named(aws, names).forEach(alarm -> present.add(alarm.alarmName()));
        return present;
    }

    /** With the copy's name where the alarm's has the original's, else behind it: it always tells whose alarm it is. */
    private String nameOfCopy(String alarm) {
        String group = original.group().autoScalingGroupName();
        return alarm.contains(group) ? alarm.replace(group, copy) : alarm + "-" + copy;
    }

    private static void instead(List<String> actions, Map<String, String> arns, Consumer<Collection<String>> to) {
        if (!actions.isEmpty()) {
            to.accept(actions.stream().map(arn -> arns.getOrDefault(arn, arn)).toList());
        }
    }

    private Likeness likeness() {
        String group = original.group().autoScalingGroupName();
        return Likeness.changing(part -> renamed(part, group));
    }

    private SdkPojo renamed(SdkPojo part, String group) {
        if (part instanceof MetricDimension d
                && d.name().equals(GROUP)
                && d.value().equals(group)) {
            return d.toBuilder().value(copy).build();
        }
        if (part instanceof Dimension d && d.name().equals(GROUP) && d.value().equals(group)) {
            return d.toBuilder().value(copy).build();
        }
        return inTerms(part);
    }

    private SdkPojo inTerms(SdkPojo part) {
        if (part instanceof MetricDimension d) {
            return d.toBuilder().value(terms.of(d.name(), d.value())).build();
        }
        if (part instanceof Dimension d) {
            return d.toBuilder().value(terms.of(d.name(), d.value())).build();
        }
        if (part instanceof PredefinedMetricSpecification m && m.resourceLabel() != null) {
            return m.toBuilder().resourceLabel(label(m.resourceLabel())).build();
        }
        if (part instanceof PredictiveScalingPredefinedMetricPair m && m.resourceLabel() != null) {
            return m.toBuilder().resourceLabel(label(m.resourceLabel())).build();
        }
        if (part instanceof PredictiveScalingPredefinedScalingMetric m && m.resourceLabel() != null) {
            return m.toBuilder().resourceLabel(label(m.resourceLabel())).build();
        }
        if (part instanceof PredictiveScalingPredefinedLoadMetric m && m.resourceLabel() != null) {
            return m.toBuilder().resourceLabel(label(m.resourceLabel())).build();
        }
        return part;
    }

    private String label(String label) {
        return terms.of(Terms.RESOURCE_LABEL, label);
    }

    /**
     * Removes the alarms that mean nothing without the group: they set off no other group's policies, and watch the group,
     * bear its name, or do nothing else. What else they tell people would be kept.
     */
    static void deleteAlarms(AwsSession aws, String group) {
        List<ScalingPolicy> policies = GroupParts.policies(aws, group);
        Set<String> own = new LinkedHashSet<>();
        policies.forEach(policy -> own.add(policy.policyARN()));
        List<String> dead = GroupParts.alarms(aws, policies).stream()
                .filter(alarm -> idle(alarm, group, own))
                .map(MetricAlarm::alarmName)
                .toList();
        for (int from = 0; from < dead.size(); from += 100) {
            List<String> some = dead.subList(from, Math.min(dead.size(), from + 100));
            aws.cloudWatch().deleteAlarms(r -> r.alarmNames(some));
        }
    }

    private static boolean idle(MetricAlarm alarm, String group, Set<String> own) {
        Set<String> others = new LinkedHashSet<>(alarm.alarmActions());
        others.addAll(alarm.okActions());
        others.addAll(alarm.insufficientDataActions());
        others.removeAll(own);
        boolean scales = others.stream().anyMatch(arn -> arn.contains(":scalingPolicy:"));
        boolean watches = alarm.dimensions().stream().anyMatch(d -> GROUP.equals(d.name()) && group.equals(d.value()));
        return !scales && (others.isEmpty() || watches || alarm.alarmName().contains(group));
    }
}
