package io.jenkins.plugins.amideploy.page;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.security.ACL;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import io.jenkins.plugins.amideploy.core.deployment.LeasedGroup;
import io.jenkins.plugins.amideploy.driver.Deployments;
import io.jenkins.plugins.amideploy.driver.Holder;
import io.jenkins.plugins.amideploy.driver.LeasePlace;
import io.jenkins.plugins.amideploy.driver.LeasePlaces;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.security.ImpersonatingExecutorService;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Reads the leased groups of all places from AWS, in the background: whoever looks waits a little and then gets what is
 * there. Each place is read by one thread at a time, however many look.
 */
@Extension
public final class LeaseScan {
    private static final Logger LOGGER = Logger.getLogger(LeaseScan.class.getName());
    private static final int THREADS = 6;

    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(THREADS, THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), task -> {
                Thread thread = new NamingThreadFactory(new DaemonThreadFactory(), "AMI Deploy leases").newThread(task);
                thread.setContextClassLoader(LeaseScan.class.getClassLoader()); // the SDK finds its parts through it
                return thread;
            });
    private final ImpersonatingExecutorService pool = new ImpersonatingExecutorService(threads, ACL.SYSTEM2);

    private final Map<LeasePlace, Future<?>> reading = new HashMap<>();
    private final Map<LeasePlace, Reading> read = new HashMap<>();

    /**
     * What was found at a place.
     *
     * @param live the ids of the deployments that were under way before AWS was asked
     * @param problem why the place cannot be read, in AWS's words; empty where it can
     */
    record Reading(LeasePlace place, List<LeasedGroup> groups, Set<String> live, String problem, Instant at) {}

    /**
     * All that is known by the end of the wait.
     *
     * @param pending places that have not answered yet; there may be an older reading of them
     */
    record Look(List<Reading> readings, List<LeasePlace> pending) {}

    public LeaseScan() {
        threads.allowCoreThreadTimeOut(true);
    }

    static LeaseScan get() {
        return ExtensionList.lookupSingleton(LeaseScan.class);
    }

    /**
     * Looks everywhere.
     *
     * @param age how old a reading may be
     * @param most how long to wait for answers
     */
    Look look(Duration age, Duration most) throws InterruptedException {
        Collection<LeasePlace> places = LeasePlaces.get().all();
        Map<LeasePlace, Future<?>> waited = begin(places, Instant.now().minus(age));
        long deadline = System.nanoTime() + most.toNanos();
        List<LeasePlace> pending = new ArrayList<>();
        for (Map.Entry<LeasePlace, Future<?>> answer : waited.entrySet()) {
            try {
                answer.getValue().get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                pending.add(answer.getKey());
            } catch (ExecutionException e) {
                throw new IllegalStateException("Reading " + answer.getKey() + " failed", e);
            }
        }
        synchronized (this) {
            read.keySet().retainAll(places);
            return new Look(List.copyOf(read.values()), pending);
        }
    }

    private synchronized Map<LeasePlace, Future<?>> begin(Collection<LeasePlace> places, Instant oldest) {
        reading.values().removeIf(Future::isDone);
        for (LeasePlace place : places) {
            Reading known = read.get(place);
            boolean fresh = known != null && known.at().isAfter(oldest);
            if (!fresh && !reading.containsKey(place)) {
                reading.put(place, pool.submit(() -> keep(read(place))));
            }
        }
        return new HashMap<>(reading);
    }

    private synchronized void keep(Reading reading) {
        read.put(reading.place(), reading);
    }

    private static Reading read(LeasePlace place) {
        Set<String> live =
                Deployments.get().holders().stream().map(Holder::deployment).collect(Collectors.toSet());
        Instant now = Instant.now();
        try {
            return new Reading(place, LeasedGroup.in(place.session()), live, "", now);
        } catch (SdkException e) {
            return new Reading(place, List.of(), live, AwsFailure.of(e).toString(), now);
        } catch (RuntimeException e) { // a place that is broken must not hide the others
            LOGGER.log(Level.WARNING, e, () -> "The groups of " + place + " cannot be read");
            return new Reading(place, List.of(), live, e.toString(), now);
        }
    }

    @Terminator
    public void stop() {
        threads.shutdownNow();
    }
}
