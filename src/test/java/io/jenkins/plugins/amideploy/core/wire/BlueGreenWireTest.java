package io.jenkins.plugins.amideploy.core.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.bluegreen.BlueGreenDeploy;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Visitors are moved to another side, which is made for them, and back, over the wire. */
class BlueGreenWireTest {
    @RegisterExtension
    static final Wire WIRE = new Wire();

    private final Set<Integer> shares = new LinkedHashSet<>();

    private static Build cutover(Map<String, String> parameters, boolean gated) {
        return WIRE.build(new BlueGreenDeploy(parameters, gated));
    }

    /** A cutover whose shares are looked at after each tick. */
    private Build watched(Site site, Map<String, String> parameters, boolean gated, IntSupplier percent) {
        return cutover(parameters, gated).afterEachTick(() -> {
            shares.add(percent.getAsInt());
            site.terminatedAreDeregistered();
        });
    }

    private static Build.Block failingAt(String checkpoint) {
        return gate -> gate.name().equals(checkpoint) ? Optional.of("too slow") : Optional.empty();
    }

    @Test
    void visitorsFollowAnAliasInStepsAndTheOldSideGoes() {
        Site site = Site.alias(WIRE);

        Map<String, Object> result = watched(site, site.byRecord(), false, site::percentByRecord)
                .restartingAllTheTime()
                .succeed();

        site.assertMovedToAnotherBalancer(result);
        assertEquals(List.of(-1, 0, 10, 50, 100), List.copyOf(shares));
    }

    @Test
    void visitorsFollowACnameInStepsAndTheOldSideGoes() {
        Site site = Site.cname(WIRE);

        Build build = watched(site, site.byRecord(), false, site::percentByRecord);
        Map<String, Object> result = build.succeed();

        site.assertMovedToAnotherBalancer(result);
        assertTrue(build.console().contains("Bridge: behind"), build::console);
        assertEquals(List.of(-1, 0, 10, 50, 100), List.copyOf(shares));
    }

    @Test
    void aClassicLoadBalancerIsCopiedAndGoes() {
        Site site = Site.classic(WIRE);
        Map<String, String> parameters = site.byRecord();
        parameters.put("steps", "25,100");

        Map<String, Object> result =
                watched(site, parameters, false, site::percentByRecord).succeed();

        site.assertMovedToAnotherBalancer(result);
        assertEquals(List.of(-1, 0, 25, 100), List.copyOf(shares));
    }

    @Test
    void listenersForwardMoreAndMoreToTheNewGroup() {
        Site site = Site.alias(WIRE);

        Map<String, Object> result = watched(site, site.byListener(), false, site::percentByListener)
                .restartingAllTheTime()
                .succeed();

        site.assertMovedBehindTheSameBalancer(result);
        assertTrue(List.copyOf(shares).containsAll(List.of(0, 10, 50, 100)), shares::toString);
    }

    /** Never every second one: a tick that makes the same two calls again would lose the same answer for ever. */
    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7})
    void whatWasDoneIsFoundWhereTheAnswerWasLost(int every) {
        Site site = Site.alias(WIRE);
        WIRE.moto().loseAnswers(every);

        Map<String, Object> result = watched(site, site.byRecord(), false, site::percentByRecord)
                .restartingAllTheTime()
                .succeed();

        assertTrue(WIRE.moto().answersLost() > 3);
        site.assertMovedToAnotherBalancer(result);
    }

    @Test
    void aBlockThatFailsHalfWaySendsEverybodyBack() {
        Site site = Site.alias(WIRE);

        Outcome.Failed failed = watched(site, site.byRecord(), true, site::percentByRecord)
                .withBlock(failingAt("50%"))
                .restartingAllTheTime()
                .fails();

        assertTrue(failed.trouble().text().contains("too slow"), failed::toString);
        assertEquals(List.of(-1, 0, 10, 50), List.copyOf(shares));
        site.assertAsBefore();
    }

    @Test
    void listenersGoBackToo() {
        Site site = Site.alias(WIRE);

        watched(site, site.byListener(), true, site::percentByListener)
                .withBlock(failingAt("50%"))
                .fails();

        assertTrue(shares.contains(50), shares::toString);
        site.assertAsBefore();
    }

    @Test
    void aBlockThatFailsBeforeTheFirstStepMovesNobody() {
        Site site = Site.classic(WIRE);

        watched(site, site.byRecord(), true, site::percentByRecord)
                .withBlock(failingAt("0%"))
                .fails();

        assertEquals(Set.of(-1), shares);
        site.assertAsBefore();
    }

    @Test
    void theBlockIsToldWhereVisitorsAre() {
        Site site = Site.cname(WIRE);
        List<String> told = new ArrayList<>();

        Map<String, Object> result = cutover(site.byRecord(), true)
                .withBlock(gate -> {
                    told.add(gate.environment().get("AMI_DEPLOY_PERCENT") + " "
                            + gate.environment().get("AMI_DEPLOY_DNS_NAME"));
                    return Optional.empty();
                })
                .succeed();

        String to = " " + result.get("dnsName");
        assertEquals(List.of("0" + to, "10" + to, "50" + to, "100" + to), told);
    }

    @Test
    void whoComesAfterALostControllerTakesItBackAndBeginsAnew() {
        Site site = Site.alias(WIRE);
        Build lost = cutover(site.byRecord(), false);
        lost.until(() -> site.percentByRecord() == 50);
        lost.die();

        Map<String, Object> result = cutover(site.byRecord(), false).succeed();

        site.assertMovedToAnotherBalancer(result);
    }
}
