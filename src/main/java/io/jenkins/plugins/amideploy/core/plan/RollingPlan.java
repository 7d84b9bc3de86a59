package io.jenkins.plugins.amideploy.core.plan;

import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import io.jenkins.plugins.amideploy.core.rolling.RollingDeploy;
import io.jenkins.plugins.amideploy.core.rolling.RollingSurvey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code plan: true}: looks at the live group as the deployment would, plays the deployment on the simulator with the
 * group's own boot and draining times, and tells what to expect. Nothing is changed.
 */
public final class RollingPlan extends Plan {
    /** Boots vary; so many deployments with other draws give the range of what to expect. */
    private static final int PLAYED = 15;

    private static final int LINES = 12;

    private final Map<String, String> parameters;
    private final boolean gated;
    private final RollingDeploy deployment;

    /** As for {@link RollingDeploy}. */
    public RollingPlan(Map<String, String> parameters, boolean gated) {
        this.parameters = Map.copyOf(parameters);
        this.gated = gated;
        this.deployment = new RollingDeploy(parameters, gated);
    }

    @Override
    Map<String, Object> make(TickContext at) {
        RollingSurvey survey = deployment.survey(at);
        LiveTimes times = LiveTimes.of(at.aws(), survey.group());
        List<PlayedDeployment> played =
                play(PLAYED, seed -> PlayedDeployment.play(seed, survey, times, parameters, gated));
        PlayedDeployment typical = played.get(PLAYED / 2);
        at.planned(typical.history());
        tell(at, survey, times, played, typical);
        return result(survey, typical);
    }

    private void tell(
            TickContext at,
            RollingSurvey survey,
            LiveTimes times,
            List<PlayedDeployment> played,
            PlayedDeployment typical) {
        var group = survey.group();
        List<String> lines = new ArrayList<>();
        lines.add("Plan for group " + group.autoScalingGroupName() + ": min " + group.minSize() + ", desired "
                + group.desiredCapacity() + ", max " + group.maxSize() + "; launches from " + survey.source() + " with "
                + survey.image());
        lines.add("To replace: " + Words.count(survey.toReplace(), "instance") + "; " + survey.kept()
                + " stay as they are");
        lines.add("Assumed: boot " + Words.of(times.boot()) + " ± " + Words.of(times.bootDeviation()) + " ("
                + (times.launches() == 0
                        ? "no recent launch of this group to go by"
                        : "from its last "
                                + Words.count(times.launches(), "launch").replace("launchs", "launches"))
                + "), draining " + Words.of(times.drain()));
        lines.addAll(timeline(typical));
        lines.add(takes(played));
        lines.add("In service: never fewer than " + typical.floor() + "; at most " + typical.peak()
                + " instances at once, of those some draining");
        lines.add("Calls to AWS: about " + typical.calls() + ". Nothing was changed.");
        at.say("", String.join("\n", lines));
    }

    private static List<String> timeline(PlayedDeployment played) {
        List<String> all = new ArrayList<>();
        played.progress()
                .forEach((progress, after) ->
                        all.add(String.format("  after %10s  %s replaced", Words.of(after), progress)));
        if (all.size() <= LINES) {
            return all;
        }
        List<String> some = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            some.add(all.get((int) Math.round((double) i * (all.size() - 1) / (LINES - 1))));
        }
        return some;
    }

    private Map<String, Object> result(RollingSurvey survey, PlayedDeployment typical) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("group", survey.group().autoScalingGroupName());
        result.put("ami", parameters.get("ami"));
        result.put("plan", true);
        result.put("toReplace", survey.toReplace());
        result.put("skipped", survey.kept());
        result.put("seconds", typical.took().toSeconds());
        result.put("floor", typical.floor());
        result.put("peak", typical.peak());
        result.put("calls", typical.calls());
        return result;
    }
}
