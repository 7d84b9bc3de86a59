package io.jenkins.plugins.amideploy.core.plan;

import io.jenkins.plugins.amideploy.core.bluegreen.BlueGreenDeploy;
import io.jenkins.plugins.amideploy.core.bluegreen.BlueGreenSurvey;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code plan: true} for a cutover: looks at the live group, its balancer and its record as the deployment would, plays
 * the deployment on the simulator with the group's own boot and draining times and with visitors, and tells what to
 * expect. Nothing is changed.
 */
public final class BlueGreenPlan extends Plan {
    /** Boots, DNS and resolvers vary; so many deployments with other draws give the range of what to expect. */
    private static final int PLAYED = 7;

    private final Map<String, String> parameters;
    private final boolean gated;
    private final BlueGreenDeploy deployment;

    /** As for {@link BlueGreenDeploy}. */
    public BlueGreenPlan(Map<String, String> parameters, boolean gated) {
        this.parameters = Map.copyOf(parameters);
        this.gated = gated;
        this.deployment = new BlueGreenDeploy(parameters, gated);
    }

    @Override
    Map<String, Object> make(TickContext at) {
        BlueGreenSurvey survey = deployment.survey(at);
        LiveTimes times = LiveTimes.of(at.aws(), survey.live());
        List<PlayedCutover> played = play(PLAYED, seed -> PlayedCutover.play(seed, survey, times, parameters, gated));
        PlayedCutover typical = played.get(PLAYED / 2);
        at.planned(typical.history());
        tell(at, survey, times, played, typical);
        return result(survey, typical);
    }

    private static void tell(
            TickContext at,
            BlueGreenSurvey survey,
            LiveTimes times,
            List<PlayedCutover> played,
            PlayedCutover typical) {
        var group = survey.live();
        List<String> lines = new ArrayList<>();
        lines.add("Plan: " + group.autoScalingGroupName() + " is live behind the " + survey.balancer() + " with min "
                + group.minSize() + ", desired " + group.desiredCapacity() + ", max " + group.maxSize() + " and "
                + survey.image() + "; " + survey.fresh() + " comes up beside it with " + survey.desired());
        lines.add("Assumed: boot " + Words.of(times.boot()) + " ± " + Words.of(times.bootDeviation()) + " ("
                + (times.launches() == 0
                        ? "no recent launch of this group to go by"
                        : "from its last launches, " + times.launches())
                + "), draining " + Words.of(times.drain())
                + ", and visitors of whose resolvers one in ten keeps an answer for up to 15 min");
        typical.steps().forEach((step, after) -> lines.add(String.format("  after %10s  %s", Words.of(after), step)));
        lines.add(takes(played) + ", and as long as the block takes");
        lines.add("In service: never fewer than " + typical.floor() + "; at most " + typical.peak()
                + " instances at once, of those some draining; visitors turned away: " + typical.refused());
        if (!survey.notCopied().isEmpty()) {
            lines.add("Not copied, for AWS does not let anyone: " + String.join("; ", survey.notCopied()));
        }
        lines.add("Calls to AWS: about " + typical.calls() + ". Nothing was changed.");
        at.say("", String.join("\n", lines));
    }

    private Map<String, Object> result(BlueGreenSurvey survey, PlayedCutover typical) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("group", survey.fresh());
        result.put("loadBalancer", survey.balancer().name());
        result.put("dnsName", survey.balancer().dnsName());
        result.put("retired", survey.live().autoScalingGroupName());
        result.put("plan", true);
        result.put("seconds", typical.took().toSeconds());
        result.put("floor", typical.floor());
        result.put("peak", typical.peak());
        result.put("calls", typical.calls());
        return result;
    }
}
