package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.balancer.Reservation;
import io.jenkins.plugins.amideploy.core.balancer.Reservation.State;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The capacity that the new balancer reserves before traffic comes, and gives back in any case. */
final class Warming {
    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final String TOLD = "warming.told";
    private static final String WARM = "warming.done";

    private final Scene scene;
    private final TickContext at;

    Warming(Scene scene) {
        this.scene = scene;
        this.at = scene.at();
    }

    /**
     * Asks for the capacity and waits for it.
     *
     * @return when to look again; empty once it is there, or where none is asked for
     * @throws Stop where AWS has none
     */
    Optional<Tick> step() {
        int units = scene.state().units();
        if (units == 0 || at.state().has(WARM)) {
            return Optional.empty();
        }
        Reservation reservation = new Reservation(at, scene.green().arn());
        if (!at.state().has(TOLD)) {
            at.state().put(TOLD, at.now());
            tellAsking(units, reservation.state());
        }
        State state = reservation.ask(units);
        return switch (state.status()) {
            case FAILED ->
                throw new Stop(
                        Trouble.Kind.REFUSED,
                        "AWS could not reserve " + units + " capacity units for "
                                + scene.green().name() + ": " + state.reason());
            case PROVISIONED -> {
                Instant since = at.state().getInstant(TOLD).orElse(at.now());
                at.state().put(WARM, "yes");
                at.save();
                scene.say("Pre-warm: " + units + " capacity units are there after "
                        + Words.of(Duration.between(since, at.now())));
                yield Optional.empty();
            }
            default -> Optional.of(scene.in(LOOK));
        };
    }

    private void tellAsking(int units, State before) {
        scene.say(
                "Pre-warm: " + scene.green().name() + " is to have " + units + " capacity units before traffic comes; "
                        + "AWS takes minutes for that, at times hours. They cost until they are given back at the end");
        if (before.decreasesLeft() == 0) {
            scene.warn("AWS lets a reservation be lowered twice a day, and for "
                    + scene.green().name() + " it was already: what is reserved now costs until tomorrow (UTC)");
        }
    }

    /**
     * Gives back what was reserved.
     *
     * @return when to look again; empty once nothing is reserved
     */
    Optional<Tick> giveBack() {
        return Reservation.askedFor(at.state()).flatMap(arn -> new Reservation(at, arn).giveBack());
    }
}
