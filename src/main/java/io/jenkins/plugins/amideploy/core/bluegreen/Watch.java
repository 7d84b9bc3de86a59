package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.group.Alarms;
import io.jenkins.plugins.amideploy.core.group.ComingUp;
import io.jenkins.plugins.amideploy.core.traffic.Position;
import io.jenkins.plugins.amideploy.core.traffic.Split;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** What is looked after as long as there is a way back: the leases, the alarms, the new group, the share of traffic. */
final class Watch {
    /** Between two looks while nothing is awaited but what others might do. */
    static final Duration PERIOD = Duration.ofSeconds(30);

    private static final String ALARMS_READ = "alarms.read";

    private final Scene scene;
    private final TickContext at;
    private final ComingUp coming;

    Watch(Scene scene, AutoScalingGroup fresh) {
        this.scene = scene;
        this.at = scene.at();
        ComingUp.Limits limits = new ComingUp.Limits(
                scene.request().healthTimeout(), scene.request().warmup(), PERIOD);
        this.coming = new ComingUp(scene.sides(), fresh, scene.green().front(), limits);
    }

    /**
     * Looks at the leases, the alarms and the new group.
     *
     * @return when to look again; empty while all of the new group serves
     * @throws Stop where it has to go back
     */
    Optional<Tick> look() {
        scene.sides().verify();
        scene.old().ifPresent(group -> scene.sides().leases().verifyTags(group, false));
        alarms(at.state().getInstant(ALARMS_READ).orElse(Instant.EPOCH).plus(PERIOD));
        if (!at.state().has(Shift.ALONE) && coming.follow()) {
            return Optional.of(coming.soon());
        }
        return coming.look();
    }

    /** Whether alarms and balancers have just been asked and found nothing: only then traffic may be moved. */
    boolean confirmed() {
        alarms(at.now());
        return coming.healthKnown();
    }

    private void alarms(Instant due) {
        if (scene.request().alarms().isEmpty() || at.now().isBefore(due)) {
            return;
        }
        new Alarms(at.aws(), scene.request().alarms()).ringing().ifPresent(text -> {
            throw new Stop(Trouble.Kind.ALARM, text);
        });
        at.state().put(ALARMS_READ, at.now());
    }

    /**
     * Looks whether the traffic is divided as this deployment has divided it.
     *
     * @throws Stop where someone else has divided it otherwise, perhaps for a good reason
     */
    void position(Split split) {
        Position position = split.where();
        if (position.isEdited()) {
            throw new Stop(Trouble.Kind.GROUP_CHANGED, "This deployment does not go on: " + position.edited());
        }
    }
}
