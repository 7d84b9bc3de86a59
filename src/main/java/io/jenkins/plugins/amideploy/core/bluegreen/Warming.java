package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.deployment.Tick;
import java.util.Optional;

/** The capacity that the new balancer reserves before traffic comes, and gives back in any case. */
final class Warming {
    private final Scene scene;

    Warming(Scene scene) {
        this.scene = scene;
    }

    Optional<Tick> step() {
        return Optional.empty();
    }

    Optional<Tick> giveBack() {
        return Optional.empty();
    }
}
