package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class BuildFaultsTest {
    private static List<String> worldOf(BuildFault fault) {
        BuildWorld world = new BuildWorld(Guest.working());
        String drawn = new BuildFaults(world.aws, 7).draw(fault, "eu-central-1");
        String id = world.runUntilRunning();
        world.advance(16 * 60);
        return List.of(drawn, world.instance(id).state().nameAsString());
    }

    @Test
    void theSameSeedDrawsTheSameFault() {
        assertEquals(worldOf(BuildFault.SPOT_RECLAIMED), worldOf(BuildFault.SPOT_RECLAIMED));
    }

    @Test
    void instancesAreTakenBackAndTerminated() {
        assertEquals("running", worldOf(BuildFault.NONE).get(1));
        assertEquals("terminated", worldOf(BuildFault.SPOT_RECLAIMED).get(1));
        assertEquals("terminated", worldOf(BuildFault.OPERATOR_TERMINATES).get(1));
    }

    @Test
    void agentsFallSilent() {
        BuildWorld world = new BuildWorld(Guest.working());
        String id = world.runUntilRunning();
        world.advance(60);
        assertEquals(
                1,
                world.aws
                        .ssm()
                        .describeInstanceInformation()
                        .instanceInformationList()
                        .size());
        world.aws.faults().silenceAgents();
        assertTrue(
                world.aws
                        .ssm()
                        .describeInstanceInformation()
                        .instanceInformationList()
                        .isEmpty(),
                id);
    }
}
