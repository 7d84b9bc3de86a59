package io.jenkins.plugins.amideploy.core.rolling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.Faults;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A crash at any call, and an answer lost at any call, ends as the undisturbed deployment does. */
class RollingCrashTest {
    private static final int SIZE = 4;

    private static Stage healthy() {
        return Stage.typical(21, SIZE, Application.healthy())
                .with("batchSize", 2)
                .with("warmup", 20);
    }

    private static Stage rolledBack() {
        Stage stage = Stage.typical(22, SIZE, Application.healthy())
                .with("batchSize", 2)
                .with("checkpoints", "75")
                .gated();
        stage.rehearsal().gatekeeper(gate -> Optional.of("no"));
        return stage;
    }

    @TestFactory
    Stream<DynamicTest> aDeploymentSurvivesACrashAfterEveryCall() {
        return everyCall(RollingCrashTest::healthy, this::deployed, (faults, call) -> faults.crashAfterCall(call), 1);
    }

    @TestFactory
    Stream<DynamicTest> aDeploymentSurvivesACrashBeforeEveryCall() {
        return everyCall(RollingCrashTest::healthy, this::deployed, (faults, call) -> faults.crashBeforeCall(call), 1);
    }

    @TestFactory
    Stream<DynamicTest> aDeploymentSurvivesALostAnswerToEveryCall() {
        return everyCall(RollingCrashTest::healthy, this::deployed, (faults, call) -> faults.loseAnswer(call), 0);
    }

    @TestFactory
    Stream<DynamicTest> theWayBackSurvivesACrashAfterEveryCall() {
        return everyCall(
                RollingCrashTest::rolledBack, this::rolledBack, (faults, call) -> faults.crashAfterCall(call), 1);
    }

    @TestFactory
    Stream<DynamicTest> theWayBackSurvivesACrashBeforeEveryCall() {
        return everyCall(
                RollingCrashTest::rolledBack, this::rolledBack, (faults, call) -> faults.crashBeforeCall(call), 1);
    }

    private interface Fault {
        void at(Faults faults, int call);
    }

    private Stream<DynamicTest> everyCall(Supplier<Stage> stages, Consumer<Stage> end, Fault fault, int crashes) {
        Stage undisturbed = stages.get();
        end.accept(undisturbed);
        int calls = undisturbed.aws.calls().total();
        return IntStream.rangeClosed(1, calls)
                .mapToObj(call -> DynamicTest.dynamicTest("call " + call, () -> {
                    Stage stage = stages.get();
                    fault.at(stage.aws.faults(), call);
                    end.accept(stage);
                    // After the fault the run is another one, and its last calls may be fewer.
                    assertTrue(stage.crashes() == crashes || call > calls - 10, stage::story);
                }));
    }

    private void deployed(Stage stage) {
        Outcome outcome = stage.play();
        stage.assertDeployed(outcome);
        stage.assertFloorHeld(SIZE);
        assertEquals(SIZE, ((Outcome.Succeeded) outcome).result().get("replaced"), stage::story);
    }

    private void rolledBack(Stage stage) {
        stage.assertRolledBack(stage.play());
        stage.assertFloorHeld(SIZE);
    }
}
