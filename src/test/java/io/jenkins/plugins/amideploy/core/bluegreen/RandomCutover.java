package io.jenkins.plugins.amideploy.core.bluegreen;

import static io.jenkins.plugins.amideploy.core.bluegreen.Cutovers.BLUE;
import static io.jenkins.plugins.amideploy.core.bluegreen.Cutovers.WEB;

import io.jenkins.plugins.amideploy.core.deployment.Deployment;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.Faults;
import io.jenkins.plugins.amideploy.core.simulator.RelativeFault;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedCrash;
import io.jenkins.plugins.amideploy.core.simulator.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** One cutover with parameters, visitors and faults drawn from a seed. */
final class RandomCutover {
    /** What goes wrong meanwhile. */
    enum Fault {
        NONE,
        NETWORK,
        LOST_ANSWERS,
        THROTTLED,
        CREDENTIALS,
        CRASHES,
        BUSY_DNS,
        ACCESS_DENIED,
        LAUNCH_FAILURE,
        NO_CAPACITY,
        NEVER_HEALTHY,
        DYING_DURING_BOOT,
        CRASHING,
        SLOW_BOOT,
        NO_BALANCER,
        NO_RESERVATION,
        ALARM,
        ABORT,
        GATE,
        CONTROLLER_LOST,
        OLD_SCALES_OUT,
        OLD_SCALES_IN,
        OLD_INSTANCE_DIES,
        NEW_INSTANCE_DIES,
        OLD_DELETED,
        NEW_DELETED
    }

    /** Whoever takes all instances of a side away turns visitors away, and not we. */
    private static final Set<Fault> OTHERS = EnumSet.of(
            Fault.CRASHING, Fault.OLD_DELETED, Fault.NEW_DELETED, Fault.OLD_INSTANCE_DIES, Fault.NEW_INSTANCE_DIES);
    /** Where the deployment itself may be unable to go on or back, and the next one has to. */
    private static final Set<Fault> MAY_BE_LEFT =
            EnumSet.of(Fault.ACCESS_DENIED, Fault.CREDENTIALS, Fault.CONTROLLER_LOST);

    private static final List<String> DENIABLE = List.of(
            "ChangeResourceRecordSets",
            "ListResourceRecordSets",
            "GetChange",
            "CreateLoadBalancer",
            "CreateTargetGroup",
            "CreateListener",
            "ModifyListener",
            "ModifyTargetGroupAttributes",
            "ModifyLoadBalancerAttributes",
            "DeleteLoadBalancer",
            "DeleteTargetGroup",
            "DeleteListener",
            "CreateAutoScalingGroup",
            "DeleteAutoScalingGroup",
            "UpdateAutoScalingGroup",
            "SuspendProcesses",
            "ResumeProcesses",
            "CreateOrUpdateTags",
            "DescribeTargetHealth",
            "AttachLoadBalancerTargetGroups",
            "DetachLoadBalancerTargetGroups",
            "GetMetricData",
            "ModifyCapacityReservation",
            "CreateLaunchTemplateVersion");

    private static final String ALARM = "web-5xx";

    private final long seed;
    private final Fault fault;
    private final SplittableRandom random;
    private final Cutovers cutovers;
    private final List<String> wrong = new ArrayList<>();
    private final int size;
    private String story = "";
    private int abortAt = Integer.MAX_VALUE;
    private int lostAt = Integer.MAX_VALUE;
    private final boolean gated;
    private final int failingGate;

    private RandomCutover(long seed, Fault fault) {
        this.seed = seed;
        this.fault = fault;
        this.random = new SplittableRandom(seed * 41 + fault.ordinal());
        this.size = 1 + random.nextInt(6);
        int kind = random.nextInt(6);
        this.cutovers = kind == 0
                ? Cutovers.classic(seed, size, application())
                : kind == 1 ? Cutovers.listener(seed, size, application()) : Cutovers.dns(seed, size, application());
        cutovers.visit(random);
        cutovers.aws.dns().propagation(Span.seconds(random.nextInt(5), 5 + random.nextInt(60)));
        gated = fault == Fault.GATE || random.nextInt(3) == 0;
        failingGate = fault == Fault.GATE ? random.nextInt(4) : -1;
        parameters(kind);
        cutovers.aws.clock().advance(Duration.ofMinutes(4));
        begin();
        cutovers.begin();
    }

    private Application application() {
        return switch (fault) {
            case NEVER_HEALTHY -> Application.neverHealthy();
            case CRASHING -> Application.crashesAfter(Duration.ofSeconds(120 + random.nextInt(1800)));
            case DYING_DURING_BOOT -> Application.dyingDuringBoot();
            case SLOW_BOOT -> Application.bootsSlowly(Duration.ofSeconds(300 + random.nextInt(300)));
            default -> Application.healthy();
        };
    }

    private void parameters(int kind) {
        cutovers.with("warmup", random.nextInt(60))
                .with("interval", random.nextInt(200))
                .with("drainQuiet", 60 + random.nextInt(300))
                .with("drainTimeout", 7200)
                .with("healthTimeout", 900 + random.nextInt(600))
                .with(
                        "steps",
                        List.of("100", "50,100", "10,50,100", "1,5,25,100").get(random.nextInt(4)))
                .with("bridge", random.nextInt(4) != 0);
        if (kind > 1 && (fault == Fault.NO_RESERVATION || random.nextInt(4) == 0)) {
            cutovers.with("prewarm", random.nextBoolean() ? "auto" : "600");
        }
        if (random.nextInt(6) == 0) {
            cutovers.with("retireOld", false);
        }
        if (fault == Fault.ALARM) {
            cutovers.aws.faults().alarm(ALARM, StateValue.OK, "fine");
            cutovers.with("alarms", ALARM);
        }
    }

    private void begin() {
        Faults faults = cutovers.aws.faults();
        Instant now = cutovers.aws.clock().instant();
        for (int i = 0; i < 2; i++) {
            Instant from = now.plusSeconds(random.nextInt(3000));
            Duration length = Duration.ofSeconds(1 + random.nextInt(400));
            int call = cutovers.aws.calls().total() + 1 + random.nextInt(600);
            switch (fault) {
                case NETWORK -> faults.networkGone(from, length);
                case LOST_ANSWERS -> faults.loseAnswers(from, length.dividedBy(3));
                case THROTTLED -> faults.throttleEverything(from, length);
                case CREDENTIALS -> faults.credentialsExpired(from, length.multipliedBy(3));
                case BUSY_DNS -> faults.at(from, () -> cutovers.aws.dns().busy(1 + call % 6));
                case NO_CAPACITY -> faults.noCapacity(null, from, length.multipliedBy(2));
                case LAUNCH_FAILURE -> faults.at(from, () -> failLaunches(faults));
                case ALARM -> faults.at(from, () -> faults.alarm(ALARM, StateValue.ALARM, "12 errors"));
                case CRASHES -> {
                    if (random.nextBoolean()) {
                        faults.crashAfterCall(call);
                    } else {
                        faults.crashBeforeCall(call);
                    }
                }
                default -> {}
            }
        }
        switch (fault) {
            case ACCESS_DENIED -> {
                story = DENIABLE.get(random.nextInt(DENIABLE.size()));
                faults.deny(story);
            }
            case NO_BALANCER -> faults.failLoadBalancer("out of addresses");
            case NO_RESERVATION -> faults.failReservation("Insufficient capacity");
            case ABORT -> abortAt = random.nextInt(200);
            case CONTROLLER_LOST -> lostAt = random.nextInt(200);
            case OLD_SCALES_OUT, OLD_SCALES_IN, OLD_INSTANCE_DIES, NEW_INSTANCE_DIES, OLD_DELETED, NEW_DELETED ->
                story = RelativeFault.valueOf(fault.name()).draw(cutovers.aws, seed, WEB, BLUE);
            default -> {}
        }
    }

    private void failLaunches(Faults faults) {
        if (cutovers.aws.exists(BLUE)) {
            faults.failLaunches(BLUE, 1 + random.nextInt(4), "The instance type is not supported in this zone.");
        }
    }

    /** What went wrong with that seed and how to replay it; null where nothing did. */
    static String failure(long seed, Fault fault, boolean print) {
        RandomCutover cutover = new RandomCutover(seed, fault);
        try {
            cutover.run();
        } catch (RuntimeException | AssertionError e) {
            cutover.wrong.add(e.toString());
        }
        if (print) {
            System.out.println(cutover.cutovers.story());
        }
        return cutover.wrong.isEmpty()
                ? null
                : "\n" + String.join("\n", cutover.wrong.stream().limit(3).toList()) + "\n" + cutover.story + "\n"
                        + cutover.cutovers.parameters + (cutover.gated ? " gated" : "")
                        + "\nReplay: mvn -f pom-core.xml test -Dtest=BlueGreenSeedsTest -Dseed=" + seed
                        + " -DfaultClass=" + fault + "\n";
    }

    private void run() {
        Optional<Outcome> outcome = play(1, gated);
        cutovers.aws.clock().advance(Duration.ofMinutes(5));
        boolean left = outcome.isEmpty()
                || outcome.get() instanceof Outcome.Failed f && f.state().contains("left where the deployment stood")
                || !leases().isEmpty();
        if (left) {
            check(MAY_BE_LEFT.contains(fault), "it was left where it stood: " + outcome);
            clearUp();
        } else {
            checkEnd(outcome.orElseThrow());
        }
        check(
                OTHERS.contains(fault) || cutovers.visitors().refused().isEmpty(),
                "refused: " + cutovers.visitors().refused());
    }

    private Optional<Outcome> play(int number, boolean withBlock) {
        List<String> gates = new ArrayList<>();
        Rehearsal rehearsal = cutovers.deployment(withBlock).gatekeeper(gate -> {
            gates.add(gate.name());
            return gates.size() - 1 == failingGate && number == 1 ? Optional.of("smoke test failed") : Optional.empty();
        });
        Deployment deployment = rehearsal.deployment();
        for (int i = 0; i < 100_000; i++) {
            if (number == 1 && i == abortAt) {
                deployment.abort("someone");
            }
            if (number == 1 && i == lostAt) {
                return Optional.empty();
            }
            try {
                Optional<Outcome> outcome = rehearsal.step(deployment);
                if (outcome.isPresent()) {
                    cutovers.console.add(outcome.get().toString());
                    return outcome;
                }
            } catch (SimulatedCrash crash) {
                cutovers.console.add("--- crash");
                deployment = rehearsal.deployment();
            }
        }
        throw new AssertionError("it does not end; " + rehearsal.saved());
    }

    /** When the trouble has passed, the next deployment finds and clears up what this one left. */
    private void clearUp() {
        cutovers.dies(1);
        cutovers.aws.clock().advance(Duration.ofHours(2));
        cutovers.aws.calls().counts().keySet().forEach(cutovers.aws.faults()::allow);
        cutovers.without("alarms").without("retireOld");
        cutovers.console.add("--- the next deployment");
        Optional<Outcome> outcome = play(2, false);
        cutovers.aws.clock().advance(Duration.ofMinutes(5));
        check(leases().isEmpty(), "tags left after clearing up: " + leases() + " " + outcome);
        check(
                outcome.filter(o -> o instanceof Outcome.Succeeded).isPresent(),
                "the next deployment did not succeed: " + outcome);
        check(cutovers.groups().size() == 1 || stayed(), "groups left: " + cutovers.groups());
        check(cutovers.sides() == 1 || stayed(), "balancers or target groups left: " + cutovers.things());
    }

    /** The first deployment was asked to keep its old side, and came so far. */
    private boolean stayed() {
        return cutovers.story().contains("stays and costs") || cutovers.story().contains("Both sides stay");
    }

    private void checkEnd(Outcome outcome) {
        boolean finished = outcome instanceof Outcome.Succeeded
                || ((Outcome.Failed) outcome).state().contains("By then all traffic was moved");
        boolean stays = !finished && ((Outcome.Failed) outcome).state().contains("stays");
        if (stays) {
            check(OTHERS.contains(fault), "it stays: " + outcome);
            return;
        }
        if (finished) {
            if (fault != Fault.NEW_DELETED) { // perhaps only after the end
                checkLive(BLUE, cutovers.newImage);
            }
            boolean kept = "false".equals(cutovers.parameters.get("retireOld"))
                    || cutovers.story().contains("the old side stays, as asked");
            check(kept || fault == Fault.OLD_DELETED || cutovers.find(WEB).isEmpty(), "the old group is there");
            check(kept || cutovers.sides() == 1, "left of the old side: " + cutovers.things());
        } else if (fault != Fault.OLD_DELETED) {
            checkLive(WEB, cutovers.oldImage);
            check(cutovers.attachedAsBefore(), "the old group is not behind its balancer");
            check(cutovers.find(BLUE).isEmpty(), "the new group is there");
            check(
                    cutovers.things().equals(cutovers.thingsBefore()),
                    "left: " + cutovers.things() + ", before: " + cutovers.thingsBefore());
            check(cutovers.records().equals(cutovers.recordsBefore()), "records: " + cutovers.records());
        }
    }

    private void checkLive(String name, String image) {
        Optional<AutoScalingGroup> group = cutovers.find(name);
        check(group.isPresent(), "no group " + name);
        group.ifPresent(live -> {
            List<String> suspended = live.suspendedProcesses().stream()
                    .map(SuspendedProcess::processName)
                    .toList();
            check(suspended.isEmpty(), "suspended: " + suspended);
            check(Set.of(image).containsAll(cutovers.images(name)), name + " runs " + cutovers.images(name));
        });
    }

    private List<String> leases() {
        return cutovers.groups().stream()
                .flatMap(name -> cutovers.show(name).tags().stream().map(tag -> name + " " + tag.key()))
                .filter(tag -> tag.contains(" ami-deploy:"))
                .toList();
    }

    private void check(boolean good, String otherwise) {
        if (!good) {
            wrong.add(otherwise);
        }
    }
}
