package io.jenkins.plugins.amideploy.core.rolling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Deployment;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.deployment.RestoreGroup;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedCrash;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A controller is lost in the middle of a deployment; another one has only the group and its tags. */
class RestoreTest {
    private static final int SIZE = 5;

    private static Stage stage() {
        return Stage.typical(41, SIZE, Application.healthy()).with("batchSize", 2);
    }

    private static Outcome restore(Stage stage, boolean force) {
        return new Rehearsal(
                        stage.aws,
                        new RestoreGroup(Stage.GROUP, force),
                        new Owner("https://new.example.org/", "restore 1", "r1"),
                        event -> stage.console.add(event.format(ZoneOffset.UTC)))
                .play();
    }

    /** Dies for good at that call. */
    private static void die(Stage stage, int call) {
        stage.aws.faults().crashAfterCall(call);
        Deployment deployment = stage.rehearsal().deployment();
        try {
            stage.rehearsal().play(deployment);
        } catch (SimulatedCrash crash) {
            stage.console.add("--- the controller is lost");
        }
        stage.aws.clock().advance(Duration.ofMinutes(30));
    }

    @TestFactory
    Stream<DynamicTest> theTagsAloneGiveTheGroupItsSizesBackWheneverTheControllerIsLost() {
        Stage undisturbed = stage();
        undisturbed.play();
        int calls = undisturbed.aws.calls().total();
        return IntStream.rangeClosed(1, calls)
                .mapToObj(call -> DynamicTest.dynamicTest("call " + call, () -> {
                    Stage stage = stage();
                    die(stage, call);
                    assertInstanceOf(Outcome.Succeeded.class, restore(stage, true), stage::story);
                    stage.assertSizesAndTags();
                    stage.assertFloorHeld(SIZE);
                }));
    }

    @Test
    void whatOthersChangedMeanwhileStands() {
        Stage stage = stage();
        die(stage, 40);
        int enlarged = stage.group().desiredCapacity();
        assertTrue(enlarged > SIZE, stage::story);
        stage.aws
                .operator()
                .autoScaling()
                .updateAutoScalingGroup(
                        r -> r.autoScalingGroupName(Stage.GROUP).maxSize(20).desiredCapacity(enlarged + 3));
        stage.aws.clock().advance(Duration.ofMinutes(10));
        restore(stage, true);
        stage.aws.clock().advance(Duration.ofSeconds(5));
        assertEquals(SIZE + 3, stage.group().desiredCapacity(), stage::story);
    }

    @Test
    void withoutForceTheLeaseOfAnotherControllerIsRespected() {
        Stage stage = stage();
        die(stage, 40);
        Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, restore(stage, false));
        assertTrue(failed.message().contains("web/deploy 1 on https://ci.example.org/"), failed.message());
    }

    @Test
    void aGroupThatNobodyDeploysToIsLeftAlone() {
        Stage stage = stage();
        Outcome outcome = restore(stage, false);
        assertEquals(false, ((Outcome.Succeeded) outcome).result().get("restored"));
        assertEquals(1, stage.aws.calls().total());
    }

    @Test
    void theNextDeploymentRestoresTheGroupFirstAndThenDeploys() {
        Stage stage = stage();
        die(stage, 60);
        Rehearsal next = stage.rehearsal("d2", "web/deploy 2")
                .over(owner -> owner.deployment().equals("d1"));
        Outcome outcome = next.play();
        assertTrue(stage.story().contains("its lease is taken over")
                || stage.story().contains("Its lease is taken over"));
        assertInstanceOf(Outcome.Succeeded.class, outcome, stage::story);
        assertEquals(java.util.Set.of(stage.newImage), stage.images());
        stage.assertSizesAndTags();
        stage.assertFloorHeld(SIZE);
    }

    @Test
    void aLeaseThatIsLostIsLetGoOf() {
        Stage stage = stage();
        Deployment first = stage.rehearsal().deployment();
        Optional<Outcome> outcome = Optional.empty();
        for (int i = 0; i < 25; i++) {
            stage.rehearsal().step(first);
        }
        restore(stage, true);
        while (outcome.isEmpty()) {
            outcome = stage.rehearsal().step(first);
        }
        assertInstanceOf(Outcome.Failed.class, outcome.get());
        stage.aws.clock().advance(Duration.ofSeconds(5));
        assertEquals(SIZE, stage.group().desiredCapacity(), stage::story);
    }
}
