package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.bluegreen.Route.Mode;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.traffic.Metered;
import io.jenkins.plugins.amideploy.core.traffic.TrafficMeter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;

/** Whether nobody comes to a side any more, by what its balancer itself tells CloudWatch. */
final class Quiet {
    private static final String ABOUT = "meter.about";

    private final Scene scene;
    private final End end;
    private final TrafficMeter meter;

    Quiet(Scene scene, End end) {
        this.scene = scene;
        this.end = end;
        if (!scene.at().state().get(ABOUT, "").equals(about())) {
            TrafficMeter.forget(scene.at().state());
            scene.at().state().put(ABOUT, about());
        }
        this.meter = new TrafficMeter(scene.at(), metered());
    }

    private String about() {
        return end.name()
                + (end.targetGroups().isEmpty() ? "" : end.targetGroups().get(0));
    }

    private Metered metered() {
        if (scene.state().cutover().orElseThrow().mode() == Mode.LISTENER) {
            return new Metered.TargetGroups(end.arn(), new LinkedHashSet<>(end.targetGroups()));
        }
        return end.metered();
    }

    /** Notes how many come before anybody is moved, which is what "hardly anybody" is measured by. */
    void remember() {
        meter.remember();
    }

    /**
     * For how long at least nobody must have come: as asked, and for as long as an answer may be kept by rights and a
     * connection be finished.
     */
    Duration least() {
        Duration least = scene.request().drain().quiet();
        for (Duration other : new Duration[] {scene.split().ttl(), scene.state().drains()}) {
            least = other.compareTo(least) > 0 ? other : least;
        }
        return least;
    }

    /**
     * Looks at the numbers, and tells how they fall.
     *
     * @param since from when on nobody should come any more
     * @return when to look again; empty once nobody has come for long enough
     */
    Optional<Tick> step(Instant since) {
        return meter.drained(since, least());
    }
}
