package io.jenkins.plugins.amideploy.core.plan;

import io.jenkins.plugins.amideploy.core.blueviolet.BlueVioletDeploy;
import io.jenkins.plugins.amideploy.core.blueviolet.BlueVioletSurvey;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code plan: true} for a second group beside the live one: looks at the live group as the deployment would, plays the
 * deployment on the simulator with the group's own boot and draining times, and tells what to expect. Nothing is changed.
 */
public final class BlueVioletPlan extends Plan {
    /** Boots vary; so many deployments with other draws give the range of what to expect. */
    private static final int PLAYED = 15;

    private final Map<String, String> parameters;
    private final boolean gated;
    private final BlueVioletDeploy deployment;

    /** As for {@link BlueVioletDeploy}. */
    public BlueVioletPlan(Map<String, String> parameters, boolean gated) {
        this.parameters = Map.copyOf(parameters);
        this.gated = gated;
        this.deployment = new BlueVioletDeploy(parameters, gated);
    }

    @Override
    Map<String, Object> make(TickContext at) {
        BlueVioletSurvey survey = deployment.survey(at);
        LiveTimes times = LiveTimes.of(at.aws(), survey.live());
        List<PlayedTwins> played = play(PLAYED, seed -> PlayedTwins.play(seed, survey, times, parameters, gated));
        PlayedTwins typical = played.get(PLAYED / 2);
        at.planned(typical.history());
        tell(at, survey, times, played, typical);
        return result(survey, typical);
    }

    private static void tell(
            TickContext at, BlueVioletSurvey survey, LiveTimes times, List<PlayedTwins> played, PlayedTwins typical) {
        var group = survey.live();
        List<String> lines = new ArrayList<>();
        lines.add("Plan: " + group.autoScalingGroupName() + " is live with min " + group.minSize() + ", desired "
                + group.desiredCapacity() + ", max " + group.maxSize() + " and " + survey.image() + "; "
                + survey.fresh() + " comes up beside it with " + survey.desired());
        lines.add("Assumed: boot " + Words.of(times.boot()) + " ± " + Words.of(times.bootDeviation()) + " ("
                + (times.launches() == 0
                        ? "no recent launch of this group to go by"
                        : "from its last launches, " + times.launches())
                + "), draining " + Words.of(times.drain()));
        typical.steps().forEach((step, after) -> lines.add(String.format("  after %10s  %s", Words.of(after), step)));
        lines.add(takes(played) + ", and as long as the block takes");
        lines.add("In service: never fewer than " + typical.floor() + "; at most " + typical.peak()
                + " instances at once, of those some draining");
        if (!survey.notCopied().isEmpty()) {
            lines.add("Not copied, for AWS does not let anyone: " + String.join("; ", survey.notCopied()));
        }
        lines.add("Calls to AWS: about " + typical.calls() + ". Nothing was changed.");
        at.say("", String.join("\n", lines));
    }

    private Map<String, Object> result(BlueVioletSurvey survey, PlayedTwins typical) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("group", survey.fresh());
        result.put("retired", survey.live().autoScalingGroupName());
        result.put("ami", parameters.get("ami"));
        result.put("plan", true);
        result.put("seconds", typical.took().toSeconds());
        result.put("floor", typical.floor());
        result.put("peak", typical.peak());
        result.put("calls", typical.calls());
        return result;
    }
}
