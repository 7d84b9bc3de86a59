package io.jenkins.plugins.amideploy.core.plan;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Procedure;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/** What all plans have in common: one tick, and nothing that could have to be undone. */
abstract class Plan implements Procedure {
    private static final String UNCHANGED = "Nothing was changed.";

    /** Something that was played on the simulator. */
    interface Played {
        Duration took();
    }

    /**
     * Plays the deployment and tells what to expect.
     *
     * @return what the step returns
     * @throws Stop with everything that is in the way
     */
    abstract Map<String, Object> make(TickContext at);

    @Override
    public final Tick tick(TickContext at) {
        if (at.trouble().isPresent()) {
            return new Tick.Ended(new Outcome.Failed(at.trouble().get(), UNCHANGED));
        }
        return new Tick.Ended(new Outcome.Succeeded(make(at)));
    }

    @Override
    public final Duration timeout() {
        return Duration.ofMinutes(10);
    }

    @Override
    public final boolean begun(SavedState state) {
        return false;
    }

    @Override
    public final String wayBack(SavedState state) {
        return UNCHANGED;
    }

    /** So many plays with other draws, the quickest first; the one in the middle is the typical one. */
    static <P extends Played> List<P> play(int times, LongFunction<P> play) {
        List<P> played = new ArrayList<>();
        for (int seed = 0; seed < times; seed++) {
            played.add(play.apply(seed));
        }
        played.sort(Comparator.comparing(Played::took));
        return played;
    }

    /** How long it takes, of the typical one and from the quickest to the slowest. */
    static String takes(List<? extends Played> played) {
        return "Takes about " + Words.of(played.get(played.size() / 2).took()) + " ("
                + Words.of(played.get(0).took()) + " to "
                + Words.of(played.get(played.size() - 1).took()) + ")";
    }

    /** @throws Stop where what was played has failed */
    static void refuseFailed(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            throw new Stop(
                    Trouble.Kind.REFUSED,
                    "Played with this group's own times, the deployment would fail: "
                            + failed.trouble().text());
        }
    }
}
