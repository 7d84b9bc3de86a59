package io.jenkins.plugins.amideploy.core.bench;

import io.jenkins.plugins.amideploy.core.bench.Trial.Setting;
import io.jenkins.plugins.amideploy.core.simulator.BalancerCheck;
import io.jenkins.plugins.amideploy.core.simulator.Behaviour;
import io.jenkins.plugins.amideploy.core.simulator.Span;
import io.jenkins.plugins.amideploy.core.simulator.TargetGroupSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Measures the rolling deployment on the simulated AWS against its budgets, prints a table and writes it as JSON.
 *
 * <p>Arguments: over how many seeds, otherwise what the system property {@code seeds} says, otherwise 200; and which
 * parts, otherwise all.
 */
public final class Benchmark {
    private static final Path FILE = Path.of("target", "benchmark.json");
    private static final List<Setting> SETTINGS =
            List.of(setting(20, 2, 60), setting(20, 5, 60), setting(100, 10, 300), setting(500, 25, 300));

    private final Report report = new Report(System.out);
    private final int seeds;

    private final Set<String> parts;

    private Benchmark(int seeds, Set<String> parts) {
        this.seeds = seeds;
        this.parts = parts;
    }

    public static void main(String[] arguments) throws Exception {
        int seeds = Integer.parseInt(arguments.length > 0 ? arguments[0] : System.getProperty("seeds", "200"));
        Set<String> parts = Arrays.stream(arguments).skip(1).collect(Collectors.toSet());
        new Benchmark(seeds, parts).run();
    }

    private static Setting setting(int instances, int batch, int drain) {
        return new Setting(instances, batch, Duration.ofSeconds(drain), Duration.ofSeconds(60));
    }

    private void run() throws IOException, InterruptedException {
        report.keep("seeds", seeds);
        part("alone", this::alone);
        part("at-once", this::atOnce);
        part("launch-failure", this::launchFailures);
        part("many", new ManyAtOnce(report)::measure);
        part("threads", new ManyAtOnce(report)::measureThreads);
        report.verdict();
        report.write(FILE);
    }

    private interface Part {
        void run() throws InterruptedException;
    }

    private void part(String name, Part part) throws InterruptedException {
        if (parts.isEmpty() || parts.contains(name)) {
            part.run();
        }
    }

    private void alone() {
        report.title("One rolling deployment: boot 120 ± 30 s, warm-up 60 s, " + seeds + " seeds, virtual time.\n"
                + "Against the streaming optimum of the same draws (launch until healthy, checks included), and against\n"
                + "a barrier after each batch of them.");
        List<Object> kept = new ArrayList<>();
        for (Setting setting : SETTINGS) {
            List<Trial> trials = trials(Behaviour.typical(), Trial.targets(), setting);
            Sample ratio = sample(trials, Trial::overStreaming);
            Sample barrier = sample(trials, Trial::overBatchBarrier);
            Sample minutes = sample(trials, t -> t.wall().toMillis() / 60_000.0);
            Sample optimum = sample(trials, t -> t.optimum().streaming().toMillis() / 60_000.0);
            Sample reads = sample(trials, Trial::readsPerSecond);
            Sample calls = sample(trials, Trial::callsPerSecond);
            Sample peak = sample(trials, Trial::peak);
            Map<String, Object> operations = operations(trials);
            long violations = trials.stream().filter(Trial::floorBroken).count();
            long rebalanced = trials.stream().filter(Trial::rebalanced).count();
            report.title(setting.toString());
            report.line(
                    "minutes %.1f, optimum %.1f;  / streaming: mean %.3f  p95 %.3f  worst %.3f;  / barrier: mean %.3f",
                    minutes.mean(), optimum.mean(), ratio.mean(), ratio.p95(), ratio.worst(), barrier.mean());
            report.line(
                    "calls %.0f, %.3f/s, of which reads %.3f/s;  peak %.0f instances;  %d groups rebalanced afterwards",
                    sample(trials, Trial::totalCalls).mean(), calls.mean(), reads.mean(), peak.worst(), rebalanced);
            report.line("%s", operations);
            report.budget("wall time / streaming optimum, mean", ratio.mean(), 1.05);
            report.budget("reads per second while it runs, mean", reads.mean(), 0.2);
            report.budget("seeds with a floor violation", violations, 0);
            report.budget("throttled calls", sample(trials, Trial::throttled).worst(), 0);
            kept.add(Report.map("setting", setting.toString())
                    .and("minutes", minutes)
                    .and("streaming optimum, minutes", optimum)
                    .and("wall / streaming optimum", ratio)
                    .and("wall / batch barrier", barrier)
                    .and("calls per second", calls)
                    .and("reads per second", reads)
                    .and("calls, mean", operations)
                    .and("peak instances", peak)
                    .and("floor violations", violations)
                    .and("rebalanced afterwards", rebalanced));
        }
        report.keep("one deployment", kept);
    }

    /** Where AWS answers at once, only the calls that each batch and each instance must have are left. */
    private void atOnce() {
        report.title("AWS answers at once: no latency, no boot, no warm-up, no draining");
        Behaviour instant =
                Behaviour.immediate().withBoot(Duration.ZERO, Duration.ZERO).withShutdown(Span.ZERO);
        TargetGroupSpec targets = Trial.targets().withCheck(new BalancerCheck(Duration.ofMillis(1), 1, 1));
        List<Object> kept = new ArrayList<>();
        for (Setting setting : SETTINGS) {
            Setting at = new Setting(setting.instances(), setting.batch(), Duration.ZERO, Duration.ZERO);
            Trial trial = Trial.of(1, instant, targets, at);
            report.budget("calls, " + at, trial.totalCalls(), at.instances() + 3 * at.batches() + 30);
            report.line("     %s", trial.calls());
            kept.add(Report.map("setting", at.toString())
                    .and("calls", trial.totalCalls())
                    .and("operations", trial.calls()));
        }
        report.keep("AWS answers at once", kept);
    }

    private void launchFailures() {
        report.title("A launch fails: from AWS's record of it to the line in the console, seconds");
        Sample seconds = Sample.of(IntStream.rangeClosed(1, seeds)
                .mapToObj(seed -> LaunchFailure.told(seed).toMillis() / 1000.0)
                .toList());
        report.line("mean %.1f  p95 %.1f  worst %.1f", seconds.mean(), seconds.p95(), seconds.worst());
        report.budget("seconds until a failed launch is told, worst", seconds.worst(), 15);
        report.keep("seconds until a failed launch is told", seconds);
    }

    private List<Trial> trials(Behaviour behaviour, TargetGroupSpec targets, Setting setting) {
        return IntStream.rangeClosed(1, seeds)
                .parallel()
                .mapToObj(seed -> Trial.of(seed, behaviour, targets, setting))
                .toList();
    }

    private static Sample sample(Collection<Trial> trials, ToDoubleFunction<Trial> quantity) {
        return Sample.of(trials.stream().mapToDouble(quantity).boxed().toList());
    }

    /** How many calls of each operation, on average. */
    private static Map<String, Object> operations(List<Trial> trials) {
        Map<String, Object> means = new TreeMap<>();
        trials.stream()
                .flatMap(trial -> trial.calls().keySet().stream())
                .distinct()
                .forEach(name -> {
                    double mean =
                            sample(trials, t -> t.calls().getOrDefault(name, 0)).mean();
                    means.put(name, Math.round(mean * 10) / 10.0);
                });
        return means;
    }
}
