package io.jenkins.plugins.amideploy.core.rolling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.aws.Member;
import io.jenkins.plugins.amideploy.core.rolling.Decision.Termination;
import io.jenkins.plugins.amideploy.core.rolling.Situation.Limits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;

class DecisionTest {
    private static final Limits TWO_AT_A_TIME = new Limits(2, Integer.MAX_VALUE, true);

    private final List<Member> old = new ArrayList<>();
    private final Map<String, Integer> zones = new HashMap<>();

    private void old(String id, String zone, String obstacle) {
        Instance instance = Instance.builder()
                .instanceId(id)
                .availabilityZone(zone)
                .lifecycleState(LifecycleState.IN_SERVICE)
                .build();
        old.add(new Member(instance, obstacle));
        zones.merge(zone, 1, Integer::sum);
    }

    private void servingOnes(int number, String zone) {
        for (int i = 0; i < number; i++) {
            old("i-" + zone + i, zone, "");
        }
    }

    private Decision decide(int serving, int coming, int launched, int outstanding, int missing, int floor, Limits l) {
        return Decision.of(
                new Situation(old, Set.of(), serving, zones, coming, launched, outstanding, missing, floor, l));
    }

    private static List<String> ids(Decision decision) {
        return decision.terminations().stream().map(t -> t.member().id()).toList();
    }

    @Test
    void beginsByLaunchingABatchOnTopWhereTheFloorIsTheWholeGroup() {
        servingOnes(4, "a");
        Decision decision = decide(4, 0, 0, 0, 0, 4, TWO_AT_A_TIME);
        assertEquals(2, decision.raise());
        assertEquals(List.of(), decision.terminations());
    }

    @Test
    void takesOutFirstWhatTheFloorAllowsAndLaunchesOnlyTheRestOnTop() {
        servingOnes(10, "a");
        assertEquals(1, decide(10, 0, 0, 0, 0, 8, new Limits(3, 99, true)).raise());
        assertEquals(0, decide(10, 0, 0, 0, 0, 5, new Limits(3, 99, true)).raise());
        assertEquals(
                3,
                decide(10, 0, 0, 0, 0, 5, new Limits(3, 99, true))
                        .terminations()
                        .size());
    }

    @Test
    void replacesOneOldInstanceForEachNewOneThatIsReady() {
        servingOnes(4, "a");
        Decision decision = decide(5, 1, 2, 2, 0, 4, TWO_AT_A_TIME);
        assertEquals(0, decision.raise());
        assertEquals(1, decision.terminations().size());
        assertEquals(false, decision.terminations().get(0).closing());
    }

    @Test
    void neverGoesBelowTheFloor() {
        servingOnes(4, "a");
        assertEquals(List.of(), decide(4, 1, 1, 2, 0, 4, TWO_AT_A_TIME).terminations());
    }

    @Test
    void takesTheSurgeBackWithTheLastOldInstances() {
        servingOnes(2, "a");
        Decision decision = decide(6, 0, 4, 2, 0, 4, TWO_AT_A_TIME);
        assertEquals(2, decision.terminations().size());
        assertTrue(decision.terminations().stream().allMatch(Termination::closing));
    }

    @Test
    void takesOutTheOneThatDoesNotServeFirstForItCostsNothing() {
        servingOnes(3, "a");
        old("i-broken", "b", "unhealthy in target group web");
        assertEquals(List.of("i-broken"), ids(decide(4, 1, 1, 1, 0, 4, TWO_AT_A_TIME)));
    }

    private static List<String> zones(Decision decision) {
        return decision.terminations().stream().map(t -> t.member().zone()).toList();
    }

    @Test
    void takesFromTheFullestZoneWhileTheZonesAreUneven() {
        servingOnes(1, "a");
        servingOnes(4, "b");
        servingOnes(2, "c");
        assertEquals(List.of("b", "b"), zones(decide(9, 0, 2, 2, 0, 7, TWO_AT_A_TIME)));
    }

    @Test
    void whileTheZonesAreEvenTheOneWithTheFewestNewOnesIsServedNext() {
        servingOnes(2, "a");
        servingOnes(3, "b");
        zones.put("a", 4);
        assertEquals(List.of("b"), zones(decide(7, 1, 3, 2, 0, 6, TWO_AT_A_TIME)));
    }

    @Test
    void theLastOnesGoFromWhereOneTooManyIs() {
        servingOnes(1, "a");
        servingOnes(1, "b");
        zones.put("a", 2);
        zones.put("b", 3);
        Decision decision = decide(6, 0, 4, 1, 0, 4, new Limits(1, 9, true));
        assertEquals(List.of("a", "b"), zones(decision));
        assertEquals(
                List.of(false, true),
                decision.terminations().stream().map(Termination::closing).toList());
    }

    @Test
    void stopsLaunchingAtTheCheckpoint() {
        servingOnes(9, "a");
        Limits oneUntilTheCheckpoint = new Limits(3, 1, false);
        assertEquals(1, decide(9, 0, 0, 0, 0, 9, oneUntilTheCheckpoint).raise());
        Decision atTheCheckpoint = decide(10, 0, 1, 1, 0, 9, oneUntilTheCheckpoint);
        assertEquals(0, atTheCheckpoint.raise());
        assertEquals(List.of(), atTheCheckpoint.terminations());
    }

    @Test
    void takesBackLaunchesThatAwsStillOwesWhenNothingIsLeftToReplace() {
        Decision decision = decide(4, 2, 2, 2, 2, 4, TWO_AT_A_TIME);
        assertEquals(2, decision.cut());
    }

    @Test
    void takesOutUnhealthyNewcomersWithTheirCapacityWhenTurnedAround() {
        // Rolling back two newcomers that never served: four former instances serve, the surge is two.
        old("i-new1", "a", "unhealthy");
        old("i-new2", "b", "unhealthy");
        Decision decision = decide(4, 0, 4, 2, 0, 4, TWO_AT_A_TIME);
        assertEquals(List.of("i-new1", "i-new2"), ids(decision));
        assertTrue(decision.terminations().stream().allMatch(Termination::closing));
    }
}
