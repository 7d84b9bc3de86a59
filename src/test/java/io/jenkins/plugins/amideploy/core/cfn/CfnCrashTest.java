package io.jenkins.plugins.amideploy.core.cfn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.Faults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A crash at any call, and an answer lost at any call, ends as the undisturbed deployment does, and says the same. */
class CfnCrashTest {
    private static Stage healthy() {
        return Stage.typical(51, Application.healthy());
    }

    private static Stage dead() {
        return Stage.typical(52, Application.neverHealthy());
    }

    private static Stage gateFails() {
        Stage stage = Stage.typical(53, Application.healthy()).gated();
        stage.rehearsal().gatekeeper(gate -> Optional.of("no"));
        return stage;
    }

    private static Stage createdAnew() {
        Stage stage = Stage.empty(54, Application.neverHealthy());
        stage.create(Templates.web(Templates.ROLLING + CreateTest.SIGNALS, Templates.FROM_TEMPLATE), stage.newImage);
        assertEquals("ROLLBACK_COMPLETE", stage.status());
        return stage.with("onMissing", "create")
                .with("ami", stage.oldImage)
                .with("template", Templates.web(Templates.ROLLING + CreateTest.SIGNALS, Templates.FROM_TEMPLATE));
    }

    private static Stage aborted() {
        Stage stage = Stage.typical(55, Application.healthy());
        return stage.abortedWhen(() -> stage.told("2/6"));
    }

    private static Stage nested() {
        Stage stage = Stage.empty(56, Application.healthy());
        stage.aws.stacks().template("https://templates/web.yaml", Templates.web());
        stage.create(Templates.around("https://templates/web.yaml"), stage.oldImage);
        return stage;
    }

    private static Stage planOfNew() {
        return Stage.empty(57, Application.healthy())
                .with("onMissing", "create")
                .with("plan", true)
                .with("template", Templates.web());
    }

    private interface Fault {
        void at(Faults faults, int call);
    }

    private static final Map<String, Fault> FAULTS = Map.of(
            "crash before", Faults::crashBeforeCall,
            "crash after", Faults::crashAfterCall,
            "lost answer", Faults::loseAnswer);

    @TestFactory
    Stream<DynamicTest> anUpdateSurvives() {
        return everyCall(CfnCrashTest::healthy, stage -> {
            stage.succeeds();
            stage.assertDeployed();
        });
    }

    @TestFactory
    Stream<DynamicTest> aRollbackSurvives() {
        return everyCall(CfnCrashTest::dead, stage -> {
            assertTrue(stage.fails().message().contains("Received 0 SUCCESS signal(s)"));
            stage.assertRolledBack();
        });
    }

    @TestFactory
    Stream<DynamicTest> aGateThatFailsSurvives() {
        return everyCall(CfnCrashTest::gateFails, stage -> {
            stage.fails();
            stage.assertUntouched();
        });
    }

    @TestFactory
    Stream<DynamicTest> aCreateInPlaceOfAFailedOneSurvives() {
        return everyCall(CfnCrashTest::createdAnew, stage -> {
            stage.succeeds();
            stage.settle();
            assertEquals("CREATE_COMPLETE", stage.status(), stage::story);
        });
    }

    @TestFactory
    Stream<DynamicTest> anAbortSurvives() {
        return everyCall(CfnCrashTest::aborted, stage -> {
            stage.fails();
            stage.assertRolledBack();
        });
    }

    @TestFactory
    Stream<DynamicTest> nestedStacksSurvive() {
        return everyCall(CfnCrashTest::nested, stage -> {
            stage.succeeds();
            stage.assertDeployed();
        });
    }

    @TestFactory
    Stream<DynamicTest> aPlanOfANewStackSurvives() {
        return everyCall(CfnCrashTest::planOfNew, stage -> {
            stage.succeeds();
            stage.settle();
            assertEquals(Optional.empty(), stage.stack(), stage::story);
        });
    }

    private static Stream<DynamicTest> everyCall(Supplier<Stage> stages, Consumer<Stage> end) {
        Stage undisturbed = stages.get();
        end.accept(undisturbed);
        int calls = undisturbed.aws.calls().total();
        List<String> words = essence(undisturbed);
        return FAULTS.entrySet().stream()
                .flatMap(fault -> IntStream.rangeClosed(1, calls)
                        .mapToObj(call -> DynamicTest.dynamicTest(fault.getKey() + " call " + call, () -> {
                            Stage stage = stages.get();
                            fault.getValue().at(stage.aws.faults(), call);
                            end.accept(stage);
                            assertEquals(words, essence(stage), stage::story);
                        })));
    }

    /** What was said, each once; only ids, names, times and the order of what happened together may differ. */
    private static List<String> essence(Stage stage) {
        return stage.words().stream()
                .map(line -> line.replaceAll("i-[0-9a-f]{17}", "i-").replaceAll("-[0-9a-f]{16}", "-"))
                .map(line -> line.replaceAll("\\[i-(,i-)*]", "[i-]").replaceFirst("^ +(\\d+/\\d+ )?", ""))
                .sorted()
                .toList();
    }

    @Test
    void aRestartBetweenAnyTwoTicksIsNotSeen() {
        Stage undisturbed = nested();
        undisturbed.play();
        Stage restarted = nested();
        Optional<Outcome> outcome = Optional.empty();
        while (outcome.isEmpty()) {
            outcome = restarted.rehearsal().step(restarted.rehearsal().deployment());
        }
        assertEquals(undisturbed.console, restarted.console);
    }

    @Test
    void whatIsKeptBetweenTicksIsSmall() {
        Stage stage = nested();
        int largest = 0;
        while (stage.rehearsal().step(stage.deployment()).isEmpty()) {
            largest = Math.max(largest, stage.rehearsal().saved().toString().length());
        }
        int characters = largest;
        assertTrue(characters < 4 * 1024, () -> characters + " characters");
    }

    @Test
    void lookingIsSeldomAndCostsTheSameHoweverLongItTakes() {
        Stage stage = Stage.typical(58, Application.bootsSlowly(Duration.ofMinutes(8)));
        long seconds = (Long) stage.succeeds().get("seconds");
        int calls = stage.aws.calls().total();
        assertTrue(calls < 30 + seconds / 10, () -> calls + " calls in " + seconds + " s");
    }

    /** The only group pauses for ten minutes after each batch, and nobody looks all the time. */
    @Test
    void nobodyLooksWhileNothingCanHaveHappened() {
        Stage stage = Stage.with(
                59,
                Application.healthy(),
                Templates.web(
                        Templates.ROLLING.replace("WaitOnResourceSignals: true", "SuspendProcesses: []"),
                        Templates.FROM_TEMPLATE));
        long seconds = (Long) stage.succeeds().get("seconds");
        int calls = stage.aws.calls().total();
        assertTrue(seconds > 1800, () -> seconds + " s");
        assertTrue(calls < 60 + seconds / 25, () -> calls + " calls in " + seconds + " s");
    }
}
