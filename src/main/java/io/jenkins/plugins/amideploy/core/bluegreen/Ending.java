package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** What is told at each end. */
final class Ending {
    private final Scene scene;
    private final BlueGreenState state;
    private final TickContext at;

    Ending(Scene scene) {
        this.scene = scene;
        this.state = scene.state();
        this.at = scene.at();
    }

    /** The old side is gone. */
    Tick retired() {
        if (state.cleansUp()) {
            scene.say(state.old() + " is gone; what was begun is finished");
            return new CleaningUp(scene.request(), at, state).beginAnew();
        }
        scene.say("Done: group " + state.fresh() + " runs " + state.image() + " behind "
                + scene.green().name() + "; " + state.old() + " is gone");
        return ended(
                state.old(),
                "By then all traffic was moved and " + state.old() + " was being retired, so it was finished: "
                        + state.fresh() + " serves with " + state.image() + ", " + state.old() + " is gone.");
    }

    /** Both sides are there. */
    Tick parted() {
        if (state.cleansUp()) {
            scene.say("Both sides stay; what was begun is finished");
            return new CleaningUp(scene.request(), at, state).beginAnew();
        }
        if (state.stopping()) {
            String text = state.whyStopping() + " " + standing();
            return new Tick.Ended(new Outcome.Failed(
                    at.trouble().orElse(new Trouble(Trouble.Kind.INTERNAL, "It was stopped")), text.strip()));
        }
        scene.say("Done: group " + state.fresh() + " runs " + state.image() + " behind "
                + scene.green().name() + "; " + costs());
        return ended("", "By then all traffic was moved to " + state.fresh() + "; " + costs() + ".");
    }

    /** Which share each side has where it was stopped in between. */
    private String standing() {
        int percent = Math.max(0, state.percent());
        return !state.split()
                ? "All traffic goes to " + state.old() + "; " + state.fresh() + " stays beside it behind "
                        + scene.green().name() + "."
                : percent + " % of the traffic goes to " + state.fresh() + ", " + (100 - percent) + " % to "
                        + state.old() + ". The weights are yours to set now ("
                        + state.cutover()
                                .orElseThrow()
                                .where(scene.state().blue().name())
                        + "); delete the side that is not wanted.";
    }

    private String costs() {
        int instances = scene.old().map(AutoScalingGroup::desiredCapacity).orElse(0);
        return "the old side stays and costs what it did: " + Words.count(instances, "instance") + " of " + state.old()
                + (state.cutover().orElseThrow().mode() == Route.Mode.DNS
                        ? " and the load balancer " + scene.state().blue().name()
                        : "")
                + ", until you delete them";
    }

    /** All is as it was before. */
    Tick undone() {
        if (state.cleansUp()) {
            scene.say("All is as it was before that deployment");
            return new CleaningUp(scene.request(), at, state).beginAnew();
        }
        return new Tick.Ended(new Outcome.Failed(
                at.trouble().orElse(new Trouble(Trouble.Kind.INTERNAL, "It was undone")),
                scene.old().isPresent()
                        ? "All traffic goes to " + state.old() + " as before; " + state.fresh()
                                + " was removed with all that was made for it."
                        : state.old() + " no longer exists; what was made beside it is removed, and nothing serves."));
    }

    private Tick ended(String retired, String inSpite) {
        Instant started = at.state().getInstant("started").orElse(at.now());
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("group", state.fresh());
        result.put("loadBalancer", scene.green().name());
        result.put("dnsName", scene.green().dnsName());
        result.put("retired", retired);
        result.put("seconds", Duration.between(started, at.now()).toSeconds());
        return new Tick.Ended(at.trouble()
                .<Outcome>map(trouble -> new Outcome.Failed(trouble, inSpite))
                .orElseGet(() -> new Outcome.Succeeded(result)));
    }
}
