package io.jenkins.plugins.amideploy.core.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.simulator.Faults;
import io.jenkins.plugins.amideploy.core.simulator.Leftover;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedCrash;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A crash at any call, and an answer lost at any call, ends as the undisturbed build does. */
class BuildCrashTest {
    private static BuildStage everything() {
        return BuildStage.of(41)
                .gated()
                .with("userData", "#!/bin/sh\ntrue")
                .with("commands", "true")
                .with("copyTo", "eu-central-1")
                .with("shareWith", "111122223333")
                .with("deprecateAfter", 9)
                .with("keep", 1);
    }

    private static BuildStage failing() {
        return BuildStage.of(42).gated(gate -> Optional.of("no")).with("copyTo", "eu-central-1");
    }

    /** The image is there already when the copy fails. */
    private static BuildStage failingLate() {
        BuildStage stage = BuildStage.of(43).gated().with("copyTo", "eu-central-1");
        stage.aws.region("eu-central-1").faults().failCopy("The key is disabled");
        return stage;
    }

    private interface Fault {
        void at(Faults faults, int call);
    }

    private static final Fault AFTER = (faults, call) -> faults.crashAfterCall(call);
    private static final Fault BEFORE = (faults, call) -> faults.crashBeforeCall(call);
    private static final Fault LOST = (faults, call) -> faults.loseAnswer(call);

    @TestFactory
    Stream<DynamicTest> aBuildSurvivesACrashAfterEveryCall() {
        return everyCall(BuildCrashTest::everything, this::built, AFTER, 1);
    }

    @TestFactory
    Stream<DynamicTest> aBuildSurvivesACrashBeforeEveryCall() {
        return everyCall(BuildCrashTest::everything, this::built, BEFORE, 1);
    }

    @TestFactory
    Stream<DynamicTest> aBuildSurvivesALostAnswerToEveryCall() {
        return everyCall(BuildCrashTest::everything, this::built, LOST, 0);
    }

    @TestFactory
    Stream<DynamicTest> cleaningUpSurvivesACrashAfterEveryCall() {
        return everyCall(BuildCrashTest::failing, stage -> stage.fails("no"), AFTER, 1);
    }

    @TestFactory
    Stream<DynamicTest> cleaningUpSurvivesACrashBeforeEveryCall() {
        return everyCall(BuildCrashTest::failing, stage -> stage.fails("no"), BEFORE, 1);
    }

    @TestFactory
    Stream<DynamicTest> removingImagesSurvivesACrashAfterEveryCall() {
        return everyCall(BuildCrashTest::failingLate, stage -> stage.fails("The key is disabled"), AFTER, 1);
    }

    @TestFactory
    Stream<DynamicTest> removingImagesSurvivesALostAnswerToEveryCall() {
        return everyCall(BuildCrashTest::failingLate, stage -> stage.fails("The key is disabled"), LOST, 0);
    }

    @TestFactory
    Stream<DynamicTest> anAbortAfterEveryCallLeavesNothing() {
        BuildStage undisturbed = everything();
        built(undisturbed);
        int calls = undisturbed.aws.calls().total();
        return IntStream.rangeClosed(1, calls)
                .mapToObj(call -> DynamicTest.dynamicTest("call " + call, () -> {
                    BuildStage stage = everything();
                    stage.until(() -> stage.aws.calls().total() >= call);
                    boolean finished = stage.saved().containsKey("finished");
                    stage.deployment().abort("Aborted by alice");
                    if (finished) {
                        stage.succeeds();
                    } else {
                        stage.fails("Aborted by alice");
                    }
                }));
    }

    /** The controller's disk is lost: nothing is known any more but the tags. */
    @TestFactory
    Stream<DynamicTest> theSweeperLeavesNothingOfAControllerThatLostItsDisk() {
        BuildStage undisturbed = everything();
        built(undisturbed);
        int calls = undisturbed.aws.calls().total();
        return IntStream.rangeClosed(1, calls)
                .mapToObj(call -> DynamicTest.dynamicTest("call " + call, () -> {
                    BuildStage stage = everything();
                    stage.aws.faults().crashAfterCall(call);
                    stage.until(() -> stage.crashes() > 0);
                    List<String> lines = stage.sweep();
                    Set<String> good = stage.left().stream()
                            .filter(one -> one.kind().equals("image"))
                            .filter(one -> finished(stage, one))
                            .map(Leftover::id)
                            .collect(Collectors.toCollection(TreeSet::new));
                    assertTrue(good.isEmpty() || good.size() == 2, () -> good + "\n" + lines + "\n" + stage.story());
                    stage.assertNothingElseIsLeft(good);
                }));
    }

    /** The sweeper itself dies at each of its calls. */
    @TestFactory
    Stream<DynamicTest> aSweepThatIsCutOffIsRepeated() {
        return IntStream.rangeClosed(1, 30)
                .mapToObj(call -> DynamicTest.dynamicTest("call " + call, () -> {
                    BuildStage stage = everything();
                    stage.until(() -> stage.saved().containsKey("copy.eu-central-1"));
                    stage.aws.faults().crashAfterCall(stage.aws.calls().total() + call);
                    try {
                        stage.sweep();
                    } catch (SimulatedCrash crash) {
                        stage.console.add("--- crash of the sweeper");
                    }
                    stage.sweep();
                    stage.assertNothingElseIsLeft(Set.of());
                }));
    }

    private static boolean finished(BuildStage stage, Leftover image) {
        return Tags.map(stage.shown(image.region(), image.id()).tags()).containsKey(Tags.INPUTS);
    }

    private Stream<DynamicTest> everyCall(
            Supplier<BuildStage> stages, Consumer<BuildStage> end, Fault fault, int crashes) {
        BuildStage undisturbed = stages.get();
        end.accept(undisturbed);
        int calls = undisturbed.aws.calls().total();
        return IntStream.rangeClosed(1, calls)
                .mapToObj(call -> DynamicTest.dynamicTest("call " + call, () -> {
                    BuildStage stage = stages.get();
                    fault.at(stage.aws.faults(), call);
                    end.accept(stage);
                    // After the fault the run is another one, and its last calls may be fewer.
                    assertTrue(stage.crashes() == crashes || call > calls - 12, stage::story);
                }));
    }

    private void built(BuildStage stage) {
        Map<String, Object> result = stage.succeeds();
        assertEquals(2, BuildStage.images(result).size(), stage::story);
        List<String> commands = stage.aws.calls().calls().stream()
                .filter(call -> call.outcome().equals("OK"))
                .map(call -> call.operation())
                .toList();
        assertTrue(Collections.frequency(commands, "SendCommand") <= 2, stage::story);
    }
}
