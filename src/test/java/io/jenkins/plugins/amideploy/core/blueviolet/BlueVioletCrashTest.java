package io.jenkins.plugins.amideploy.core.blueviolet;

import static io.jenkins.plugins.amideploy.core.blueviolet.Twins.BLUE;
import static io.jenkins.plugins.amideploy.core.blueviolet.Twins.VIOLET;
import static io.jenkins.plugins.amideploy.core.blueviolet.Twins.WEB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.Faults;
import io.jenkins.plugins.amideploy.core.simulator.GroupSpec;
import io.jenkins.plugins.amideploy.core.simulator.HookSpec;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A crash at any call, and an answer lost at any call, ends as the undisturbed deployment does; and where the controller
 * never comes back, the next one's first deployment clears up.
 */
class BlueVioletCrashTest {
    private static final int SIZE = 2;

    /** With a tracked metric, an alarm of the operator's, and a hook that holds what terminates. */
    private static Twins twins(String source) {
        Twins twins = Twins.typical(31, SIZE, Application.healthy(), spec -> {
            spec.hook(HookSpec.terminating("drain", Duration.ofSeconds(20))
                            .withHeartbeat(Duration.ofSeconds(30), "CONTINUE"))
                    .targetTrackingPolicy("cpu50");
            return source.equals("configuration")
                    ? spec.source(GroupSpec.Source.LAUNCH_CONFIGURATION)
                    : spec.version(source);
        });
        twins.stepPolicy(Twins.WEB, "busy");
        twins.begin(SIZE);
        return twins.with("warmup", 20);
    }

    private static Twins forward() {
        return twins("$Latest");
    }

    private static void deployed(Twins twins) {
        twins.assertDeployed(twins.play(), BLUE, SIZE);
        twins.assertFloorHeld();
    }

    private static void undone(Twins twins) {
        Rehearsal rehearsal = twins.deployment(true).gatekeeper(gate -> Optional.of("no"));
        twins.assertAsBefore(twins.play(rehearsal), SIZE);
        twins.assertFloorHeld();
    }

    private static void keptAsStandby(Twins twins) {
        Outcome outcome = twins.with("keepOld", "standby").play();
        twins.settle();
        assertTrue(outcome instanceof Outcome.Succeeded, twins::story);
        twins.assertServes(BLUE, twins.newImage, SIZE);
        assertEquals(0, twins.show(WEB).maxSize(), twins::story);
        twins.assertFloorHeld();
    }

    @TestFactory
    Stream<DynamicTest> aDeploymentSurvivesACrashAfterEveryCall() {
        return everyCall(BlueVioletCrashTest::forward, BlueVioletCrashTest::deployed, Faults::crashAfterCall, 1);
    }

    @TestFactory
    Stream<DynamicTest> aDeploymentOfALaunchConfigurationSurvivesACrashAfterEveryCall() {
        return everyCall(() -> twins("configuration"), BlueVioletCrashTest::deployed, Faults::crashAfterCall, 1);
    }

    @TestFactory
    Stream<DynamicTest> aDeploymentSurvivesACrashBeforeEveryCall() {
        return everyCall(BlueVioletCrashTest::forward, BlueVioletCrashTest::deployed, Faults::crashBeforeCall, 1);
    }

    @TestFactory
    Stream<DynamicTest> aDeploymentSurvivesALostAnswerToEveryCall() {
        return everyCall(BlueVioletCrashTest::forward, BlueVioletCrashTest::deployed, Faults::loseAnswer, 0);
    }

    @TestFactory
    Stream<DynamicTest> theWayBackSurvivesACrashAfterEveryCall() {
        return everyCall(BlueVioletCrashTest::forward, BlueVioletCrashTest::undone, Faults::crashAfterCall, 1);
    }

    @TestFactory
    Stream<DynamicTest> theWayBackSurvivesACrashBeforeEveryCall() {
        return everyCall(() -> twins("1"), BlueVioletCrashTest::undone, Faults::crashBeforeCall, 1);
    }

    @TestFactory
    Stream<DynamicTest> theWayBackSurvivesALostAnswerToEveryCall() {
        return everyCall(() -> twins("configuration"), BlueVioletCrashTest::undone, Faults::loseAnswer, 0);
    }

    @TestFactory
    Stream<DynamicTest> aStandbySurvivesACrashAfterEveryCall() {
        return everyCall(BlueVioletCrashTest::forward, BlueVioletCrashTest::keptAsStandby, Faults::crashAfterCall, 1);
    }

    /** Whatever the dead controller left, the first deployment of another finishes or undoes, and then does its own. */
    @TestFactory
    Stream<DynamicTest> theNextDeploymentClearsUpAfterAControllerThatWasLostAtAnyCall() {
        return lost(forwardCalls(), (twins, call) -> {
            twins.aws.faults().crashAfterCall(call);
            return twins.play(twins.deployment(false), () -> false);
        });
    }

    @TestFactory
    Stream<DynamicTest> theNextDeploymentClearsUpAfterAControllerThatWasLostOnTheWayBack() {
        Twins undisturbed = forward();
        undone(undisturbed);
        return lost(undisturbed.aws.calls().total(), (twins, call) -> {
            twins.aws.faults().crashAfterCall(call);
            return twins.play(twins.deployment(true).gatekeeper(gate -> Optional.of("no")), () -> false);
        });
    }

    private static int forwardCalls() {
        Twins undisturbed = forward();
        deployed(undisturbed);
        return undisturbed.aws.calls().total();
    }

    private static Stream<DynamicTest> lost(int calls, BiFunction<Twins, Integer, Optional<Outcome>> first) {
        return IntStream.rangeClosed(1, calls)
                .mapToObj(call -> DynamicTest.dynamicTest("call " + call, () -> {
                    Twins twins = forward();
                    Optional<Outcome> ended = first.apply(twins, call);
                    twins.dies(1);
                    twins.settle();
                    twins.settle();
                    Outcome outcome = twins.play();
                    twins.settle();
                    assertTrue(outcome instanceof Outcome.Succeeded, twins::story);
                    String live =
                            (String) ((Outcome.Succeeded) outcome).result().get("group");
                    twins.assertDeployed(outcome, live, SIZE);
                    twins.assertFloorHeld();
                    assertTrue(ended.isPresent() || twins.crashes() == 1, twins::story);
                    assertTrue(live.equals(BLUE) || live.equals(VIOLET), live);
                }));
    }

    private interface Fault {
        void at(Faults faults, int call);
    }

    private static Stream<DynamicTest> everyCall(
            Supplier<Twins> worlds, Consumer<Twins> end, Fault fault, int crashes) {
        Twins undisturbed = worlds.get();
        end.accept(undisturbed);
        int calls = undisturbed.aws.calls().total();
        return IntStream.rangeClosed(1, calls)
                .mapToObj(call -> DynamicTest.dynamicTest("call " + call, () -> {
                    Twins twins = worlds.get();
                    fault.at(twins.aws.faults(), call);
                    end.accept(twins);
                    // After the fault the run is another one, and its last calls may be fewer.
                    assertTrue(twins.crashes() == crashes || call > calls - 10, twins::story);
                }));
    }
}
