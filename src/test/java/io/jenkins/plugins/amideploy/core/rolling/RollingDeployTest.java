package io.jenkins.plugins.amideploy.core.rolling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Deployment;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.Behaviour;
import io.jenkins.plugins.amideploy.core.simulator.GroupSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rolling deployment as a story, on a simulated AWS. */
class RollingDeployTest {
    private static Outcome.Failed failed(Outcome outcome) {
        return assertInstanceOf(Outcome.Failed.class, outcome);
    }

    @Test
    void replacesEveryInstanceAndLeavesTheSizesAsTheyWere() {
        Stage stage =
                Stage.typical(1, 6, Application.healthy()).with("batchSize", 2).with("warmup", 30);
        Outcome outcome = stage.play();
        stage.assertDeployed(outcome);
        stage.assertFloorHeld(6);
        Map<String, Object> result = ((Outcome.Succeeded) outcome).result();
        assertEquals(6, result.get("replaced"));
        assertEquals("2", result.get("version"));
    }

    @ParameterizedTest
    @EnumSource(GroupSpec.Source.class)
    void groupsOfEveryKindAreDeployedTo(GroupSpec.Source source) {
        Stage stage = Stage.of(
                2,
                Behaviour.typical(),
                Application.healthy(),
                spec -> spec.sizes(2, 4, 8).source(source));
        stage.assertDeployed(stage.play());
    }

    @ParameterizedTest
    @EnumSource(GroupSpec.Source.class)
    void groupsOfEveryKindAreRolledBack(GroupSpec.Source source) {
        Stage stage = Stage.of(
                2,
                Behaviour.typical(),
                Application.dyingDuringBoot(),
                spec -> spec.sizes(2, 4, 8).source(source));
        stage.assertRolledBack(stage.play());
        stage.assertFloorHeld(4);
    }

    @Test
    void aGroupThatFollowsTheLatestVersionFollowsItAgainAfterTheWayBack() {
        Stage stage = Stage.of(
                        3,
                        Behaviour.typical(),
                        Application.neverHealthy(),
                        spec -> spec.version("$Latest").healthCheck("ELB", Duration.ofHours(1)))
                .gated();
        stage.rehearsal().gatekeeper(gate -> Optional.of("smoke test failed"));
        stage.assertRolledBack(stage.play());
    }

    @Test
    void anImageThatNeverServesIsRolledBackUnderTheFloor() {
        Stage stage = Stage.typical(4, 5, Application.neverHealthy())
                .with("batchSize", 3)
                .with("healthTimeout", 300);
        Outcome outcome = stage.play();
        stage.assertRolledBack(outcome);
        stage.assertFloorHeld(5);
        assertTrue(
                failed(outcome).message().contains("Health checks failed"),
                () -> failed(outcome).message());
    }

    @Test
    void aFailedGateAfterTheLastInstanceRollsTheFormerImageBackIn() {
        Stage stage =
                Stage.typical(5, 4, Application.healthy()).with("batchSize", 2).gated();
        stage.rehearsal().gatekeeper(gate -> Optional.of("smoke test failed"));
        Outcome outcome = stage.play();
        stage.assertRolledBack(outcome);
        stage.assertFloorHeld(4);
        assertEquals(Trouble.Kind.GATE_FAILED, failed(outcome).trouble().kind());
    }

    @Test
    void theBlockRunsAtEachCheckpointAndNoMoreInstancesAreExposedThanIt() {
        Stage stage = Stage.typical(6, 10, Application.healthy())
                .with("batchSize", 4)
                .with("checkpoints", "10,50")
                .gated();
        List<String> gates = new ArrayList<>();
        List<Long> exposed = new ArrayList<>();
        stage.rehearsal().gatekeeper(gate -> {
            gates.add(gate.name());
            exposed.add((long) gate.environment().get("AMI_DEPLOY_INSTANCE_IDS").split(" ").length);
            return Optional.empty();
        });
        stage.assertDeployed(stage.play());
        assertEquals(List.of("10%", "50%"), gates);
        assertEquals(List.of(1L, 5L), exposed);
        stage.assertFloorHeld(10);
    }

    @Test
    void belowAHundredPercentOldInstancesMayGoFirst() {
        Stage stage =
                Stage.typical(7, 10, Application.healthy()).with("batchSize", 3).with("minHealthyPercentage", 70);
        stage.assertDeployed(stage.play());
        stage.assertFloorHeld(7);
        assertEquals(10, stage.aws.watch(Stage.GROUP).minimum() + 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7})
    void theZonesEndEven(int batchSize) {
        Stage stage = Stage.typical(30 + batchSize, 14, Application.healthy()).with("batchSize", batchSize);
        stage.assertDeployed(stage.play());
        stage.aws.clock().advance(Duration.ofMinutes(1)); // EC2 shuts down those that have drained
        Map<String, Long> zones = stage.group().instances().stream()
                .collect(Collectors.groupingBy(i -> i.availabilityZone(), Collectors.counting()));
        assertEquals(Set.of(4L, 5L), Set.copyOf(zones.values()), () -> zones + "\n" + stage.story());
    }

    @Test
    void stopLeavesTheMixAndRestoresTheSizes() {
        Stage stage = Stage.typical(8, 6, Application.healthy())
                .with("batchSize", 2)
                .with("checkpoints", "50")
                .with("onFailure", "stop")
                .gated();
        stage.rehearsal().gatekeeper(gate -> Optional.of("not good enough"));
        Outcome outcome = stage.play();
        assertEquals(Set.of(stage.oldImage, stage.newImage), stage.images());
        stage.assertRestored();
        assertTrue(
                failed(outcome).message().contains("It is a mix"),
                () -> failed(outcome).message());
    }

    @Test
    void whatRunsTheImageAlreadyIsSkipped() {
        Stage stage = Stage.typical(9, 3, Application.healthy());
        stage.assertDeployed(stage.play());
        int calls = stage.aws.calls().total();
        Outcome outcome = stage.rehearsal("d2", "web/deploy 2").play();
        assertEquals(3, ((Outcome.Succeeded) outcome).result().get("skipped"));
        assertEquals(0, ((Outcome.Succeeded) outcome).result().get("replaced"));
        assertTrue(stage.aws.calls().total() - calls < 10);
    }

    @Test
    void anAbortRollsBack() {
        Stage stage = Stage.typical(10, 6, Application.healthy()).with("batchSize", 2);
        Deployment deployment = stage.rehearsal().deployment();
        while (stage.rehearsal().step(deployment).isEmpty()) {
            if (stage.images().contains(stage.newImage) && stage.story().contains("terminating")) {
                deployment.abort("Aborted by admin");
                break;
            }
        }
        Outcome outcome = stage.rehearsal().play(deployment);
        stage.assertRolledBack(outcome);
        stage.assertFloorHeld(6);
    }

    @Test
    void aSecondDeploymentToTheSameGroupFailsAtOnceAndNamesTheFirst() {
        Stage stage = Stage.typical(11, 4, Application.healthy());
        Deployment first = stage.rehearsal().deployment();
        for (int i = 0; i < 8; i++) {
            stage.rehearsal().step(first);
        }
        Outcome second = stage.rehearsal("d2", "web/deploy 2").play();
        assertTrue(failed(second).message().contains("web/deploy 1 on https://ci.example.org/"));
        assertTrue(failed(second).message().contains("Nothing was changed."));
        stage.assertDeployed(stage.rehearsal().play(first));
    }

    @Test
    void everythingInTheWayIsToldAtOnceAndNothingIsChanged() {
        Stage stage = Stage.typical(12, 4, Application.healthy());
        stage.with("ami", "ami-0000000000000dead")
                .with("batchSize", 9)
                .with("warmup", "-1")
                .with("alarms", "no-such");
        stage.aws
                .operator()
                .autoScaling()
                .suspendProcesses(r -> r.autoScalingGroupName(Stage.GROUP).scalingProcesses("Launch"));
        stage.aws.clock().advance(Duration.ofSeconds(5));
        String message = failed(stage.play()).message();
        for (String word :
                List.of("ami-0000000000000dead", "batchSize: 9", "warmup", "no-such", "Launch is suspended")) {
            assertTrue(message.contains(word), () -> word + " is not in:\n" + message);
        }
        assertTrue(message.endsWith("Nothing was changed."), message);
    }
}
