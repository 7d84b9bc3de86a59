package io.jenkins.plugins.amideploy.core.plan;

import io.jenkins.plugins.amideploy.core.bluegreen.BlueGreenDeploy;
import io.jenkins.plugins.amideploy.core.bluegreen.BlueGreenSurvey;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Procedure;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code plan: true} for a cutover: looks at the live group, its balancer and its record as the deployment would, plays
 * the deployment on the simulator with the group's own boot and draining times and with visitors, and tells what to
 * expect. Nothing is changed.
 */
public final class BlueGreenPlan implements Procedure {
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
    public Tick tick(TickContext at) {
        if (at.trouble().isPresent()) {
            return new Tick.Ended(new Outcome.Failed(at.trouble().get(), "Nothing was changed."));
        }
        BlueGreenSurvey survey = deployment.survey(at);
        LiveTimes times = LiveTimes.of(at.aws(), survey.live());
        List<PlayedCutover> played = new ArrayList<>();
        for (int seed = 0; seed < PLAYED; seed++) {
            played.add(PlayedCutover.play(seed, survey, times, parameters, gated));
        }
        played.sort(Comparator.comparing(PlayedCutover::took));
        PlayedCutover typical = played.get(PLAYED / 2);
        tell(at, survey, times, played, typical);
        at.planned(typical.history());
        return new Tick.Ended(new Outcome.Succeeded(result(survey, typical)));
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
        lines.add("Takes about " + Words.of(typical.took()) + " ("
                + Words.of(played.get(0).took()) + " to "
                + Words.of(played.get(played.size() - 1).took()) + "), and as long as the block takes");
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

    @Override
    public Duration timeout() {
        return Duration.ofMinutes(10);
    }

    @Override
    public boolean begun(SavedState state) {
        return false;
    }

    @Override
    public String wayBack(SavedState state) {
        return "Nothing was changed.";
    }
}
