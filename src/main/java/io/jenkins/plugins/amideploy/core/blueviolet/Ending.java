package io.jenkins.plugins.amideploy.core.blueviolet;

import io.jenkins.plugins.amideploy.core.deployment.GroupTags;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.group.SideHolding;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The last calls of each way to the end, and what is told then. */
final class Ending {
    private final Scene scene;
    private final BlueVioletState state;
    private final TickContext at;

    Ending(Scene scene) {
        this.scene = scene;
        this.state = scene.state();
        this.at = scene.at();
    }

    /** The old group is gone, or stands by. */
    Tick cutDone() {
        SideHolding holding = new SideHolding(scene.sides());
        holding.releaseFresh();
        if (scene.keep()) {
            endOldLease();
        }
        holding.giveBackFresh(Set.of(Carrying.key()));
        holding.forgetLease();
        if (state.cleansUp()) {
            scene.say(state.old() + (scene.keep() ? " stands by" : " is gone") + "; what was begun is finished");
            return anew();
        }
        String old = state.old() + (scene.keep() ? " stands by at size zero" : " is gone");
        scene.say("Done: group " + state.fresh() + " runs " + state.image() + "; " + old);
        Map<String, Object> result = result(at, state, state.old());
        return at.trouble()
                .<Tick>map(trouble -> failed(
                        trouble,
                        "By then " + state.old() + " was being taken out of service, so it was finished: "
                                + state.fresh() + " serves with " + state.image() + ", " + old + "."))
                .orElseGet(() -> new Tick.Ended(new Outcome.Succeeded(result)));
    }

    /** A standby's processes stay suspended; its own tag says which. */
    private void endOldLease() {
        scene.old().ifPresent(group -> {
            Set<String> keys = new LinkedHashSet<>(scene.pairTags(true).keySet());
            keys.add(Carrying.key());
            GroupTags.of(group).keySet().stream()
                    .filter(key -> key.startsWith("ami-deploy:"))
                    .forEach(keys::add);
            at.aws().autoScaling().deleteTags(r -> r.tags(GroupTags.keys(state.old(), keys)));
        });
    }

    /** Both groups stay in service. */
    Tick part() {
        scene.verify();
        SideHolding holding = new SideHolding(scene.sides());
        holding.releaseFresh();
        Optional<Tick> wait = holding.giveBackOld();
        if (wait.isPresent()) {
            return wait.get();
        }
        scene.fresh().ifPresent(group -> {
            holding.giveBackFresh(Set.of(Carrying.key()));
            at.aws()
                    .autoScaling()
                    .createOrUpdateTags(r -> r.tags(GroupTags.tags(state.fresh(), Carrying.tag(state.basis()))));
        });
        at.save();
        if (at.trouble().isPresent()) {
            return failed(
                    at.trouble().get(),
                    state.whyStopping() + " " + both() + " Retire the one that is not wanted: scale it to zero, or "
                            + "delete it; a call without ami retires the older one.");
        }
        scene.say("Done: " + both());
        return new Tick.Ended(new Outcome.Succeeded(result(at, state, "")));
    }

    private String both() {
        return scene.old().isPresent() && scene.fresh().isPresent()
                ? "Groups " + state.old() + " and " + state.fresh() + " both serve."
                : "Group " + (scene.old().isPresent() ? state.old() : state.fresh()) + " is there.";
    }

    /** All is as it was before. */
    Tick undone() {
        SideHolding holding = new SideHolding(scene.sides());
        if (!state.making()) {
            holding.releaseFresh();
        }
        Optional<Tick> wait = holding.giveBackOld();
        if (wait.isPresent()) {
            return wait.get();
        }
        if (!state.making()) {
            holding.giveBackFresh(Set.of(Carrying.key()));
        }
        if (state.cleansUp()) {
            scene.say("The groups are restored");
            return anew();
        }
        String so = state.making()
                ? "Group " + state.fresh() + " was removed with all that was made for it; " + state.old()
                        + " serves as before."
                : "Groups " + state.old() + " and " + state.fresh() + " serve as before.";
        return failed(at.trouble().orElse(new Trouble(Trouble.Kind.INTERNAL, "It was undone")), so);
    }

    private Tick anew() {
        return new CleaningUp(scene.request(), at, state).beginAnew();
    }

    private static Tick failed(Trouble trouble, String text) {
        return new Tick.Ended(new Outcome.Failed(trouble, text.strip()));
    }

    /** What the step returns. */
    static Map<String, Object> result(TickContext at, BlueVioletState state, String retired) {
        Instant started = at.state().getInstant("started").orElse(at.now());
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("group", state.fresh());
        result.put("retired", retired);
        result.put("ami", state.image());
        result.put("seconds", Duration.between(started, at.now()).toSeconds());
        return result;
    }
}
