package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import org.junit.jupiter.api.Test;

class RegionTest {
    @Test
    void aSessionReachesTheSameWorldOfAnotherRegionEachTime() {
        SimulatedAws aws = new SimulatedAws(1, Behaviour.immediate());
        AwsSession session = Rehearsal.session(aws);
        AwsSession other = session.in("us-east-1");
        other.ec2().createSecurityGroup(r -> r.groupName("g").description("d"));
        assertEquals("us-east-1", other.region());
        assertEquals(
                2,
                session.in("us-east-1")
                        .ec2()
                        .describeSecurityGroups()
                        .securityGroups()
                        .size());
        assertEquals(1, session.ec2().describeSecurityGroups().securityGroups().size());
        assertEquals(session, other.in("eu-west-1"));
        assertThrows(IllegalArgumentException.class, () -> session.in("nowhere"));
    }
}
