package io.jenkins.plugins.amideploy.core.balancer;

import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Work that is too much for one tick: pieces in their order, each of which writes to AWS at most twice and may be done
 * again after a crash. A tick does as many as the rate of calls allows.
 */
final class Pieces {
    /** Elastic Load Balancing, "API throttling": a bucket of 20, refilled by 3 a second; we take half of it. */
    private static final int IN_A_TICK = 6;

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final TickContext at;
    private final SavedState saved;
    private final String done;
    private final Map<String, Runnable> pieces = new LinkedHashMap<>();

    /** @param done under which key is kept what has been done */
    Pieces(TickContext at, String done) {
        this.at = at;
        this.saved = at.state();
        this.done = done;
    }

    /** @param name without blanks, the same in each tick */
    void add(String name, Runnable piece) {
        pieces.put(name, piece);
    }

    /** @return when to look again; empty once all are done */
    Optional<Tick> work() {
        Set<String> before = saved.getSet(done);
        int left = IN_A_TICK;
        for (Map.Entry<String, Runnable> piece : pieces.entrySet()) {
            if (before.contains(piece.getKey())) {
                continue;
            }
            if (left-- == 0) {
                return Optional.of(new Tick.LookAgain(at.now().plus(PAUSE)));
            }
            at.wrote();
            at.save();
            piece.getValue().run();
            before.add(piece.getKey());
            saved.put(done, before);
        }
        at.save();
        return Optional.empty();
    }
}
