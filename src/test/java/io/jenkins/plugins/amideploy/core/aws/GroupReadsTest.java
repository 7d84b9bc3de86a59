package io.jenkins.plugins.amideploy.core.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.Behaviour;
import io.jenkins.plugins.amideploy.core.simulator.GroupSpec;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedAws;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GroupReadsTest {
    private final SimulatedAws aws = new SimulatedAws(1, Behaviour.immediate());
    private final GroupReads reads = new AwsSession(Rehearsal.clients(aws), aws.clock()).groups();

    GroupReadsTest() {
        String image = aws.registerImage("web", "x86_64", Application.healthy());
        for (int i = 0; i < 250; i++) {
            aws.createGroup(GroupSpec.of("g" + i, image).sizes(0, 1, 1));
        }
    }

    private Instant now() {
        return aws.clock().instant();
    }

    private int calls() {
        return aws.calls().count("DescribeAutoScalingGroups");
    }

    @Test
    void whoeverIsDueSoonIsBroughtAlong() {
        for (int i = 0; i < 250; i++) {
            reads.expect("g" + i, now().plusSeconds(1));
        }
        for (int i = 0; i < 250; i++) {
            assertEquals(
                    "g" + i, reads.read("g" + i, Instant.EPOCH).orElseThrow().autoScalingGroupName());
        }
        assertEquals(3, calls());
    }

    @Test
    void whoeverIsDueLaterIsNot() {
        reads.expect("g1", now().plusSeconds(60));
        reads.read("g0", Instant.EPOCH);
        aws.clock().advance(Duration.ofSeconds(60));
        reads.read("g1", Instant.EPOCH);
        assertEquals(2, calls());
    }

    @Test
    void nobodyIsShownTheGroupAsItWasBeforeHisOwnLastChange() {
        reads.expect("g1", now());
        reads.read("g0", Instant.EPOCH);
        aws.clock().advance(Duration.ofMillis(10));
        reads.read("g1", now());
        assertEquals(2, calls());
    }

    @Test
    void whoeverNeverCameIsBroughtAlongNoMore() {
        reads.expect("g1", now());
        aws.clock().advance(Duration.ofMinutes(10));
        reads.read("g0", Instant.EPOCH);
        reads.read("g1", Instant.EPOCH);
        assertEquals(2, calls());
    }

    @Test
    void aGroupThatDoesNotExistIsEmpty() {
        assertTrue(reads.read("none", Instant.EPOCH).isEmpty());
    }
}
