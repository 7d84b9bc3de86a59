package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.bluegreen.BlueGreenState.Phase;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** While the new group comes up and warms up and its balancer is warmed, until the block lets traffic come. */
final class ComeUp {
    private final Scene scene;
    private final BlueGreenState state;
    private final TickContext at;
    private final AutoScalingGroup fresh;

    ComeUp(Scene scene, AutoScalingGroup fresh) {
        this.scene = scene;
        this.state = scene.state();
        this.at = scene.at();
        this.fresh = fresh;
    }

    Tick tick() {
        Optional<Tick> unready = new Watch(scene, fresh).look();
        Optional<Tick> unwarmed = new Warming(scene).step();
        if (unready.isPresent()) {
            return unwarmed.map(wait -> earlier(wait, unready.get())).orElse(unready.get());
        }
        if (!at.state().has("told.ready")) {
            at.state().put("told.ready", "yes");
            scene.say("All " + fresh.desiredCapacity() + " of " + state.fresh() + " are in service behind "
                    + scene.green().name());
        }
        if (unwarmed.isPresent()) {
            return unwarmed.get();
        }
        if (Gates.closed(scene, 0)) {
            return Gates.open(scene, fresh, 0);
        }
        state.phase(Phase.SHIFT);
        at.save();
        return scene.now();
    }

    private static Tick earlier(Tick one, Tick other) {
        return one instanceof Tick.LookAgain a && other instanceof Tick.LookAgain b && b.at().isBefore(a.at())
                ? other
                : one;
    }
}
