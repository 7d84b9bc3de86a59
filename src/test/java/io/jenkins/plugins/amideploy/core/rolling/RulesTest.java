package io.jenkins.plugins.amideploy.core.rolling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Deployment;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.CallLog;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Promises of the engine that no single story shows. */
class RulesTest {
    private static Stage stage(int size) {
        return Stage.typical(61, size, Application.healthy())
                .with("batchSize", 2)
                .with("warmup", 20);
    }

    /** Nothing that decides or speaks is in memory alone, so a restart is not even seen in the console. */
    @Test
    void aRestartBetweenAnyTwoTicksIsNotSeen() {
        Stage undisturbed = stage(6);
        undisturbed.assertDeployed(undisturbed.play());
        Stage restarted = stage(6);
        Optional<Outcome> outcome = Optional.empty();
        while (outcome.isEmpty()) {
            outcome = restarted.rehearsal().step(restarted.rehearsal().deployment());
        }
        assertEquals(undisturbed.console, restarted.console);
    }

    @Test
    void eachChangeIsSaidOnce() {
        Stage stage = stage(8);
        stage.play();
        List<String> changes = stage.console.stream()
                .map(line -> line.substring(18))
                .filter(line -> line.startsWith("i-"))
                .map(line -> line.replaceFirst(" after .*", ""))
                .toList();
        assertEquals(changes.stream().distinct().toList(), changes);
        assertTrue(changes.size() >= 8 * 3, stage::story);
    }

    @Test
    void lookingCostsTheSameInALargeGroupAsInASmallOne() {
        assertEquals(mostReadsInATick(4), mostReadsInATick(60));
    }

    /** The preflight aside, which reads each instance's image once. */
    private static long mostReadsInATick(int size) {
        Stage stage = stage(size);
        Deployment deployment = stage.rehearsal().deployment();
        long most = 0;
        Optional<Outcome> outcome = Optional.empty();
        for (int tick = 0; outcome.isEmpty(); tick++) {
            stage.aws.calls().reset();
            outcome = stage.rehearsal().step(deployment);
            long reads = stage.aws.calls().calls().stream()
                    .map(CallLog.Call::operation)
                    .filter(operation -> operation.startsWith("Describe"))
                    .count();
            most = tick == 0 ? most : Math.max(most, reads);
        }
        return most;
    }

    /** 16 KiB for each of a thousand deployments; what is saved is most of it. */
    @Test
    void whatIsKeptBetweenTicksIsSmall() {
        Stage stage = stage(20);
        Deployment deployment = stage.rehearsal().deployment();
        int largest = 0;
        while (stage.rehearsal().step(deployment).isEmpty()) {
            largest = Math.max(largest, stage.rehearsal().saved().toString().length());
        }
        int characters = largest;
        assertTrue(characters < 4 * 1024, () -> characters + " characters");
    }
}
