package io.jenkins.plugins.amideploy.core.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.simulator.Faults;
import io.jenkins.plugins.amideploy.core.simulator.Span;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A crash after, or a lost answer to, any call: the visitors are moved, or moved back, all the same, and none is refused. */
class SplitCrashTest {
    /** Until a target group that has just joined a load balancer has passed its health checks. */
    private static final Duration HEALTHY = Duration.ofMinutes(1);

    private static Crossing forward(Crossing crossing) {
        return crossing.then(Split::prepare)
                .settle(HEALTHY)
                .then(split -> split.move(10))
                .settle()
                .then(split -> split.move(100))
                .settle()
                .then(Split::finish)
                .settle();
    }

    private static Crossing backFromHalf(Crossing crossing) {
        return crossing.then(Split::prepare)
                .settle(HEALTHY)
                .then(split -> split.move(50))
                .then(Split::undo)
                .settle();
    }

    private static Crossing backFromTheEnd(Crossing crossing) {
        return forward(crossing).then(Split::undo).settle();
    }

    private static void moved(TwoSides sides) {
        sides.assertSucceeded(sides.play(forward(new Crossing(sides::dns))));
        sides.assertRecordsOfGreen();
        sides.assertNobodyRefused();
    }

    private static void movedBack(TwoSides sides) {
        sides.assertSucceeded(sides.play(backFromHalf(new Crossing(sides::dns))));
        sides.assertRecordsAsBefore();
        sides.assertNobodyRefused();
    }

    private static void movedBackFromTheEnd(TwoSides sides) {
        sides.assertSucceeded(sides.play(backFromTheEnd(new Crossing(sides::dns))));
        sides.assertRecordsAsBefore();
        sides.assertNobodyRefused();
    }

    private static void listenerMoved(TwoSides sides) {
        Outcome outcome = sides.play(forward(new Crossing(sides::listener)));
        sides.assertSucceeded(outcome);
        assertEquals("green 1", sides.forwarding(), sides::story);
        sides.assertNobodyRefused();
    }

    private static void listenerMovedBack(TwoSides sides) {
        Outcome outcome = sides.play(backFromHalf(new Crossing(sides::listener)));
        sides.assertSucceeded(outcome);
        assertEquals("blue 1", sides.forwarding(), sides::story);
        sides.assertNobodyRefused();
    }

    /** Changes spread fast, so that few calls only ask whether they have. */
    private static TwoSides world(TwoSides.Form form) {
        TwoSides sides = TwoSides.with(5, form);
        sides.aws.dns().propagation(Span.seconds(1, 12));
        return sides;
    }

    private static void listenerMovedBackFromTheEnd(TwoSides sides) {
        Outcome outcome = sides.play(
                forward(new Crossing(sides::listener)).then(Split::undo).settle());
        sides.assertSucceeded(outcome);
        assertEquals("blue 1", sides.forwarding(), sides::story);
        sides.assertNobodyRefused();
    }

    private static Stream<DynamicTest> allForms(Consumer<TwoSides> end, Fault fault) {
        return Arrays.stream(TwoSides.Form.values())
                .flatMap(form -> everyCall(form.name(), () -> world(form), end, fault));
    }

    @TestFactory
    Stream<DynamicTest> recordsAreMovedThroughACrashAfterEveryCall() {
        return allForms(SplitCrashTest::moved, Faults::crashAfterCall);
    }

    @TestFactory
    Stream<DynamicTest> recordsAreMovedThroughALostAnswerToEveryCall() {
        return allForms(SplitCrashTest::moved, Faults::loseAnswer);
    }

    @TestFactory
    Stream<DynamicTest> recordsAreMovedBackThroughACrashAfterEveryCall() {
        return allForms(SplitCrashTest::movedBack, Faults::crashAfterCall);
    }

    @TestFactory
    Stream<DynamicTest> recordsAreMovedBackThroughACrashBeforeEveryCall() {
        return allForms(SplitCrashTest::movedBack, Faults::crashBeforeCall);
    }

    @TestFactory
    Stream<DynamicTest> recordsAreMovedBackFromTheEndThroughACrashAfterEveryCall() {
        return allForms(SplitCrashTest::movedBackFromTheEnd, Faults::crashAfterCall);
    }

    @TestFactory
    Stream<DynamicTest> listenersAreMovedThroughACrashAfterEveryCall() {
        return everyCall("listener", TwoSides::atOneBalancer, SplitCrashTest::listenerMoved, Faults::crashAfterCall);
    }

    @TestFactory
    Stream<DynamicTest> listenersAreMovedBackThroughACrashAfterEveryCall() {
        return everyCall(
                "listener", TwoSides::atOneBalancer, SplitCrashTest::listenerMovedBack, Faults::crashAfterCall);
    }

    @TestFactory
    Stream<DynamicTest> listenersAreMovedBackFromTheEndThroughACrashAfterEveryCall() {
        return everyCall(
                "listener",
                TwoSides::atOneBalancer,
                SplitCrashTest::listenerMovedBackFromTheEnd,
                Faults::crashAfterCall);
    }

    @TestFactory
    Stream<DynamicTest> listenersAreMovedBackFromTheEndThroughACrashBeforeEveryCall() {
        return everyCall(
                "listener",
                TwoSides::atOneBalancer,
                SplitCrashTest::listenerMovedBackFromTheEnd,
                Faults::crashBeforeCall);
    }

    private interface Fault {
        void at(Faults faults, int call);
    }

    private static Stream<DynamicTest> everyCall(
            String name, Supplier<TwoSides> worlds, Consumer<TwoSides> end, Fault fault) {
        TwoSides undisturbed = worlds.get();
        end.accept(undisturbed);
        int calls = undisturbed.aws.calls().total();
        assertTrue(calls > 5, "the undisturbed run makes calls");
        return IntStream.rangeClosed(1, calls)
                .mapToObj(call -> DynamicTest.dynamicTest(name + ", call " + call, () -> {
                    TwoSides sides = worlds.get();
                    fault.at(sides.aws.faults(), call);
                    end.accept(sides);
                }));
    }
}
