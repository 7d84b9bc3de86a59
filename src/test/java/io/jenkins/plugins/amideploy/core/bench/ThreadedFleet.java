package io.jenkins.plugins.amideploy.core.bench;

import io.jenkins.plugins.amideploy.core.bench.Fleet.Hosted;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Drives a fleet as a controller does: on a pool of threads, in real time that is run faster. */
final class ThreadedFleet {
    private static final int POOL = 16;

    private final Fleet fleet;
    private final double speed;
    private final AtomicInteger failed = new AtomicInteger();

    /** @param speed of the fleet's clock, in its seconds for each real second */
    ThreadedFleet(Fleet fleet, double speed) {
        this.fleet = fleet;
        this.speed = speed;
    }

    /**
     * @param threads that came into being for it and lived at the same time, at most
     * @param running deployments that had not ended within the limit
     */
    record Result(int threads, int running, int failed) {}

    Result run(Duration limit) throws InterruptedException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        threads.resetPeakThreadCount();
        int before = threads.getPeakThreadCount();
        ScheduledExecutorService pool = Executors.newScheduledThreadPool(POOL);
        try {
            var hosted = fleet.deployments(fleet.session());
            CountDownLatch running = new CountDownLatch(hosted.size());
            hosted.forEach(one -> pool.execute(() -> tick(one, pool, running)));
            running.await(limit.toMillis(), TimeUnit.MILLISECONDS);
            return new Result(threads.getPeakThreadCount() - before, (int) running.getCount(), failed.get());
        } finally {
            pool.shutdownNow();
        }
    }

    private void tick(Hosted hosted, ScheduledExecutorService pool, CountDownLatch running) {
        Tick tick = hosted.deployment.tick();
        if (tick instanceof Tick.LookAgain again) {
            Duration wait = Duration.between(fleet.aws().clock().instant(), again.at());
            long micros = Math.max(0, (long) (wait.toMillis() * 1000 / speed));
            pool.schedule(() -> tick(hosted, pool, running), micros, TimeUnit.MICROSECONDS);
            return;
        }
        if (!(tick instanceof Tick.Ended over) || !(over.outcome() instanceof Outcome.Succeeded)) {
            failed.incrementAndGet();
        }
        running.countDown();
    }
}
