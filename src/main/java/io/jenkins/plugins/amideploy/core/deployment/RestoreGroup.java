package io.jenkins.plugins.amideploy.core.deployment;

import io.jenkins.plugins.amideploy.core.deployment.Outcome.Failed;
import io.jenkins.plugins.amideploy.core.deployment.Outcome.Succeeded;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * Gives a group its sizes and scaling processes back after a deployment that died, from the group's tags alone. What the
 * group launches from is not touched: that is a deployment's business.
 */
public final class RestoreGroup implements Procedure {
    /** How long AWS takes, mostly, to show what was changed. */
    private static final Duration SHOWN = Duration.ofSeconds(3);

    private final String group;
    private final boolean force;

    /**
     * @param force whether to restore although it is not known that the deployment is over, as for one of another
     *     controller
     */
    public RestoreGroup(String group, boolean force) {
        this.group = group;
        this.force = force;
    }

    @Override
    public Tick tick(TickContext at) {
        if (at.trouble().isPresent() && !begun(at.state())) {
            return new Tick.Ended(new Failed(at.trouble().get(), "Nothing was changed."));
        }
        AutoScalingGroup shown = at.aws()
                .groups()
                .read(group, at.lastWrite())
                .orElseThrow(() -> new Stop(
                        Trouble.Kind.REFUSED,
                        "There is no Auto Scaling group named '" + group + "' in this region of this account"));
        Leases leases = new Leases(at, group);
        if (leases.mine().isEmpty()) {
            return begin(at, shown, leases);
        }
        if (at.settled()) { // before that, the group may still show the lease of the dead
            leases.foreign(shown).ifPresent(other -> {
                throw Leases.taken(other);
            });
        }
        Optional<Tick> again = new Restoration(at, group).step(shown, null, Comparator.comparing(member -> 0));
        if (again.isPresent()) {
            return again.get();
        }
        at.save();
        return new Tick.LookAgain(at.now().plus(SHOWN)); // to tell the sizes that it has then
    }

    private Tick begin(TickContext at, AutoScalingGroup shown, Leases leases) {
        boolean restored = at.state().has("wrote");
        Optional<Lease> dead = leases.foreign(shown);
        if (restored || dead.isEmpty()) {
            return done(at, shown, restored);
        }
        if (!force && !at.isOver(dead.get().owner())) {
            throw Leases.taken(dead.get());
        }
        WayBack before = dead.get().wayBack();
        at.say(
                "",
                "Restoring after " + dead.get().owner() + ": before it, the group was min " + before.min()
                        + ", desired " + before.desired() + ", max " + before.max() + " and launched from "
                        + before.source());
        new Restoration(at, group).takeOver(dead.get());
        return new Tick.LookAgain(at.now().plus(Leases.SETTLE));
    }

    private Tick done(TickContext at, AutoScalingGroup shown, boolean restored) {
        at.say(
                "",
                restored
                        ? "Group " + group + " is restored; it is min " + shown.minSize() + ", desired "
                                + shown.desiredCapacity() + ", max " + shown.maxSize()
                        : "Group " + group + " is not leased by any deployment; nothing to restore");
        at.trouble().ifPresent(trouble -> at.say("", "It was finished all the same: half a restoration helps nobody"));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("group", group);
        result.put("restored", restored);
        return new Tick.Ended(new Succeeded(result));
    }

    @Override
    public Duration timeout() {
        return Duration.ofHours(1);
    }

    @Override
    public boolean begun(SavedState state) {
        return state.has("wrote");
    }

    @Override
    public String wayBack(SavedState state) {
        return "The group " + group + " is restored in part; its tags still say what it was. Run "
                + "restoreAutoScalingGroup(group: '" + group + "') again.";
    }
}
