package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.bluegreen.BlueGreenState.Phase;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.group.SideMaking;
import java.time.Duration;
import java.util.Optional;

/** From the lease to the moment in which the new group begins to launch behind its own balancer. */
final class Making {
    private final Scene scene;
    private final BlueGreenState state;
    private final TickContext at;
    private final SideMaking making;

    Making(Scene scene) {
        this.scene = scene;
        this.state = scene.state();
        this.at = scene.at();
        this.making = new SideMaking(scene.sides());
    }

    Tick lease() {
        return making.lease().orElseGet(() -> next(Phase.MAKE_ROOM));
    }

    Tick makeRoom() {
        return making.makeRoom().orElseGet(() -> next(Phase.MAKE_BALANCER));
    }

    Tick makeBalancer() {
        scene.sides().verify();
        making.tagOld();
        Optional<Tick> wait = new Fronts(scene).make();
        return wait.orElseGet(() -> next(Phase.MAKE));
    }

    Tick make() {
        scene.sides().verify();
        making.copySource(scene.request().convertToLaunchTemplate());
        Optional<Tick> wait = making.make(scene.green().front());
        if (wait.isPresent()) {
            return wait.get();
        }
        state.basis(scene.old().orElseThrow().desiredCapacity());
        making.launched(scene.request().healthTimeout());
        state.phase(Phase.COME_UP);
        at.wrote();
        at.save();
        return scene.in(Duration.ofSeconds(10));
    }

    private Tick next(Phase phase) {
        state.phase(phase);
        at.save();
        return scene.now();
    }
}
