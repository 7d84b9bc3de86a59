package io.jenkins.plugins.amideploy.core.bluegreen;

import static io.jenkins.plugins.amideploy.core.bluegreen.Cutovers.BLUE;
import static io.jenkins.plugins.amideploy.core.bluegreen.Cutovers.WEB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Deployment;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.Span;
import io.jenkins.plugins.amideploy.core.simulator.VisitorSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;

/** What a cutover makes of what it finds and of what happens meanwhile. */
class BlueGreenStoriesTest {
    private static String refusal(Outcome outcome) {
        Outcome.Failed failed = (Outcome.Failed) outcome;
        assertEquals(Trouble.Kind.REFUSED, failed.trouble().kind());
        assertEquals("Nothing was changed.", failed.state());
        return failed.trouble().text();
    }

    private static Outcome play(Cutovers cutovers, String line, Consumer<Deployment> then) {
        return cutovers.playUntil(line, then);
    }

    // ---- before anything is changed

    @Test
    void allThatIsWrongIsToldAtOnce() {
        Cutovers cutovers = Cutovers.dns(1, 2, Application.healthy())
                .with("ami", "ami-00000000000000000")
                .with("recordName", "shop.example.org")
                .with("loadBalancer", "other")
                .with("alarms", "no-such-alarm")
                .with("steps", "10");

        String why = refusal(cutovers.play());

        for (String part : List.of(
                "steps: the last one must be 100",
                "ami:",
                "loadBalancer: web is not behind other but behind web-alb",
                "alarms: there is no CloudWatch alarm named 'no-such-alarm'")) {
            assertTrue(why.contains(part), why);
        }
        assertEquals(0, cutovers.aws.calls().count("CreateOrUpdateTags"));
    }

    @Test
    void aRecordThatLeadsElsewhereIsRefused() {
        Cutovers cutovers = Cutovers.dns(2, 2, Application.healthy()).with("recordName", "shop.example.org");

        String why = refusal(cutovers.play());

        assertTrue(why.contains("recordName: there is no A, AAAA or CNAME record shop.example.org"), why);
    }

    @Test
    void aGroupBehindNoBalancerHasNoTrafficToMove() {
        Cutovers cutovers = Cutovers.dns(3, 2, Application.healthy());
        cutovers.aws
                .operator()
                .autoScaling()
                .detachLoadBalancerTargetGroups(r -> r.autoScalingGroupName(WEB)
                        .targetGroupARNs(cutovers.show(WEB).targetGroupARNs()));
        cutovers.settle();

        String why = refusal(cutovers.play());

        assertTrue(why.contains("group: web is behind no load balancer, so there is no traffic to move"), why);
    }

    @Test
    void aListenerThatIsNotThereIsRefused() {
        Cutovers cutovers = Cutovers.listener(4, 2, Application.healthy()).with("listener", 8443);

        String why = refusal(cutovers.play());

        assertTrue(why.contains("listener: web-alb has no listener 8443; it has those on ports 80"), why);
    }

    // ---- warm balancers

    @Test
    void theNewBalancerIsWarmBeforeTrafficComesAndGivesTheCapacityBack() {
        Cutovers cutovers = Cutovers.dns(5, 2, Application.healthy()).with("prewarm", 500);

        cutovers.assertCutOver(cutovers.play(), BLUE);

        String story = cutovers.story();
        int warm = story.indexOf("Pre-warm: 500 capacity units are there after");
        assertTrue(warm > 0 && warm < story.indexOf("Traffic moves to"), story);
        assertTrue(story.indexOf("500 capacity units given back") > warm, story);
        String arn = cutovers.balancers().get(0).loadBalancerArn();
        assertEquals(
                0,
                Optional.ofNullable(cutovers.aws
                                .operator()
                                .elbv2()
                                .describeCapacityReservation(r -> r.loadBalancerArn(arn))
                                .minimumLoadBalancerCapacity())
                        .map(capacity -> capacity.capacityUnits())
                        .orElse(0));
    }

    @Test
    void howWarmFollowsFromTheOldBalancersPeak() {
        Cutovers cutovers = Cutovers.dns(6, 2, Application.healthy()).with("prewarm", "auto");
        cutovers.aws.clock().advance(Duration.ofMinutes(10));

        cutovers.assertCutOver(cutovers.play(), BLUE);

        assertTrue(cutovers.story().contains("Pre-warm: at its busiest in three days web-alb took"), cutovers::story);
        assertTrue(cutovers.story().contains("capacity units are there after"), cutovers::story);
    }

    @Test
    void whereAwsHasNoCapacityToReserveNoTrafficIsMoved() {
        Cutovers cutovers = Cutovers.dns(7, 2, Application.healthy()).with("prewarm", 500);
        cutovers.aws.faults().failReservation("Insufficient capacity");

        Outcome outcome = cutovers.play();

        cutovers.assertAsBefore(outcome);
        assertTrue(((Outcome.Failed) outcome).trouble().text().contains("AWS could not reserve 500 capacity units"));
        assertTrue(((Outcome.Failed) outcome).trouble().text().contains("Insufficient capacity"));
    }

    @Test
    void forAClassicBalancerThereIsNoReservationAndItIsSaid() {
        Cutovers cutovers = Cutovers.classic(8, 2, Application.healthy()).with("prewarm", "auto");

        cutovers.assertCutOver(cutovers.play(), BLUE);

        assertTrue(cutovers.story().contains("For a Classic Load Balancer AWS reserves no capacity"));
    }

    // ---- the new side fails

    @Test
    void anImageThatNeverServesGetsNoTraffic() {
        Cutovers cutovers = Cutovers.dns(9, 2, Application.neverHealthy()).with("healthTimeout", 300);

        Outcome outcome = cutovers.play();

        cutovers.assertAsBefore(outcome);
        assertEquals(
                Trouble.Kind.UNHEALTHY, ((Outcome.Failed) outcome).trouble().kind());
        assertEquals(0, cutovers.aws.calls().count("ChangeResourceRecordSets"));
    }

    @Test
    void anAlarmBetweenTwoStepsSendsEverybodyBack() {
        Cutovers cutovers = Cutovers.dns(10, 2, Application.healthy());
        cutovers.aws.faults().alarm("web-5xx", StateValue.OK, "fine");
        cutovers.begin();

        Outcome outcome = play(
                cutovers.with("alarms", "web-5xx"),
                "0 % → 10 %",
                deployment -> cutovers.aws.faults().alarm("web-5xx", StateValue.ALARM, "12 errors a minute"));

        cutovers.assertAsBefore(outcome);
        assertTrue(((Outcome.Failed) outcome).trouble().text().contains("12 errors a minute"));
    }

    @Test
    void anAbortWhileTheOldSideDrainsSendsEverybodyBack() {
        Cutovers cutovers = Cutovers.dns(11, 2, Application.healthy());

        Outcome outcome = play(
                cutovers,
                "Bridge: behind web-alb web-blue serves in the place of web",
                deployment -> deployment.abort("a person"));

        cutovers.assertAsBefore(outcome);
        assertEquals(Trouble.Kind.ABORTED, ((Outcome.Failed) outcome).trouble().kind());
    }

    @Test
    void anAbortWhileTheOldSideIsRetiredIsTooLate() {
        Cutovers cutovers = Cutovers.dns(12, 2, Application.healthy());

        Outcome outcome = play(cutovers, "web is taken out of service", deployment -> deployment.abort("a person"));

        cutovers.settle();
        assertTrue(((Outcome.Failed) outcome).state().contains("so it was finished: web-blue serves"));
        assertEquals(Set.of(BLUE), cutovers.groups());
        assertEquals(1, cutovers.balancers().size());
        cutovers.assertNobodyRefused();
    }

    @Test
    void onFailureStopLeavesBothSidesAndTheirShares() {
        Cutovers cutovers = Cutovers.dns(13, 2, Application.healthy()).with("onFailure", "stop");
        Rehearsal rehearsal = cutovers.deployment(true)
                .gatekeeper(gate -> gate.name().equals("50%") ? Optional.of("no") : Optional.empty());

        Outcome outcome = cutovers.play(rehearsal);

        cutovers.settle();
        assertTrue(((Outcome.Failed) outcome).state().contains("50 % of the traffic goes to web-blue, 50 % to web"));
        assertEquals(Set.of(WEB, BLUE), cutovers.groups());
        assertEquals(
                List.of(50L, 50L),
                cutovers.records().stream().map(set -> set.weight()).toList());
        for (String group : List.of(WEB, BLUE)) {
            assertTrue(
                    cutovers.show(group).tags().stream()
                            .noneMatch(tag -> tag.key().startsWith("ami-deploy:")),
                    cutovers::story);
            assertEquals(List.of(), cutovers.show(group).suspendedProcesses(), cutovers::story);
        }
        cutovers.assertNobodyRefused();
    }

    // ---- the old side does not become quiet

    private static Cutovers besieged(int seed) {
        Cutovers cutovers = Cutovers.dns(seed, 2, Application.healthy())
                .with("drainTimeout", 900)
                .with("steps", "100");
        cutovers.aws
                .dns()
                .visitors(VisitorSpec.of(Cutovers.NAME)
                        .withLate(1, Span.seconds(10_800, 10_800))
                        .withRequestsPerSecond(5)
                        .withResolvers(3));
        cutovers.aws.clock().advance(Duration.ofMinutes(2));
        return cutovers;
    }

    @Test
    void anOldSideThatIsNeverQuietStaysUnlessAskedOtherwise() {
        Cutovers cutovers = besieged(14);

        Outcome outcome = cutovers.play();

        cutovers.settle();
        assertTrue(outcome instanceof Outcome.Succeeded, cutovers::story);
        assertEquals("", ((Outcome.Succeeded) outcome).result().get("retired"));
        assertTrue(cutovers.story().contains("Something still reaches web-alb after 15 min; the old side stays"));
        assertEquals(2, cutovers.balancers().size());
        cutovers.assertNobodyRefused();
    }

    @Test
    void anOldSideThatIsNeverQuietGoesWhereThatIsAsked() {
        Cutovers cutovers = besieged(15).with("onDrainTimeout", "retire");

        Outcome outcome = cutovers.play();

        cutovers.settle();
        assertTrue(outcome instanceof Outcome.Succeeded, cutovers::story);
        assertEquals(WEB, ((Outcome.Succeeded) outcome).result().get("retired"));
        assertEquals(Set.of(BLUE), cutovers.groups());
        assertEquals(1, cutovers.balancers().size());
    }

    // ---- someone else

    @Test
    void weightsThatSomeoneElseSetAreAReasonToGoBack() {
        Cutovers cutovers = Cutovers.dns(16, 2, Application.healthy()).with("interval", 600);

        Outcome outcome = play(cutovers, "50 % of new visitors", deployment -> {
            cutovers.aws
                    .operator()
                    .route53()
                    .changeResourceRecordSets(r -> r.hostedZoneId(cutovers.parameters.get("hostedZone"))
                            .changeBatch(b -> b.changes(cutovers.records().stream()
                                    .map(set -> Change.builder()
                                            .action(ChangeAction.UPSERT)
                                            .resourceRecordSet(set.toBuilder()
                                                    .weight(set.weight() + 7)
                                                    .build())
                                            .build())
                                    .limit(1)
                                    .toList())));
        });

        cutovers.assertAsBefore(outcome);
        assertTrue(((Outcome.Failed) outcome).trouble().text().contains("somebody has changed the weights"));
    }

    @Test
    void whereSomeoneDeletesTheNewGroupEverybodyGoesBack() {
        Cutovers cutovers = Cutovers.dns(17, 2, Application.healthy()).with("interval", 600);

        Outcome outcome = play(
                cutovers,
                "10 % of new visitors",
                deployment -> cutovers.aws
                        .operator()
                        .autoScaling()
                        .deleteAutoScalingGroup(
                                r -> r.autoScalingGroupName(BLUE).forceDelete(true)));

        cutovers.settle();
        assertTrue(((Outcome.Failed) outcome).state().contains("All traffic goes to web as before"), cutovers::story);
        assertEquals(Set.of(WEB), cutovers.groups());
        assertEquals(1, cutovers.balancers().size());
    }

    @Test
    void whereSomeoneDeletesTheOldGroupEverybodyGoesToTheNewOne() {
        Cutovers cutovers = Cutovers.dns(18, 2, Application.healthy()).with("interval", 600);

        Outcome outcome = play(
                cutovers,
                "10 % of new visitors",
                deployment -> cutovers.aws
                        .operator()
                        .autoScaling()
                        .deleteAutoScalingGroup(r -> r.autoScalingGroupName(WEB).forceDelete(true)));

        cutovers.settle();
        assertTrue(outcome instanceof Outcome.Succeeded, cutovers::story);
        assertEquals(Set.of(BLUE), cutovers.groups());
        assertEquals(1, cutovers.balancers().size());
        assertTrue(cutovers.story().contains("web no longer exists; someone deleted it"), cutovers::story);
    }

    @Test
    void anotherDeploymentOfTheGroupIsRefusedMeanwhile() {
        Cutovers cutovers = Cutovers.dns(19, 2, Application.healthy());

        Outcome outcome = play(cutovers, "0 % → 10 %", deployment -> {
            String why = refusal(cutovers.deployment(false).play());
            assertTrue(why.contains("is being deployed to by web/deploy 1"), why);
        });

        cutovers.assertCutOver(outcome, BLUE);
    }
}
