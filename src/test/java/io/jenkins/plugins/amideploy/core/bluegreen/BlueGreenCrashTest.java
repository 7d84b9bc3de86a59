package io.jenkins.plugins.amideploy.core.bluegreen;

import static io.jenkins.plugins.amideploy.core.bluegreen.Cutovers.BLUE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.CallLog.Call;
import io.jenkins.plugins.amideploy.core.simulator.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A crash at any call that changes something, and an answer lost at any, ends as the undisturbed cutover does, with
 * nobody refused; and where the controller never comes back, the next one's first cutover clears up.
 */
class BlueGreenCrashTest {
    private static final int SIZE = 2;
    /** Of the calls that only look, one in so many is tried too: nothing is different after it but the time. */
    private static final int SOME = 40;

    private static Cutovers dns() {
        return Cutovers.dns(31, SIZE, Application.healthy()).brisk();
    }

    private static Cutovers listener() {
        return Cutovers.listener(32, SIZE, Application.healthy()).brisk();
    }

    private static Cutovers classic() {
        return Cutovers.classic(33, SIZE, Application.healthy()).brisk();
    }

    private static void moved(Cutovers cutovers) {
        cutovers.assertCutOver(cutovers.play(), BLUE);
    }

    private static Rehearsal failing(Cutovers cutovers, String gate) {
        return cutovers.deployment(true)
                .gatekeeper(at -> at.name().equals(gate) ? Optional.of("no") : Optional.empty());
    }

    private static void movedBack(Cutovers cutovers) {
        cutovers.assertAsBefore(cutovers.play(failing(cutovers, "50%")));
    }

    @TestFactory
    Stream<DynamicTest> aCutoverSurvivesACrashAfterEveryCall() {
        return everyCall(BlueGreenCrashTest::dns, BlueGreenCrashTest::moved, Faults::crashAfterCall, 1);
    }

    @TestFactory
    Stream<DynamicTest> aCutoverSurvivesACrashBeforeEveryCall() {
        return everyCall(BlueGreenCrashTest::dns, BlueGreenCrashTest::moved, Faults::crashBeforeCall, 1);
    }

    @TestFactory
    Stream<DynamicTest> aCutoverSurvivesALostAnswerToEveryCall() {
        return everyCall(BlueGreenCrashTest::dns, BlueGreenCrashTest::moved, Faults::loseAnswer, 0);
    }

    @TestFactory
    Stream<DynamicTest> aCutoverOfListenersSurvivesACrashAfterEveryCall() {
        return everyCall(BlueGreenCrashTest::listener, BlueGreenCrashTest::moved, Faults::crashAfterCall, 1);
    }

    @TestFactory
    Stream<DynamicTest> aCutoverOfAClassicBalancerSurvivesACrashAfterEveryCall() {
        return everyCall(BlueGreenCrashTest::classic, BlueGreenCrashTest::moved, Faults::crashAfterCall, 1);
    }

    @TestFactory
    Stream<DynamicTest> theWayBackSurvivesACrashAfterEveryCall() {
        return everyCall(BlueGreenCrashTest::dns, BlueGreenCrashTest::movedBack, Faults::crashAfterCall, 1);
    }

    /** From where nothing but the bridge is behind the old balancer. */
    @TestFactory
    Stream<DynamicTest> theWayBackOverTheBridgeSurvivesACrashAfterEveryCall() {
        return everyCall(
                () -> dns().with("drainQuiet", 600), BlueGreenCrashTest::abortedOnTheBridge, Faults::crashAfterCall, 1);
    }

    private static void abortedOnTheBridge(Cutovers cutovers) {
        cutovers.assertAsBefore(cutovers.playUntil("Bridge: behind", deployment -> deployment.abort("a person")));
    }

    @TestFactory
    Stream<DynamicTest> aWarmCutoverSurvivesACrashAfterEveryCall() {
        return everyCall(() -> dns().with("prewarm", 600), BlueGreenCrashTest::moved, Faults::crashAfterCall, 1);
    }

    @TestFactory
    Stream<DynamicTest> theWayBackSurvivesALostAnswerToEveryCall() {
        return everyCall(BlueGreenCrashTest::dns, BlueGreenCrashTest::movedBack, Faults::loseAnswer, 0);
    }

    @TestFactory
    Stream<DynamicTest> theWayBackOfListenersSurvivesACrashAfterEveryCall() {
        return everyCall(BlueGreenCrashTest::listener, BlueGreenCrashTest::movedBack, Faults::crashAfterCall, 1);
    }

    @TestFactory
    Stream<DynamicTest> theNextCutoverClearsUpAfterAControllerThatWasLostAtAnyCall() {
        return lost(BlueGreenCrashTest::dns, BlueGreenCrashTest::moved, cutovers -> cutovers.deployment(false));
    }

    @TestFactory
    Stream<DynamicTest> theNextCutoverOfListenersClearsUpAfterAControllerThatWasLostAtAnyCall() {
        return lost(BlueGreenCrashTest::listener, BlueGreenCrashTest::moved, cutovers -> cutovers.deployment(false));
    }

    @TestFactory
    Stream<DynamicTest> theNextCutoverClearsUpAfterAControllerThatWasLostOnTheWayBack() {
        return lost(BlueGreenCrashTest::dns, BlueGreenCrashTest::movedBack, cutovers -> failing(cutovers, "50%"));
    }

    private static Stream<DynamicTest> lost(
            Supplier<Cutovers> worlds, Consumer<Cutovers> undisturbed, Function<Cutovers, Rehearsal> first) {
        return calls(worlds, undisturbed).stream()
                .map(call -> DynamicTest.dynamicTest(name(call), () -> {
                    Cutovers cutovers = worlds.get();
                    cutovers.aws.faults().crashAfterCall(call.number());
                    Optional<Outcome> ended = cutovers.play(first.apply(cutovers), () -> false);
                    cutovers.dies(1);
                    cutovers.settle();
                    cutovers.settle();
                    Outcome outcome = cutovers.play();
                    assertTrue(outcome instanceof Outcome.Succeeded, cutovers::story);
                    cutovers.assertCutOver(outcome, (String)
                            ((Outcome.Succeeded) outcome).result().get("group"));
                    assertTrue(ended.isPresent() || cutovers.crashes() == 1, cutovers::story);
                }));
    }

    private interface Fault {
        void at(Faults faults, int call);
    }

    private static String name(Call call) {
        return "call " + call.number() + " " + call.operation();
    }

    /** All that change something, and some of the others. */
    private static List<Call> calls(Supplier<Cutovers> worlds, Consumer<Cutovers> end) {
        Cutovers cutovers = worlds.get();
        int before = cutovers.aws.calls().total();
        end.accept(cutovers);
        List<Call> chosen = new ArrayList<>();
        for (Call call : cutovers.aws.calls().calls()) {
            boolean looks = call.operation().matches("(Describe|List|Get).*");
            if (call.number() > before && (!looks || call.number() % SOME == 0)) {
                chosen.add(call);
            }
        }
        return chosen;
    }

    private static Stream<DynamicTest> everyCall(
            Supplier<Cutovers> worlds, Consumer<Cutovers> end, Fault fault, int crashes) {
        return calls(worlds, end).stream()
                .map(call -> DynamicTest.dynamicTest(name(call), () -> {
                    Cutovers cutovers = worlds.get();
                    fault.at(cutovers.aws.faults(), call.number());
                    end.accept(cutovers);
                    assertEquals(crashes, cutovers.crashes(), cutovers::story);
                }));
    }
}
