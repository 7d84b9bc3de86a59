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
 * Gives a group its sizes and scaling processes back after a deployment that died, from the group's tags alone; also a
 * group that was kept as a standby. What the group launches from is not touched: that is a deployment's business. No group
 * is deleted: of two that a deployment left beside each other both stay, and one that was being taken out is not put
 * back, for another serves in its place.
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
        Optional<Standby> standby = Standby.on(shown);
        Optional<Lease> dead = leases.foreign(shown);
        if (dead.isEmpty() && standby.isPresent()) {
            standby.get().wake(at, group);
            return new Tick.LookAgain(at.now().plus(Leases.SETTLE));
        }
        if (restored || dead.isEmpty()) {
            return done(at, shown, restored);
        }
        if (!force && !at.isOver(dead.get().owner())) {
            throw Leases.taken(dead.get());
        }
        Optional<Pair> pair = Pair.on(shown);
        pair.filter(half -> half.cut() && half.old().equals(group)).ifPresent(half -> {
            throw beingRetired(half);
        });
        pair.filter(half -> half.made() && !half.cut())
                .ifPresent(half -> at.say(Event.Kind.WARNING, "", keptBoth(half)));
        WayBack before = dead.get().wayBack();
        at.say(
                "",
                "Restoring after " + dead.get().owner() + ": before it, the group was min " + before.min()
                        + ", desired " + before.desired() + ", max " + before.max() + " and launched from "
                        + before.source());
        new Restoration(at, group).takeOver(dead.get());
        return new Tick.LookAgain(at.now().plus(Leases.SETTLE));
    }

    private Stop beingRetired(Pair half) {
        return new Stop(
                Trouble.Kind.REFUSED,
                "The group " + group + " was being taken out of service when its deployment died: " + half.fresh()
                        + " serves in its place. Finish that by "
                        + (ofTwins(half) ? "blueVioletDeploy(group: '" + half.fresh() + "') without ami, or by " : "")
                        + "the next " + half.step() + ".");
    }

    /** Restoring deletes nothing that may serve. */
    private static String keptBoth(Pair half) {
        String both = "That deployment had made " + half.fresh() + " beside " + half.old() + ". Both stay as they are: "
                + "restoring deletes no group";
        if (!ofTwins(half)) {
            return both + " and moves no traffic. Run " + half.step() + "(group: '" + half.old() + "', ...) instead, "
                    + "which first moves traffic back to " + half.old() + " and removes what was made.";
        }
        return both + ". Delete " + half.fresh() + ", or retire one of them by " + "blueVioletDeploy(group: '"
                + half.old() + "') without ami.";
    }

    private static boolean ofTwins(Pair half) {
        return half.step().equals("blueVioletDeploy");
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
