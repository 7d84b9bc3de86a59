package io.jenkins.plugins.amideploy.core.bench;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.bench.Fleet.Hosted;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Drives a fleet in virtual time, one tick after the other. */
final class VirtualFleet {
    private final Fleet fleet;
    private final SimulatedClock clock;
    private final List<Duration> took = new ArrayList<>();
    private final List<Outcome> failed = new ArrayList<>();
    private AwsSession session;
    private PriorityQueue<Due> queue;
    private long ticks;

    private record Due(Instant at, int order, Hosted hosted) {}

    VirtualFleet(Fleet fleet) {
        this.fleet = fleet;
        this.clock = fleet.aws().clock();
        session = fleet.session();
        queue = new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::order));
        for (Hosted hosted : fleet.deployments(session)) {
            queue.add(new Due(clock.instant(), queue.size(), hosted));
        }
    }

    /** Runs until then, or until all have ended. */
    VirtualFleet runUntil(Instant end) {
        while (!queue.isEmpty() && queue.peek().at().isBefore(end)) {
            Due due = queue.remove();
            clock.advanceTo(due.at());
            Tick tick = due.hosted().deployment.tick();
            ticks++;
            if (tick instanceof Tick.Ended over) {
                if (!(over.outcome() instanceof Outcome.Succeeded)) {
                    failed.add(over.outcome());
                }
                took.add(Duration.between(SimulatedClock.START, clock.instant()));
            } else {
                queue.add(new Due(((Tick.LookAgain) tick).at(), due.order(), due.hosted()));
            }
        }
        return this;
    }

    Fleet fleet() {
        return fleet;
    }

    /** From the common start until each deployment's end, for those that have ended. */
    List<Duration> took() {
        return took;
    }

    List<Outcome> failed() {
        return failed;
    }

    long ticks() {
        return ticks;
    }

    int running() {
        return queue.size();
    }

    /**
     * What the deployments take of the heap between two ticks: themselves, their saved states, their place in the queue
     * and what they share. Found out by letting go of all that, so nothing can be run any more.
     */
    long bytesEach() {
        int deployments = queue.size();
        long with = used();
        queue = null;
        session = null;
        long without = used();
        return (with - without) / deployments;
    }

    /** What is left after the garbage is gone; the least of several collections. */
    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
