package io.jenkins.plugins.amideploy.core.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.simulator.Span;
import io.jenkins.plugins.amideploy.core.simulator.VisitorSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The old side is left when nobody reaches it, and not a minute before. */
class TrafficMeterTest {
    private static final Duration QUIET = Duration.ofMinutes(5);

    private final TwoSides sides = new TwoSides(11);
    private final List<Instant> ends = new ArrayList<>();
    private Instant moved;

    private TrafficMeter meter(TickContext at) {
        return new TrafficMeter(at, new Metered.Application(sides.blue.loadBalancerArn()));
    }

    private Crossing moveAndDrain() {
        return new Crossing(sides::dns)
                .also(at -> meter(at).remember())
                .then(Split::prepare)
                .then(split -> split.move(100))
                .settle()
                .also(at -> moved = at.now())
                .wait(at -> meter(at).drained(moved, QUIET))
                .also(at -> ends.add(at.now()));
    }

    private void visit(VisitorSpec spec) {
        sides.record(TwoSides.Form.ALIAS);
        sides.visit(spec);
        sides.aws.clock().advance(Duration.ofMinutes(30));
    }

    @Test
    void aResolverThatOverstaysIsWaitedFor() {
        visit(VisitorSpec.of(TwoSides.NAME).withLate(0.05, Span.seconds(1500, 1500)));
        sides.assertSucceeded(sides.play(moveAndDrain()));
        assertEquals(0.0, sides.visitors().share(sides.blue.dnsName()), sides::story);
        assertTrue(sides.visitors().connections(sides.blue.dnsName()) < 0.5, sides::story);
        assertTrue(Duration.between(moved, ends.get(0)).compareTo(Duration.ofMinutes(10)) > 0, sides::story);
        sides.assertNobodyRefused();
    }

    @Test
    void theSilenceOfTheNewestMinutesMeansNothing() {
        visit(VisitorSpec.of(TwoSides.NAME).withLate(0, Span.ZERO).withConnection(Duration.ofSeconds(1)));
        sides.assertSucceeded(sides.play(moveAndDrain()));
        Duration took = Duration.between(moved, ends.get(0));
        assertTrue(took.compareTo(QUIET.plus(TrafficMeter.DELAY)) >= 0, () -> took + "\n" + sides.story());
        assertTrue(
                took.compareTo(QUIET.plus(TrafficMeter.DELAY).plusMinutes(4)) <= 0, () -> took + "\n" + sides.story());
    }

    @Test
    void openConnectionsAreWaitedFor() {
        visit(VisitorSpec.of(TwoSides.NAME).withLate(0, Span.ZERO).withConnection(Duration.ofMinutes(10)));
        sides.assertSucceeded(sides.play(moveAndDrain()));
        assertTrue(sides.visitors().connections(sides.blue.dnsName()) < 0.5, sides::story);
        assertTrue(Duration.between(moved, ends.get(0)).toMinutes() > 40, sides::story);
    }

    @Test
    void theNumbersAreToldAsTheyFallAndEachOnce() {
        visit(VisitorSpec.of(TwoSides.NAME).withConnection(Duration.ofMinutes(3)));
        sides.assertSucceeded(sides.play(moveAndDrain()));
        List<String> told = sides.console.stream()
                .filter(line -> line.contains("blue-alb: ") && line.contains(" in the minute to "))
                .toList();
        assertTrue(told.size() >= 3 && told.size() <= 14, sides::story);
        assertTrue(told.get(0).contains(" requests (before: up to 6000)"), sides::story);
        assertTrue(told.get(told.size() - 1).endsWith("gone once that has lasted for 5 min"), sides::story);
        assertEquals(told.size(), told.stream().distinct().count(), sides::story);
    }

    @Test
    void aBalancerThatNobodyUsedIsQuietAtOnceAfterTheTime() {
        sides.record(TwoSides.Form.ALIAS);
        sides.assertSucceeded(sides.play(moveAndDrain()));
        assertTrue(
                Duration.between(moved, ends.get(0))
                                .compareTo(QUIET.plus(TrafficMeter.DELAY).plusMinutes(4))
                        <= 0,
                sides::story);
    }

    @Test
    void targetGroupsOfOneBalancerAreToldApart() {
        visit(VisitorSpec.of(TwoSides.NAME));
        List<Object> bases = new ArrayList<>();
        sides.assertSucceeded(sides.play(new Crossing(sides::dns).also(at -> {
            new TrafficMeter(at, new Metered.TargetGroups(sides.blue.loadBalancerArn(), Set.of(sides.blueTargets)))
                    .remember();
            bases.add(at.state().getInt("meter.base.0", -1));
        })));
        assertEquals(List.of(6000), bases);
    }

    @Test
    void thePeakIsToldInCapacityUnits() {
        visit(VisitorSpec.of(TwoSides.NAME).withRequestsPerSecond(5000).withConnection(Duration.ofSeconds(10)));
        var aws = Rehearsal.session(sides.aws);
        OptionalInt peak = PeakCapacity.of(
                aws,
                new Metered.Application(sides.blue.loadBalancerArn()),
                sides.aws.clock().instant(),
                Duration.ofHours(1));
        assertTrue(peak.isPresent() && peak.getAsInt() >= 10, peak::toString);
        assertEquals(
                OptionalInt.empty(),
                PeakCapacity.of(
                        aws,
                        new Metered.Application(sides.green.loadBalancerArn()),
                        sides.aws.clock().instant(),
                        Duration.ofHours(1)));
    }
}
