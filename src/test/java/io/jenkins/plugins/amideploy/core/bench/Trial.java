package io.jenkins.plugins.amideploy.core.bench;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.rolling.RollingDeploy;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.Behaviour;
import io.jenkins.plugins.amideploy.core.simulator.GroupSpec;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedAws;
import io.jenkins.plugins.amideploy.core.simulator.StateChange;
import io.jenkins.plugins.amideploy.core.simulator.TargetGroupSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One rolling deployment of a group behind one target group, in a world of its own, and what it took. */
record Trial(
        Duration wall,
        Optimum optimum,
        Map<String, Integer> calls,
        int throttled,
        int peak,
        boolean floorBroken,
        boolean rebalanced) {
    private static final String GROUP = "web";
    private static final String TARGETS = "web-targets";

    /**
     * @param instances in the group, all to be replaced
     * @param drain the target group's deregistration delay
     */
    record Setting(int instances, int batch, Duration drain, Duration warmup) {
        int batches() {
            return (instances + batch - 1) / batch;
        }

        @Override
        public String toString() {
            return "n " + instances + ", k " + batch + ", d " + drain.toSeconds();
        }
    }

    static Trial of(long seed, Behaviour behaviour, TargetGroupSpec targets, Setting setting) {
        SimulatedAws aws = new SimulatedAws(seed, behaviour);
        String old = aws.registerImage("web 1", "x86_64", Application.healthy());
        String ami = aws.registerImage("web 2", "x86_64", Application.healthy());
        aws.createGroup(GroupSpec.of(GROUP, old)
                .sizes(1, setting.instances(), setting.instances())
                .zones("eu-west-1a", "eu-west-1b", "eu-west-1c")
                .targetGroup(aws.createTargetGroup(targets.withDeregistrationDelay(setting.drain()))));
        Comings comings = new Comings(ami);
        aws.listen(comings::note);
        aws.watch(GROUP).reset();
        Instant start = aws.clock().instant();
        RollingDeploy procedure = new RollingDeploy(parameters(ami, setting), false);
        Outcome outcome = new Rehearsal(aws, procedure, new Owner("bench", "bench/deploy 1", "d1"), event -> {}).play();
        if (!(outcome instanceof Outcome.Succeeded)) {
            throw new IllegalStateException("seed " + seed + ", " + setting + ": " + outcome);
        }
        return new Trial(
                Duration.between(start, aws.clock().instant()),
                new Optimum(comings.inOrder(), setting.batch(), setting.warmup(), setting.drain()),
                aws.calls().counts(),
                aws.calls().throttled(),
                aws.watch(GROUP).peak(),
                new Floor(aws).broken(GROUP, setting.instances()),
                new Floor(aws).rebalanced(GROUP));
    }

    static TargetGroupSpec targets() {
        return TargetGroupSpec.named(TARGETS);
    }

    private static Map<String, String> parameters(String ami, Setting setting) {
        return Map.of(
                "group",
                GROUP,
                "ami",
                ami,
                "batchSize",
                String.valueOf(setting.batch()),
                "warmup",
                String.valueOf(setting.warmup().toSeconds()));
    }

    /** How many times longer than the streaming optimum of the same draws. */
    double overStreaming() {
        return ratio(optimum.streaming());
    }

    double overBatchBarrier() {
        return ratio(optimum.batchBarrier());
    }

    private double ratio(Duration other) {
        return (double) wall.toMillis() / other.toMillis();
    }

    int totalCalls() {
        return calls.values().stream().mapToInt(Integer::intValue).sum();
    }

    double callsPerSecond() {
        return totalCalls() / seconds();
    }

    /** What is asked while it waits; the rest are the changes themselves, such as a termination for each instance. */
    double readsPerSecond() {
        int reads = calls.entrySet().stream()
                .filter(e -> e.getKey().startsWith("Describe"))
                .mapToInt(Map.Entry::getValue)
                .sum();
        return reads / seconds();
    }

    private double seconds() {
        return wall.toMillis() / 1000.0;
    }

    /** How long each new instance took from its launch until the target group found it healthy. */
    private static final class Comings {
        private final String ami;
        private final Map<String, Instant> launched = new LinkedHashMap<>();
        private final Map<String, Duration> took = new LinkedHashMap<>();

        Comings(String ami) {
            this.ami = ami;
        }

        void note(StateChange change) {
            if (!change.imageId().equals(ami)) {
                return;
            }
            if (change.from() == null && change.aspect().equals("lifecycle")) {
                launched.put(change.instanceId(), change.time());
            } else if (change.aspect().equals(TARGETS) && change.to().equals("healthy")) {
                Instant launch = launched.get(change.instanceId());
                took.putIfAbsent(change.instanceId(), Duration.between(launch, change.time()));
            }
        }

        List<Duration> inOrder() {
            return launched.keySet().stream()
                    .filter(took::containsKey)
                    .map(took::get)
                    .toList();
        }
    }
}
