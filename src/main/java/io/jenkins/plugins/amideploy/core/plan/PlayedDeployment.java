package io.jenkins.plugins.amideploy.core.plan;

import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.rolling.RollingDeploy;
import io.jenkins.plugins.amideploy.core.rolling.RollingSurvey;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.Behaviour;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedAws;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.autoscaling.model.Instance;

/**
 * A deployment to a group like the live one, played on the simulator.
 *
 * @param progress how long it took until each share was replaced, such as {@code 3/12}
 * @param floor the fewest instances that were in service at any moment
 * @param peak the most instances that there were at once
 * @param history the text of its history
 */
record PlayedDeployment(Duration took, Map<String, Duration> progress, int floor, int peak, int calls, String history)
        implements Plan.Played {

    static PlayedDeployment play(
            long seed, RollingSurvey survey, LiveTimes times, Map<String, String> parameters, boolean gated) {
        SimulatedAws aws = new SimulatedAws(seed, Behaviour.typical().withBoot(times.boot(), times.bootDeviation()));
        String group = survey.group().autoScalingGroupName();
        String old = aws.registerImage("live", "x86_64", Application.healthy());
        String ami = aws.registerImage("planned", "x86_64", Application.healthy());
        aws.createGroup(Replica.of(aws, survey.group(), old, times));
        protect(aws, group, survey.kept());

        Map<String, String> played = new HashMap<>(parameters);
        played.put("ami", ami);
        played.put("scaleInProtected", "skip");
        played.remove("alarms");
        Instant start = aws.clock().instant();
        Map<String, Duration> progress = new LinkedHashMap<>();
        Rehearsal rehearsal = new Rehearsal(
                        aws,
                        new RollingDeploy(played, gated),
                        new Owner("", "", "plan"),
                        event -> note(event, start, progress))
                .noting();
        Outcome outcome = rehearsal.play();
        Plan.refuseFailed(outcome);
        return new PlayedDeployment(
                Duration.between(start, aws.clock().instant()),
                progress,
                aws.watch(group).minimum(),
                aws.watch(group).peak(),
                aws.calls().total(),
                rehearsal.history());
    }

    private static void note(Event event, Instant start, Map<String, Duration> progress) {
        if (!event.progress().isEmpty() && !event.progress().startsWith("0/")) {
            progress.putIfAbsent(event.progress(), Duration.between(start, event.at()));
        }
    }

    /** The instances that stay as they are in the live group are protected ones here, which the deployment skips. */
    private static void protect(SimulatedAws aws, String group, int kept) {
        List<String> ids = aws
                .operator()
                .autoScaling()
                .describeAutoScalingGroups(r -> r.autoScalingGroupNames(group))
                .autoScalingGroups()
                .get(0)
                .instances()
                .stream()
                .map(Instance::instanceId)
                .limit(kept)
                .toList();
        if (!ids.isEmpty()) {
            aws.operator()
                    .autoScaling()
                    .setInstanceProtection(
                            r -> r.autoScalingGroupName(group).instanceIds(ids).protectedFromScaleIn(true));
            aws.clock().advance(Duration.ofSeconds(5));
        }
    }
}
