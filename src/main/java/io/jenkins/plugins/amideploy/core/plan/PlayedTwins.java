package io.jenkins.plugins.amideploy.core.plan;

import io.jenkins.plugins.amideploy.core.blueviolet.BlueVioletDeploy;
import io.jenkins.plugins.amideploy.core.blueviolet.BlueVioletSurvey;
import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.Behaviour;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedAws;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A deployment beside a group like the live one, played on the simulator.
 *
 * @param steps how long it took until each stage of the way
 * @param floor the fewest instances of both groups that were in service at any moment
 * @param peak the most instances of both groups that there were at once
 * @param history the text of its history
 */
record PlayedTwins(Duration took, Map<String, Duration> steps, int floor, int peak, int calls, String history)
        implements Plan.Played {
    static PlayedTwins play(
            long seed, BlueVioletSurvey survey, LiveTimes times, Map<String, String> parameters, boolean gated) {
        SimulatedAws aws = new SimulatedAws(seed, Behaviour.typical().withBoot(times.boot(), times.bootDeviation()));
        String live = survey.live().autoScalingGroupName();
        String old = aws.registerImage("live", "x86_64", Application.healthy());
        String ami = aws.registerImage("planned", "x86_64", Application.healthy());
        aws.createGroup(Replica.of(aws, survey.live(), old, times));

        Map<String, String> played = new HashMap<>(parameters);
        played.put("group", live);
        played.put("ami", ami);
        played.remove("alarms");
        Instant start = aws.clock().instant();
        Map<String, Duration> steps = new LinkedHashMap<>();
        BothGroups both = new BothGroups(aws, List.of(live, survey.fresh()));
        Rehearsal rehearsal = new Rehearsal(
                        aws,
                        new BlueVioletDeploy(played, gated),
                        new Owner("", "", "plan"),
                        event -> note(event, start, steps))
                .noting();
        Outcome outcome = rehearsal.play();
        Plan.refuseFailed(outcome);
        return new PlayedTwins(
                Duration.between(start, aws.clock().instant()),
                steps,
                both.floor(),
                both.peak(),
                aws.calls().total(),
                rehearsal.history());
    }

    /** The lines that are about no single instance are the stages. */
    private static void note(Event event, Instant start, Map<String, Duration> steps) {
        boolean stage = event.progress().isEmpty() && !event.text().contains("\n");
        if (stage) {
            steps.putIfAbsent(event.text(), Duration.between(start, event.at()));
        }
    }
}
