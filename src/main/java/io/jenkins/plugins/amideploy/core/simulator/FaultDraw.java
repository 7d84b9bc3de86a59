package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** Draws what goes wrong in a {@link Scenario}, and when. */
final class FaultDraw {
    private static final int LAST_MINUTE = 40;
    private static final int CALLS = 120;
    private static final List<String> DENIABLE = List.of(
            "DescribeAutoScalingGroups",
            "DescribeScalingActivities",
            "UpdateAutoScalingGroup",
            "TerminateInstanceInAutoScalingGroup",
            "CreateOrUpdateTags",
            "SuspendProcesses",
            "CreateLaunchTemplateVersion",
            "DescribeImages",
            "DescribeTargetHealth",
            "DescribeInstanceHealth");

    private final SimulatedAws aws;
    private final GroupSpec spec;
    private final SplittableRandom random;

    FaultDraw(SimulatedAws aws, GroupSpec spec, SplittableRandom random) {
        this.aws = aws;
        this.spec = spec;
        this.random = random;
    }

    /** @return what was drawn */
    String draw(FaultClass faultClass, String alarm) {
        Faults faults = aws.faults();
        return switch (faultClass) {
            case NONE, NEVER_HEALTHY, CRASHING, DYING_DURING_BOOT, SLOW_BOOT, STUCK_HOOK -> "";
            case LAUNCH_FAILURE -> launchFailure(faults);
            case NO_CAPACITY -> noCapacity(faults);
            case THROTTLED -> {
                Window window = window(10);
                faults.throttleEverything(window.from(), Duration.between(window.from(), window.to()));
                yield "throttled " + window;
            }
            case NETWORK -> network(faults);
            case CREDENTIALS -> {
                Window window = window(15);
                faults.credentialsExpired(window.from(), Duration.between(window.from(), window.to()));
                yield "credentials expired " + window;
            }
            case ACCESS_DENIED -> {
                String operation = DENIABLE.get(random.nextInt(DENIABLE.size()));
                faults.deny(operation);
                yield "denied " + operation;
            }
            case SPOT_INTERRUPTION -> often(4, "spot interruption", () -> faults.spotInterruption(spec.name));
            case ZONE_REBALANCE -> often(3, "rebalance", () -> faults.rebalance(spec.name));
            case OPERATOR -> operator();
            case SCALING_POLICY -> scaling(faults);
            case ALARM -> {
                Instant time = time();
                faults.at(time, () -> faults.alarm(alarm, StateValue.ALARM, "Threshold Crossed"));
                yield "alarm at " + time;
            }
            case CRASH_OF_OURS -> crash(faults);
        };
    }

    private Instant time() {
        return SimulatedClock.START.plusSeconds(random.nextInt(LAST_MINUTE * 60));
    }

    private Window window(int longestMinutes) {
        Instant from = time();
        return new Window(from, from.plusSeconds(10 + random.nextInt(longestMinutes * 60)));
    }

    private String often(int most, String what, Runnable fault) {
        StringBuilder told = new StringBuilder(what).append(" at");
        for (int i = 1 + random.nextInt(most); i > 0; i--) {
            Instant time = time();
            told.append(' ').append(time);
            aws.faults().at(time, () -> {
                if (aws.exists(spec.name)) {
                    fault.run();
                }
            });
        }
        return told.toString();
    }

    private String launchFailure(Faults faults) {
        int launches = 1 + random.nextInt(6);
        Instant time = time();
        String reason =
                "You have requested more vCPU capacity than your current vCPU limit of 64 allows for the instance"
                        + " bucket that the specified instance type belongs to.";
        faults.at(time, () -> faults.failLaunches(spec.name, launches, reason));
        return launches + " launches fail from " + time;
    }

    private String noCapacity(Faults faults) {
        String zone = random.nextInt(3) == 0 ? null : spec.zones.get(random.nextInt(spec.zones.size()));
        Window window = window(45);
        faults.noCapacity(zone, window.from(), Duration.between(window.from(), window.to()));
        return "no capacity in " + (zone == null ? "any zone" : zone) + " " + window;
    }

    private String network(Faults faults) {
        Window window = window(10);
        Duration length = Duration.between(window.from(), window.to());
        boolean answers = random.nextBoolean();
        if (answers) {
            faults.loseAnswers(
                    window.from(), length.compareTo(Duration.ofMinutes(2)) > 0 ? length.dividedBy(5) : length);
        } else {
            faults.networkGone(window.from(), length);
        }
        int call = 1 + random.nextInt(CALLS);
        faults.loseAnswer(call);
        return (answers ? "answers lost " : "network gone ") + window + ", and the answer of call " + call;
    }

    private String crash(Faults faults) {
        int call = 1 + random.nextInt(CALLS);
        boolean before = random.nextBoolean();
        if (before) {
            faults.crashBeforeCall(call);
        } else {
            faults.crashAfterCall(call);
        }
        return "crash " + (before ? "before" : "after") + " call " + call;
    }

    private String scaling(Faults faults) {
        StringBuilder told = new StringBuilder("scaling");
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            Instant time = time();
            int change = random.nextInt(1, 4) * (random.nextInt(3) == 0 ? -1 : 1);
            told.append(" by ").append(change).append(" at ").append(time);
            faults.at(time, () -> faults.scale(spec.name, "cpu50", change));
        }
        return told.toString();
    }

    private String operator() {
        StringBuilder told = new StringBuilder("operator");
        OperatorEdits edits = new OperatorEdits(aws, spec.name, random.split());
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            Instant time = time();
            OperatorEdits.Edit edit = OperatorEdits.Edit.values()[random.nextInt(OperatorEdits.Edit.values().length)];
            told.append(' ').append(edit).append(" at ").append(time);
            aws.faults().at(time, () -> edits.make(edit));
        }
        return told.toString();
    }
}
