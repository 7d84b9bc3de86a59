package io.jenkins.plugins.amideploy.core.group;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** The CloudWatch alarms that must not go ALARM while a deployment runs. */
public final class Alarms {
    private final AwsSession aws;
    private final List<String> names;

    public Alarms(AwsSession aws, List<String> names) {
        this.aws = aws;
        this.names = names;
    }

    private record State(StateValue value, String reason) {}

    /** Before the deployment: all must exist and none may be in ALARM already. */
    public void check(List<String> problems) {
        if (names.isEmpty()) {
            return;
        }
        Map<String, State> states = read();
        for (String name : names) {
            if (!states.containsKey(name)) {
                problems.add("alarms: there is no CloudWatch alarm named '" + name + "'");
            } else if (states.get(name).value() == StateValue.ALARM) {
                problems.add("alarms: '" + name + "' is in ALARM already: "
                        + states.get(name).reason());
            }
        }
    }

    /** During the deployment: the alarm that went ALARM, with CloudWatch's reason; empty while there is none. */
    public Optional<String> ringing() {
        if (names.isEmpty()) {
            return Optional.empty();
        }
        return read().entrySet().stream()
                .filter(e -> e.getValue().value() == StateValue.ALARM)
                .map(e -> "The alarm '" + e.getKey() + "' is in ALARM: "
                        + e.getValue().reason())
                .findFirst();
    }

    private Map<String, State> read() {
        Map<String, State> states = new LinkedHashMap<>();
        var response = aws.cloudWatch()
                .describeAlarms(r -> r.alarmNames(names)
                        .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM)
                        .maxRecords(100));
        response.metricAlarms().forEach(a -> states.put(a.alarmName(), new State(a.stateValue(), a.stateReason())));
        response.compositeAlarms().forEach(a -> states.put(a.alarmName(), new State(a.stateValue(), a.stateReason())));
        return states;
    }
}
