package io.jenkins.plugins.amideploy.core.traffic;

import io.jenkins.plugins.amideploy.core.deployment.Tick;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How new visitors are divided between the old side, blue, and the new one, green. Made anew for each tick; where it
 * stands is what AWS shows, and the saved state only tells what was asked for last.
 *
 * <p>Each operation does the next thing and says when to look again, and is empty once what it is for is so and has
 * reached everywhere that AWS answers from. It may be cut off after any call and called again. It throws {@link
 * io.jenkins.plugins.amideploy.core.deployment.Stop} where somebody else has changed things so that it cannot go on; only
 * {@link #undo} always finds a way.
 */
public sealed interface Split permits DnsSplit, ListenerSplit {

    /**
     * Everything that is in the way, as sentences for people that begin with the parameter; changes nothing. To be asked
     * before {@link #prepare}; green need not be there yet.
     */
    List<String> problems();

    /** Makes the two sides weighable, with everything still going to blue. */
    Optional<Tick> prepare();

    /** Lets that share of new visitors go to green. */
    Optional<Tick> move(int percentGreen);

    /** What AWS shows now. */
    Position where();

    /** Whether whoever asks as they should has got the last move: nothing that may be kept by rights is older than it. */
    boolean settled();

    /** How long a client may keep the answer that it has; zero where it keeps none. */
    Duration ttl();

    /** Gives things back the form that they had, with green in the place of blue. */
    Optional<Tick> finish();

    /** Makes things as they were, and in any case lets nothing lead to green. */
    Optional<Tick> undo();
}
