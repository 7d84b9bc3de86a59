package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

class ScenarioTest {
    private static final int SEEDS = Integer.getInteger("seeds", 40);

    private static AutoScalingGroup group(Scenario scenario) {
        return scenario.aws()
                .operator()
                .autoScaling()
                .describeAutoScalingGroups(request -> request.autoScalingGroupNames(scenario.group()))
                .autoScalingGroups()
                .get(0);
    }

    @ParameterizedTest
    @EnumSource(FaultClass.class)
    void aGroupThatNobodyDeploysToStaysAboutItsSize(FaultClass faultClass) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Scenario scenario = Scenario.random(seed, faultClass);
            scenario.aws().clock().advance(Duration.ofHours(4));
            AutoScalingGroup group = group(scenario);
            long counting = group.instances().stream()
                    .filter(instance -> !instance.lifecycleState().toString().startsWith("Standby"))
                    .count();
            boolean undisturbed = group.suspendedProcesses().isEmpty()
                    && faultClass != FaultClass.STUCK_HOOK
                    && !scenario.toString().contains("protected");
            assertTrue(!undisturbed || counting == group.desiredCapacity(), scenario::toString);
        }
    }

    @Test
    void theSameSeedGivesTheSameHistory() {
        for (FaultClass faultClass : FaultClass.values()) {
            assertEquals(history(7, faultClass), history(7, faultClass), faultClass::toString);
        }
    }

    private static List<Object> history(long seed, FaultClass faultClass) {
        List<Object> history = new ArrayList<>();
        Scenario scenario = Scenario.random(seed, faultClass);
        scenario.aws().listen(history::add);
        scenario.aws().clock().advance(Duration.ofMinutes(5));
        scenario.aws().faults().scale(scenario.group(), "cpu50", 5);
        scenario.aws().clock().advance(Duration.ofHours(1));
        history.addAll(scenario.aws().terminations());
        history.add(group(scenario));
        return history;
    }

    @Test
    void bootDrawsDoNotDependOnTheCallsThatWereMade() {
        SimulatedAws few = Scenario.random(3, FaultClass.NONE).aws();
        SimulatedAws many = Scenario.random(3, FaultClass.NONE).aws();
        for (int i = 0; i < 10; i++) {
            many.autoScaling().describeAutoScalingGroups();
        }
        assertEquals(few.bootDraw("web", 4), many.bootDraw("web", 4));
    }

    @Test
    void theWorldsOfManySeedsDiffer() {
        Set<String> stories = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            stories.add(Scenario.random(seed, FaultClass.OPERATOR).story());
        }
        assertEquals(20, stories.size());
    }

    @Test
    void aThousandGroupsLiveInOneWorld() {
        SimulatedAws aws = new SimulatedAws(1, Behaviour.immediate());
        String image = aws.registerImage("web", "x86_64", Application.healthy());
        for (int i = 0; i < 1000; i++) {
            aws.createGroup(GroupSpec.of("group-" + i, image).sizes(5, 20, 40).zones(TestWorld.ZONES));
        }
        Map<Boolean, Integer> desired = Map.of(true, 22, false, 18);
        for (int i = 0; i < 1000; i++) {
            String group = "group-" + i;
            int capacity = desired.get(i % 2 == 0);
            aws.autoScaling()
                    .setDesiredCapacity(
                            request -> request.autoScalingGroupName(group).desiredCapacity(capacity));
        }
        aws.clock().advance(Duration.ofHours(1));
        assertEquals(22, aws.watch("group-0").serving());
        assertEquals(18, aws.watch("group-999").serving());
    }
}
