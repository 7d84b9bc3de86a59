package io.jenkins.plugins.amideploy.core.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.simulator.Faults;
import io.jenkins.plugins.amideploy.core.simulator.Seeds;
import io.jenkins.plugins.amideploy.core.simulator.Span;
import io.jenkins.plugins.amideploy.core.simulator.VisitorSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Over many seeds: whatever the record, the resolvers and the faults, visitors are moved until nobody reaches the old side,
 * which then goes, or they are moved back; and nobody is refused at any moment.
 */
class TrafficSeedsTest {
    private static final Duration QUIET = Duration.ofMinutes(15);

    private enum Fault {
        NONE,
        NETWORK,
        LOST_ANSWERS,
        THROTTLED,
        BUSY,
        CRASHES
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void nobodyIsRefusedAndNothingIsLeft(Fault fault) {
        Seeds.assertNoneFails(fault, seed -> new RandomMove(seed, fault).failure());
    }

    /** One seed. */
    private static final class RandomMove {
        private final long seed;
        private final Fault fault;
        private final SplittableRandom random;
        private final boolean listener;
        private final TwoSides sides;
        private Instant moved;

        private RandomMove(long seed, Fault fault) {
            this.seed = seed;
            this.fault = fault;
            this.random = new SplittableRandom(seed * 31 + fault.ordinal());
            this.listener = random.nextInt(3) == 0;
            this.sides = listener ? TwoSides.atOneBalancer(seed) : new TwoSides(seed);
            sides.aws.dns().propagation(Span.seconds(random.nextInt(5), 5 + random.nextInt(120)));
            sides.record(TwoSides.Form.values()[random.nextInt(TwoSides.Form.values().length)]);
            sides.visit(VisitorSpec.of(TwoSides.NAME)
                    .withRequestsPerSecond(10 + random.nextInt(500))
                    .withResolvers(10 + random.nextInt(60))
                    .withLate(random.nextDouble() / 4, Span.seconds(60, 60 + random.nextInt(800)))
                    .withConnection(Duration.ofSeconds(1 + random.nextInt(120))));
            sides.aws.clock().advance(Duration.ofMinutes(5 + random.nextInt(60)));
            begin();
        }

        private void begin() {
            Faults faults = sides.aws.faults();
            Instant now = sides.aws.clock().instant();
            for (int i = 0; i < 3; i++) {
                Instant from = now.plusSeconds(random.nextInt(2400));
                Duration length = Duration.ofSeconds(1 + random.nextInt(300));
                int call = 1 + random.nextInt(60);
                switch (fault) {
                    case NONE -> {}
                    case NETWORK -> faults.networkGone(from, length);
                    case LOST_ANSWERS -> faults.loseAnswers(from, length);
                    case THROTTLED -> faults.throttleEverything(from, length);
                    case BUSY -> faults.at(from, () -> sides.aws.dns().busy(1 + (int) length.toSeconds() % 5));
                    case CRASHES -> {
                        if (random.nextBoolean()) {
                            faults.crashAfterCall(call);
                        } else {
                            faults.crashBeforeCall(call);
                        }
                    }
                }
            }
        }

        private TrafficMeter meter(TickContext at) {
            return new TrafficMeter(
                    at,
                    listener
                            ? new Metered.TargetGroups(sides.blue.loadBalancerArn(), Set.of(sides.blueTargets))
                            : new Metered.Application(sides.blue.loadBalancerArn()));
        }

        private Crossing crossing() {
            Crossing crossing = new Crossing(listener ? sides::listener : sides::dns)
                    .also(at -> meter(at).remember())
                    .then(Split::prepare)
                    .settle(Duration.ofSeconds(listener ? 60 : 0));
            for (int percent = 1 + random.nextInt(50); percent < 100; percent += 1 + random.nextInt(60)) {
                int share = percent;
                crossing.then(split -> split.move(share));
                if (random.nextBoolean()) {
                    crossing.settle(Duration.ofSeconds(random.nextInt(600)));
                }
            }
            crossing.then(split -> split.move(100)).settle();
            if (random.nextInt(4) == 0) {
                return crossing.then(Split::undo).settle();
            }
            return crossing.also(at -> moved = at.now())
                    .then(Split::finish)
                    .settle()
                    .also(at -> moved = at.now())
                    .wait(at -> meter(at).drained(moved, QUIET));
        }

        private boolean moved() {
            return listener
                    ? sides.forwarding().equals("green 1")
                    : sides.records().stream().allMatch(set -> Records.pointsTo(set, sides.greenEnd()));
        }

        /** The old side goes, as nobody reaches it any more. */
        private void leave() {
            var elb = sides.aws.operator().elbv2();
            if (listener) {
                sides.assertRecordsAsBefore();
                elb.deleteTargetGroup(r -> r.targetGroupArn(sides.blueTargets));
            } else {
                sides.assertRecordsOfGreen();
                elb.deleteLoadBalancer(r -> r.loadBalancerArn(sides.blue.loadBalancerArn()));
            }
        }

        private String failure() {
            try {
                Crossing crossing = crossing();
                int end = random.nextInt(3) == 0 ? random.nextInt(40) : Integer.MAX_VALUE;
                Outcome outcome = sides.play(sides.rehearsal(crossing), (deployment, step) -> {
                    if (step == end) {
                        deployment.abort("someone");
                    }
                });
                boolean moved = moved();
                if (moved && outcome instanceof Outcome.Succeeded) {
                    leave();
                } else {
                    assertEquals(false, moved, sides::story);
                    sides.assertRecordsAsBefore();
                }
                sides.aws.clock().advance(Duration.ofHours(1));
                sides.assertNobodyRefused();
                if (Seeds.replayed()) {
                    System.out.println(sides.story());
                }
                return null;
            } catch (AssertionError | RuntimeException e) {
                return "seed " + seed + ", fault " + fault + ": -Dtest=TrafficSeedsTest -Dseed=" + seed
                        + " -DfaultClass=" + fault + "\n" + e + "\n" + sides.story();
            }
        }
    }
}
