package io.jenkins.plugins.amideploy.core.simulator;

import java.util.Objects;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/**
 * CloudWatch's metric alarms: Amazon CloudWatch User Guide, "Using Amazon CloudWatch alarms" (an action is invoked when
 * the state changes; for Auto Scaling it is the ARN of the policy). Nothing measures here: an alarm changes its state
 * when a test says so.
 */
final class Alarms {
    final Listed<MetricAlarm> listed;
    private final World world;
    private final PolicyActions actions;

    Alarms(World world) {
        this.world = world;
        this.listed = new Listed<>(world, "alarms");
        this.actions = new PolicyActions(world);
    }

    String arn(String name) {
        return "arn:aws:cloudwatch:" + world.region + ":" + Service.ACCOUNT + ":alarm:" + name;
    }

    void set(String name, StateValue state, String reason) {
        MetricAlarm present = listed.get(name);
        MetricAlarm.Builder alarm =
                present == null ? MetricAlarm.builder().alarmName(name).alarmArn(arn(name)) : present.toBuilder();
        MetricAlarm next = alarm.stateValue(state)
                .stateReason(reason)
                .stateUpdatedTimestamp(world.clock.now())
                .build();
        listed.put(name, next);
        boolean begins = state == StateValue.ALARM && (present == null || present.stateValue() != state);
        if (begins && !Objects.equals(next.actionsEnabled(), false)) {
            next.alarmActions().forEach(policy -> actions.execute(policy, next));
        }
    }

    /** A deleted policy's alarm stays, without what it set off. */
    void withoutAction(String policyArn) {
        for (MetricAlarm alarm : listed.all()) {
            if (alarm.alarmActions().contains(policyArn)) {
                listed.put(
                        alarm.alarmName(),
                        alarm.toBuilder()
                                .alarmActions(alarm.alarmActions().stream()
                                        .filter(action -> !action.equals(policyArn))
                                        .toList())
                                .build());
            }
        }
    }
}
