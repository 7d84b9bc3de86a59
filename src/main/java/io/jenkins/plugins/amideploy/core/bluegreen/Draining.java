package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import io.jenkins.plugins.amideploy.core.group.SideHolding;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** All traffic is moved. The old side is kept as it is, to go back to, until its own metrics say that nobody comes. */
final class Draining {
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final String SINCE = "drain.since";
    private static final String MEASURE = "drain.measure";

    private final Scene scene;
    private final BlueGreenState state;
    private final TickContext at;
    private final AutoScalingGroup fresh;
    private final Watch watch;

    Draining(Scene scene, AutoScalingGroup fresh) {
        this.scene = scene;
        this.state = scene.state();
        this.at = scene.at();
        this.fresh = fresh;
        this.watch = new Watch(scene, fresh);
    }

    Tick tick() {
        Optional<Tick> unready = watch.look();
        watch.position(scene.split());
        at.state().put(Shift.ALONE, "yes");
        new SideHolding(scene.sides()).releaseFresh();
        if (!scene.request().retireOld()) {
            return unready.isEmpty() && watch.confirmed()
                    ? new Closing(scene).begin(true)
                    : unready.orElseGet(() -> scene.in(SOON));
        }
        Instant since = since();
        Optional<Tick> bridge = new Bridging(scene).step(fresh);
        Optional<Tick> busy = measure(since);
        if (busy.isEmpty() && unready.isEmpty() && watch.confirmed()) {
            return new Closing(scene).begin(false);
        }
        Instant end = since.plus(scene.request().drain().timeout());
        if (!at.now().isBefore(end)) {
            return late(unready.isEmpty());
        }
        Instant look = at.now().plus(Watch.PERIOD);
        Tick again = new Tick.LookAgain(end.isBefore(look) ? end : look);
        return earlier(again, unready, bridge);
    }

    /** The numbers are new once a minute; the rest is looked at more often. */
    private Optional<Tick> measure(Instant since) {
        Instant due = at.state().getInstant(MEASURE).orElse(Instant.EPOCH);
        if (at.now().isBefore(due)) {
            return Optional.of(new Tick.LookAgain(due));
        }
        Optional<Tick> again = new Quiet(scene, scene.state().blue()).step(since);
        again.ifPresent(tick -> at.state().put(MEASURE, ((Tick.LookAgain) tick).at()));
        return again;
    }

    private Instant since() {
        if (!at.state().has(SINCE)) {
            at.state().put(SINCE, at.now());
            scene.say("All traffic goes to " + state.fresh() + ". The old side, " + state.old() + " behind "
                    + state.blue().name() + ", stays until nothing has reached it for "
                    + Words.of(new Quiet(scene, scene.state().blue()).least()) + ", at most for "
                    + Words.of(scene.request().drain().timeout()));
        }
        return at.state().getInstant(SINCE).orElseThrow();
    }

    /** The time is up in which the old side should have become quiet. */
    private Tick late(boolean ready) {
        if (!ready) {
            throw new Stop(
                    Trouble.Kind.UNHEALTHY,
                    "Not all of " + state.fresh() + " serve when " + state.old() + " was to be given up, "
                            + Words.of(scene.request().drain().timeout()) + " after all traffic was moved.");
        }
        String still = "Something still reaches " + scene.state().blue().name() + " after "
                + Words.of(scene.request().drain().timeout());
        if (scene.request().drain().retireAnyway()) {
            scene.warn(still + "; it is retired all the same, as asked by onDrainTimeout: retire");
            return new Closing(scene).begin(false);
        }
        scene.warn(still + "; the old side stays, as asked by onDrainTimeout: keep");
        return new Closing(scene).begin(true);
    }

    @SafeVarargs
    private static Tick earlier(Tick one, Optional<Tick>... others) {
        Tick earliest = one;
        for (Optional<Tick> other : others) {
            if (earliest instanceof Tick.LookAgain a
                    && other.orElse(one) instanceof Tick.LookAgain b
                    && b.at().isBefore(a.at())) {
                earliest = b;
            }
        }
        return earliest;
    }
}
