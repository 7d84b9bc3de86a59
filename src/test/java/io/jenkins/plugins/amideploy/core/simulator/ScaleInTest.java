package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;

class ScaleInTest {
    private final TestWorld world = new TestWorld();

    private List<String> ids() {
        return world.instances().stream().map(Instance::instanceId).toList();
    }

    private void shrinkTo(int capacity) {
        world.desired(capacity);
        world.until(() -> world.instances().size() == capacity);
    }

    @Test
    void theFullestZoneLosesFirst() {
        world.aws.createGroup(world.spec().sizes(1, 5, 9).zones(TestWorld.ZONES));
        shrinkTo(3);
        assertEquals(
                Map.of("eu-west-1a", 1L, "eu-west-1b", 1L, "eu-west-1c", 1L),
                world.instances().stream()
                        .collect(Collectors.groupingBy(Instance::availabilityZone, Collectors.counting())));
    }

    @Test
    void theDefaultPolicyChoosesTheOldestTemplateVersion() {
        world.aws.createGroup(world.spec().sizes(1, 3, 9));
        List<String> old = ids();
        world.pointAtV2();
        world.desired(5);
        world.until(() -> world.in(LifecycleState.IN_SERVICE).size() == 5);
        shrinkTo(2);
        assertTrue(ids().stream().noneMatch(old::contains));
    }

    @Test
    void newestInstanceChoosesTheReplacements() {
        world.aws.createGroup(world.spec().sizes(1, 3, 9).terminationPolicies("NewestInstance"));
        List<String> old = ids();
        world.pointAtV2();
        world.desired(5);
        world.until(() -> world.in(LifecycleState.IN_SERVICE).size() == 5);
        shrinkTo(3);
        assertEquals(old, ids());
    }

    @Test
    void oldestInstanceChoosesTheLongestRunning() {
        world.aws.createGroup(world.spec().sizes(1, 3, 9).terminationPolicies("OldestInstance"));
        String oldest = ids().get(2);
        shrinkTo(2);
        assertNull(world.instance(oldest));
    }

    @Test
    void protectedInstancesStay() {
        world.aws.createGroup(world.spec().sizes(1, 3, 9));
        List<String> kept = ids().subList(0, 2);
        world.aws
                .autoScaling()
                .setInstanceProtection(request -> request.autoScalingGroupName(TestWorld.GROUP)
                        .instanceIds(kept)
                        .protectedFromScaleIn(true));
        shrinkTo(2);
        assertEquals(kept, ids());
    }

    @Test
    void aGroupOfProtectedInstancesSaysWhyItDoesNotShrink() {
        world.aws.createGroup(world.spec().sizes(1, 3, 9).protectedFromScaleIn());
        world.desired(2);
        world.advance(Duration.ofMinutes(10));
        assertEquals(3, world.instances().size());
        assertTrue(world.activities().get(0).statusMessage().contains("protected from scale-in"));
    }
}
