package io.jenkins.plugins.amideploy.core.bench;

import io.jenkins.plugins.amideploy.core.simulator.Behaviour;
import io.jenkins.plugins.amideploy.core.simulator.CallLog;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedAws;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedClock;
import io.jenkins.plugins.amideploy.core.simulator.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** A thousand rolling deployments at once in one account and region. */
final class ManyAtOnce {
    private static final int DEPLOYMENTS = 1000;
    private static final int INSTANCES = 20;
    private static final int BATCH = 2;
    /** When all are in the middle of it. */
    private static final Instant MIDDLE = SimulatedClock.START.plus(Duration.ofMinutes(45));
    /** Of the clock that follows real time, in its seconds for each real second. */
    private static final double SPEED = 400;

    private final Report report;

    ManyAtOnce(Report report) {
        this.report = report;
    }

    /** Time, calls and heap, in virtual time. */
    void measure() {
        report.title(DEPLOYMENTS + " rolling deployments at once in one account and region: groups of " + INSTANCES
                + ", " + BATCH + " at a time,\none target group each, virtual time, AWS's request rates enforced");
        double kibEach = start().runUntil(MIDDLE).bytesEach() / 1024.0;
        VirtualFleet all = start().runUntil(Instant.MAX);
        CallLog calls = all.fleet().aws().calls();
        Sample minutes =
                Sample.of(all.took().stream().map(d -> d.toMillis() / 60_000.0).toList());
        double fastest = all.took().get(0).toMillis() / 60_000.0;
        double perSecond = calls.total() / (minutes.worst() * 60);
        report.line("minutes: fastest %.1f  mean %.1f  slowest %.1f", fastest, minutes.mean(), minutes.worst());
        report.line(
                "%d calls, %.1f/s together, %.4f/s each, in %d ticks: %s",
                calls.total(), perSecond, perSecond / DEPLOYMENTS, all.ticks(), calls.counts());
        report.line(
                "%d groups had to make their zones even afterwards", all.fleet().rebalanced());
        all.failed().stream().findFirst().ifPresent(outcome -> report.line("failed, for example: %s", outcome));
        report.budget("deployments that failed", all.failed().size(), 0);
        report.budget("throttled calls", calls.throttled(), 0);
        report.budget("groups with a floor violation", all.fleet().floorViolations(INSTANCES), 0);
        report.budget("KiB of heap for each deployment between ticks", kibEach, 16);
        report.keep(
                "many at once",
                Report.map("deployments", DEPLOYMENTS)
                        .and("instances of each", INSTANCES)
                        .and("minutes", minutes)
                        .and("fastest, minutes", fastest)
                        .and("calls", calls.counts())
                        .and("calls per second", perSecond)
                        .and("throttled", calls.throttled())
                        .and("KiB each", kibEach));
    }

    private static VirtualFleet start() {
        // There is one virtual time, in which all calls would wait for each other's latency.
        SimulatedAws aws = new SimulatedAws(1, Behaviour.typical().withApiLatency(Span.ZERO));
        Map<String, String> parameters = Map.of("batchSize", String.valueOf(BATCH), "warmup", "60");
        return new VirtualFleet(new Fleet(aws, DEPLOYMENTS, INSTANCES, parameters));
    }

    /** Threads, in real time. */
    void measureThreads() throws InterruptedException {
        report.title(DEPLOYMENTS + " rolling deployments at once on a pool of threads: groups of 2, real time run "
                + (int) SPEED + " times faster");
        SimulatedAws aws = new SimulatedAws(2, Behaviour.typical(), SimulatedClock.followingRealTime(SPEED));
        Fleet fleet = new Fleet(aws, DEPLOYMENTS, 2, Map.of("batchSize", "1"));
        ThreadedFleet.Result result = new ThreadedFleet(fleet, SPEED).run(Duration.ofSeconds(60));
        report.budget("threads", result.threads(), 25);
        report.budget("deployments failed or not at their end", result.running() + result.failed(), 0);
        report.keep("threads", result.threads());
    }
}
