package io.jenkins.plugins.amideploy.core.bluegreen;

import static io.jenkins.plugins.amideploy.core.bluegreen.Cutovers.BLUE;
import static io.jenkins.plugins.amideploy.core.bluegreen.Cutovers.GREEN;
import static io.jenkins.plugins.amideploy.core.bluegreen.Cutovers.WEB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A cutover from its beginning to its end, and back. */
class BlueGreenDeployTest {
    private static Map<String, Object> result(Outcome outcome) {
        return ((Outcome.Succeeded) outcome).result();
    }

    @Test
    void trafficMovesToANewSideAndTheOldOneGoes() {
        Cutovers cutovers = Cutovers.dns(1, 3, Application.healthy());

        Outcome outcome = cutovers.play();

        cutovers.assertCutOver(outcome, BLUE);
        Map<String, Object> result = result(outcome);
        assertEquals(BLUE, result.get("group"));
        assertEquals(WEB, result.get("retired"));
        assertEquals(cutovers.balancers().get(0).loadBalancerName(), result.get("loadBalancer"));
        assertEquals(cutovers.balancers().get(0).dnsName(), result.get("dnsName"));
        assertTrue((long) result.get("seconds") > 0);
        cutovers.assertLeadsTo((String) result.get("dnsName"));
        for (String step : List.of("0 % → 10 %", "10 % → 50 %", "50 % → 100 %")) {
            assertTrue(cutovers.story().contains(step), cutovers::story);
        }
    }

    @Test
    void listenersMoveAtOnceAndTheBalancerStays() {
        Cutovers cutovers = Cutovers.listener(2, 2, Application.healthy());
        String balancer = cutovers.balancers().get(0).loadBalancerArn();

        Outcome outcome = cutovers.play();

        cutovers.assertCutOver(outcome, BLUE);
        assertEquals(balancer, cutovers.balancers().get(0).loadBalancerArn());
        assertEquals(WEB, result(outcome).get("retired"));
    }

    @Test
    void aClassicBalancerIsLedUpToItsTrafficSlowly() {
        Cutovers cutovers = Cutovers.classic(3, 2, Application.healthy());

        Outcome outcome = cutovers.play();

        cutovers.assertCutOver(outcome, BLUE);
        assertTrue(cutovers.story().contains("AWS reserves no capacity for a Classic Load Balancer"));
        assertTrue(cutovers.story().contains("0 % → 5 %"), cutovers::story);
    }

    @Test
    void aNetworkBalancerIsLeftByItsCname() {
        Cutovers cutovers = Cutovers.network(10, 2, Application.healthy());

        Outcome outcome = cutovers.play();

        cutovers.assertCutOver(outcome, BLUE);
        assertEquals(
                result(outcome).get("dnsName"),
                cutovers.records().get(0).resourceRecords().get(0).value());
        assertEquals(300L, cutovers.records().get(0).ttl());
        assertTrue(cutovers.story().contains("new flows"), cutovers::story);
    }

    @Test
    void aNetworkBalancerIsReturnedToByItsCname() {
        Cutovers cutovers = Cutovers.network(11, 2, Application.healthy());
        Rehearsal rehearsal = cutovers.deployment(true)
                .gatekeeper(gate -> gate.name().equals("50%") ? Optional.of("too slow") : Optional.empty());

        cutovers.assertAsBefore(cutovers.play(rehearsal));
    }

    @Test
    void theNextCutoverTakesTheOtherColour() {
        Cutovers cutovers = Cutovers.dns(4, 2, Application.healthy());
        cutovers.assertCutOver(cutovers.play(), BLUE);

        cutovers.assertCutOver(cutovers.play(), GREEN);
    }

    @Test
    void theBlockHasTheWordBeforeTheFirstAndAfterEachStep() {
        Cutovers cutovers = Cutovers.dns(5, 2, Application.healthy());
        Map<String, Map<String, String>> gates = new TreeMap<>();
        List<String> order = new ArrayList<>();
        Rehearsal rehearsal = cutovers.deployment(true).gatekeeper(gate -> {
            gates.put(gate.name(), gate.environment());
            order.add(gate.name());
            return Optional.empty();
        });

        cutovers.assertCutOver(cutovers.play(rehearsal), BLUE);

        assertEquals(List.of("0%", "10%", "50%", "100%"), order);
        Map<String, String> half = gates.get("50%");
        assertEquals("50", half.get("AMI_DEPLOY_PERCENT"));
        assertEquals(BLUE, half.get("AMI_DEPLOY_GROUP"));
        assertEquals(WEB, half.get("AMI_DEPLOY_OLD_GROUP"));
        assertEquals(cutovers.newImage, half.get("AMI_DEPLOY_AMI"));
        assertEquals(Cutovers.NAME, half.get("AMI_DEPLOY_RECORD_NAME"));
        assertEquals(cutovers.balancers().get(0).dnsName(), half.get("AMI_DEPLOY_DNS_NAME"));
        assertEquals(2, half.get("AMI_DEPLOY_INSTANCE_IDS").split(" ").length);
    }

    @Test
    void aGateThatFailsAtFiftyPercentSendsEverybodyBack() {
        Cutovers cutovers = Cutovers.dns(6, 2, Application.healthy());
        Rehearsal rehearsal = cutovers.deployment(true)
                .gatekeeper(gate -> gate.name().equals("50%") ? Optional.of("too slow") : Optional.empty());

        Outcome outcome = cutovers.play(rehearsal);

        cutovers.assertAsBefore(outcome);
        assertTrue(((Outcome.Failed) outcome).trouble().text().contains("too slow"));
        assertTrue(cutovers.story().contains("Traffic goes back to web"), cutovers::story);
    }

    @Test
    void aGateThatFailsBeforeTheFirstStepMovesNothing() {
        Cutovers cutovers = Cutovers.dns(7, 2, Application.healthy());

        Outcome outcome = cutovers.play(cutovers.deployment(true).gatekeeper(gate -> Optional.of("no")));

        cutovers.assertAsBefore(outcome);
        assertFalse(cutovers.aws.calls().counts().containsKey("ChangeResourceRecordSets"), cutovers::story);
    }

    @Test
    void listenersGoBackToo() {
        Cutovers cutovers = Cutovers.listener(8, 2, Application.healthy());
        Rehearsal rehearsal = cutovers.deployment(true)
                .gatekeeper(gate -> gate.name().equals("50%") ? Optional.of("too slow") : Optional.empty());

        cutovers.assertAsBefore(cutovers.play(rehearsal));
    }

    @Test
    void theOldSideStaysWhereThatIsAsked() {
        Cutovers cutovers = Cutovers.dns(9, 2, Application.healthy()).with("retireOld", false);

        Outcome outcome = cutovers.play();

        cutovers.settle();
        assertTrue(outcome instanceof Outcome.Succeeded, cutovers::story);
        assertEquals("", result(outcome).get("retired"));
        assertEquals(2, cutovers.balancers().size());
        cutovers.assertLeadsTo((String) result(outcome).get("dnsName"));
        assertTrue(cutovers.story().contains("costs what it did: 2 instances of web and the load balancer"));
        cutovers.assertNobodyRefused();
    }
}
