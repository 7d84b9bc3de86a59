package io.jenkins.plugins.amideploy.core.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.blueviolet.BlueVioletDeploy;
import io.jenkins.plugins.amideploy.core.deployment.Deployment;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.deployment.Procedure;
import io.jenkins.plugins.amideploy.core.deployment.Sight.Side;
import io.jenkins.plugins.amideploy.core.deployment.Sight.State;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.rolling.RollingDeploy;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.Behaviour;
import io.jenkins.plugins.amideploy.core.simulator.GroupSpec;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedAws;
import io.jenkins.plugins.amideploy.core.simulator.TargetGroupSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories of deployments that are played on the simulator. */
class PlayedHistoryTest {
    private static final int SIZE = 6;

    private SimulatedAws aws;
    private String bad;
    private final Map<String, String> parameters = new HashMap<>();

    private void begin(long seed) {
        aws = new SimulatedAws(seed, Behaviour.typical());
        String old = aws.registerImage("web 1", "x86_64", Application.healthy());
        bad = aws.registerImage("web 3", "x86_64", Application.neverHealthy());
        parameters.put("group", "web");
        parameters.put("ami", aws.registerImage("web 2", "x86_64", Application.healthy()));
        aws.createGroup(GroupSpec.of("web", old)
                .sizes(2, SIZE, SIZE + 2)
                .zones("eu-west-1a", "eu-west-1b")
                .targetGroup(aws.createTargetGroup(
                        TargetGroupSpec.named("web").withDeregistrationDelay(Duration.ofSeconds(60)))));
    }

    private Rehearsal rehearsal(Procedure procedure) {
        return new Rehearsal(aws, procedure, new Owner("c", "b", "d"), event -> {}).noting();
    }

    private static List<Life> of(History history, Side side) {
        return history.lives().stream().filter(life -> life.side() == side).toList();
    }

    private static Set<State> latest(List<Life> lives) {
        return lives.stream().map(life -> life.latest().state()).collect(Collectors.toSet());
    }

    private static int serving(History history, Instant at) {
        return history.count(
                at, (life, span) -> Set.of(State.IN_SERVICE, State.WARMING).contains(span.state()));
    }

    private static void assertReplaced(History history, String how) {
        assertEquals(SIZE, of(history, Side.OLD).size(), how);
        assertEquals(SIZE, of(history, Side.NEW).size(), how);
        assertEquals(Set.of(State.IN_SERVICE), latest(of(history, Side.NEW)), how);
        assertTrue(Set.of(State.GONE, State.DRAINING).containsAll(latest(of(history, Side.OLD))), how);
        history.lives().stream()
                .flatMap(life -> life.spans().stream())
                .map(Life.Span::from)
                .forEach(at -> {
                    assertTrue(serving(history, at) >= SIZE, () -> how + ": fewer than the floor at " + at);
                });
        history.lives().forEach(life -> assertTrue(life.zone().startsWith("eu-west-1"), how));
        assertTrue(history.end().orElseThrow().success(), how);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aRollingDeploymentIsToldAsItHappens(long seed) {
        begin(seed);
        parameters.put("batchSize", "2");
        parameters.put("warmup", "40");
        Rehearsal rehearsal = rehearsal(new RollingDeploy(parameters, false));
        assertInstanceOf(Outcome.Succeeded.class, rehearsal.play());
        History history = History.of(rehearsal.history());
        assertReplaced(history, "seed " + seed);
        assertEquals(
                List.of("LEASE", "PREPARE", "REPLACE", "DRAIN"),
                history.phases().stream()
                        .map(History.Phase::name)
                        .filter(name -> !name.equals("CLOSE"))
                        .toList());
        assertTrue(history.capacities().stream().allMatch(c -> c.floor() == SIZE), () -> "" + history.capacities());
        assertEquals(SIZE, history.capacities().get(0).desired());
        assertEquals(
                SIZE + 2,
                history.capacities().stream()
                        .mapToInt(History.Capacity::desired)
                        .max()
                        .orElseThrow());
        of(history, Side.NEW).forEach(life -> {
            assertEquals(State.BOOTING, life.first().state());
            Duration warm = Duration.between(
                    life.first(State.WARMING).orElseThrow(),
                    life.first(State.IN_SERVICE).orElseThrow());
            assertTrue(warm.compareTo(Duration.ofSeconds(40)) >= 0, () -> "warm after " + warm);
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aRestartAfterEachTickChangesNothingInWhatIsTold(long seed) {
        begin(seed);
        Rehearsal straight = rehearsal(new RollingDeploy(parameters, false));
        straight.play();
        begin(seed);
        Rehearsal restarting = rehearsal(new RollingDeploy(parameters, false));
        Optional<Outcome> outcome = Optional.empty();
        while (outcome.isEmpty()) {
            Deployment deployment = restarting.deployment();
            outcome = restarting.step(deployment);
        }
        assertReplaced(History.of(restarting.history()), "seed " + seed);
        assertEquals(straight.history(), restarting.history(), "seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aBadImageIsShownBootingAndNeverInService(long seed) {
        begin(seed);
        parameters.put("ami", bad);
        parameters.put("healthTimeout", "300");
        Rehearsal rehearsal = rehearsal(new RollingDeploy(parameters, false));
        assertInstanceOf(Outcome.Failed.class, rehearsal.play());
        History history = History.of(rehearsal.history());
        assertTrue(of(history, Side.NEW).size() > 0);
        of(history, Side.NEW)
                .forEach(life -> assertTrue(life.first(State.IN_SERVICE).isEmpty(), () -> "" + life));
        assertEquals(Set.of(State.IN_SERVICE), latest(of(history, Side.OLD)));
        assertTrue(history.phases().stream()
                .anyMatch(phase -> phase.unwinding() && phase.name().equals("REPLACE")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void bothGroupsOfABlueVioletDeploymentAreTold(long seed) {
        begin(seed);
        Rehearsal rehearsal = rehearsal(new BlueVioletDeploy(parameters, false));
        assertInstanceOf(Outcome.Succeeded.class, rehearsal.play());
        assertReplaced(History.of(rehearsal.history()), "seed " + seed);
    }
}
