package io.jenkins.plugins.amideploy.core.blueviolet;

import static io.jenkins.plugins.amideploy.core.blueviolet.Twins.BLUE;
import static io.jenkins.plugins.amideploy.core.blueviolet.Twins.VIOLET;
import static io.jenkins.plugins.amideploy.core.blueviolet.Twins.WEB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Deployment;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.GroupSpec;
import io.jenkins.plugins.amideploy.core.simulator.HookSpec;
import io.jenkins.plugins.amideploy.core.simulator.Quota;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** What a deployment beside a live group makes of what it finds and of what happens meanwhile. */
class BlueVioletStoriesTest {
    private static String refusal(Outcome outcome) {
        Outcome.Failed failed = (Outcome.Failed) outcome;
        assertEquals(Trouble.Kind.REFUSED, failed.trouble().kind());
        assertEquals("Nothing was changed.", failed.state());
        return failed.trouble().text();
    }

    private static Instant in(Twins twins, int seconds) {
        return twins.aws.clock().instant().plusSeconds(seconds);
    }

    /** All its instances die, and are not replaced. */
    private static void die(Twins twins, String group) {
        twins.aws
                .operator()
                .autoScaling()
                .suspendProcesses(r -> r.autoScalingGroupName(group).scalingProcesses("ReplaceUnhealthy"));
        twins.settle();
        twins.show(group).instances().forEach(i -> twins.aws.faults().crashInstance(i.instanceId()));
        twins.settle();
    }

    // ---- which one is live

    @Test
    void theLiveOneIsToldByTheBalancersNotByItsName() {
        Twins twins = Twins.typical(2, 2, Application.healthy());
        twins.group(BLUE, 2, spec -> spec);
        twins.aws
                .operator()
                .autoScaling()
                .updateAutoScalingGroup(
                        r -> r.autoScalingGroupName(WEB).minSize(0).desiredCapacity(0));
        twins.settle();
        twins.begin(2);

        Outcome outcome = twins.play();

        assertEquals(BLUE, ((Outcome.Succeeded) outcome).result().get("retired"), twins::story);
        twins.settle();
        twins.assertServes(VIOLET, twins.newImage, 2);
        assertEquals(Set.of(WEB, VIOLET), twins.groups());
        twins.assertFloorHeld();
    }

    @Test
    void whereBothServeNothingIsReplaced() {
        Twins twins = Twins.typical(2, 2, Application.healthy());
        twins.group(BLUE, 2, spec -> spec);

        String why = refusal(twins.play());

        assertTrue(why.contains("web and web-blue serve at the same time"), why);
    }

    @Test
    void whereNoneServesTheOneThatShouldIsReplaced() {
        Twins twins = Twins.typical(3, 2, Application.healthy());
        twins.group(BLUE, 2, spec -> spec);
        twins.aws
                .operator()
                .autoScaling()
                .updateAutoScalingGroup(
                        r -> r.autoScalingGroupName(BLUE).minSize(0).desiredCapacity(0));
        twins.settle();
        die(twins, WEB);

        Outcome outcome = twins.play();

        assertEquals(WEB, ((Outcome.Succeeded) outcome).result().get("retired"), twins::story);
        assertTrue(twins.story().contains("No instance of web is in service; it is replaced all the same"));
    }

    @Test
    void whereNoneServesAndAllShouldNothingIsGuessed() {
        Twins twins = Twins.typical(3, 2, Application.healthy());
        twins.group(BLUE, 2, spec -> spec);
        die(twins, WEB);
        die(twins, BLUE);

        String why = refusal(twins.play());

        assertTrue(why.contains("no instance is in service, so it is not known which one is live"), why);
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        Twins twins = Twins.typical(4, 3, Application.healthy())
                .with("bake", "soon")
                .with("keepOld", "maybe")
                .with("alarms", "no-such-alarm")
                .with("maxSize", 2);
        twins.aws.quota(Quota.AUTO_SCALING_GROUPS, 1);
        twins.aws
                .operator()
                .autoScaling()
                .suspendProcesses(r -> r.autoScalingGroupName(WEB).scalingProcesses("Launch"));
        twins.settle();

        String why = refusal(twins.play());

        for (String part : List.of(
                "bake:", "keepOld:", "no-such-alarm", "maxSize:", "quota: the account has 1 of 1", "process Launch")) {
            assertTrue(why.contains(part), () -> part + " is not in " + why);
        }
    }

    @Test
    void moreTargetsThanATargetGroupTakesAreToldBefore() {
        Twins twins = Twins.typical(4, 2, Application.healthy())
                .with("desiredCapacity", 999)
                .with("maxSize", 1000);

        String why = refusal(twins.play());

        assertTrue(why.contains("quota: target group web has 2 targets; with 999 more"), why);
    }

    @Test
    void moreInstancesThanTheAccountMayRunAreToldBefore() {
        Twins twins = Twins.typical(4, 3, Application.healthy());
        twins.aws.quota(Quota.VCPUS, 11);

        String why = refusal(twins.play());

        assertTrue(
                why.contains("Standard (A, C, D, H, I, M, R, T, Z) instances use 6 of the 11 vCPUs that the account may"
                        + " run on demand in this region (L-1216C47A); the new group needs 6 more"),
                why);
    }

    @Test
    void justAsManyInstancesAsTheAccountMayRunAreDeployed() {
        Twins twins = Twins.typical(4, 3, Application.healthy());
        twins.aws.quota(Quota.VCPUS, 12);

        twins.assertDeployed(twins.play(), BLUE, 3);
    }

    // ---- both stay, one goes later

    @Test
    void bothStayAndTheOlderGoesLater() {
        Twins twins = Twins.typical(5, 3, Application.healthy(), spec -> spec.targetTrackingPolicy("cpu50"))
                .with("terminateRelative", false);

        Outcome both = twins.play();

        assertEquals("", ((Outcome.Succeeded) both).result().get("retired"), twins::story);
        twins.settle();
        twins.assertServes(WEB, twins.oldImage, 3);
        twins.assertServes(BLUE, twins.newImage, 3);

        twins.without("ami").with("terminateRelative", true);
        Outcome outcome = twins.play();

        assertEquals(WEB, ((Outcome.Succeeded) outcome).result().get("retired"), twins::story);
        assertEquals(twins.newImage, ((Outcome.Succeeded) outcome).result().get("ami"), twins::story);
        twins.assertDeployed(outcome, BLUE, 3);
        twins.assertFloorHeld();
    }

    @Test
    void whatBothCarryIsCarriedByTheOneThatStays() {
        Twins twins = Twins.typical(6, 4, Application.healthy(), spec -> spec.targetTrackingPolicy("cpu50"))
                .with("terminateRelative", false);
        twins.play();
        twins.settle();
        twins.aws.faults().scale(WEB, "cpu50", -2);
        twins.aws.faults().scale(BLUE, "cpu50", -2);
        twins.settle();
        twins.begin(4);

        twins.without("ami").with("terminateRelative", true).with("group", BLUE);
        twins.assertDeployed(twins.play(), BLUE, 4);
        twins.assertFloorHeld();
    }

    @Test
    void withoutTagsNothingIsRetiredByGuessing() {
        Twins twins = Twins.typical(7, 2, Application.healthy());
        twins.group(BLUE, 2, spec -> spec);

        String why = refusal(twins.without("ami").play());

        assertTrue(why.contains("no tag (ami-deploy-group:since) says which one is older"), why);
    }

    @Test
    void whereThereIsNoOtherThereIsNothingToRetire() {
        Twins twins = Twins.typical(7, 2, Application.healthy()).without("ami");

        Map<String, Object> result = ((Outcome.Succeeded) twins.play()).result();

        assertEquals(WEB, result.get("group"));
        assertEquals("", result.get("retired"));
    }

    @Test
    void aRetirementThatTheBlockRefusesLeavesBothAsTheyWere() {
        Twins twins = Twins.typical(8, 3, Application.healthy(), spec -> spec.targetTrackingPolicy("cpu50"))
                .with("terminateRelative", false);
        twins.play();
        twins.without("ami").with("terminateRelative", true);

        Outcome outcome = twins.play(twins.deployment(true).gatekeeper(gate -> Optional.of("no")));

        twins.settle();
        assertTrue(outcome instanceof Outcome.Failed, twins::story);
        twins.assertServes(WEB, twins.oldImage, 3);
        twins.assertServes(BLUE, twins.newImage, 3);
    }

    // ---- the old one is kept

    @Test
    void aStandbyIsBackInServiceByRestoringIt() {
        Twins twins = Twins.typical(9, 3, Application.healthy()).with("keepOld", "standby");
        Outcome outcome = twins.play();
        twins.settle();
        assertTrue(outcome instanceof Outcome.Succeeded, twins::story);
        assertEquals(List.of(0, 0, 0), Twins.sizes(twins.show(WEB)));
        assertEquals(List.of(), twins.leases());

        assertTrue(twins.restore(WEB) instanceof Outcome.Succeeded, twins::story);
        twins.aws.clock().advance(Duration.ofMinutes(10));

        twins.assertServes(WEB, twins.oldImage, 3);
        assertEquals(List.of(1, 3, 4), Twins.sizes(twins.show(WEB)));
        // The one that was restored is the newer one now.
        Outcome retired = twins.without("ami").play();
        assertEquals(BLUE, ((Outcome.Succeeded) retired).result().get("retired"), twins::story);
    }

    @Test
    void aStandbyMakesRoomWhereItsColourIsNeeded() {
        Twins twins = Twins.typical(10, 2, Application.healthy());
        twins.play();
        twins.settle();
        twins.with("keepOld", "standby").play();
        twins.settle();
        assertEquals(Set.of(BLUE, VIOLET), twins.groups());

        Outcome outcome = twins.with("keepOld", "terminate").play();

        twins.assertDeployed(outcome, BLUE, 2);
        twins.assertFloorHeld();
    }

    // ---- what happens meanwhile

    @Test
    void whatTheOldOneScalesOutToIsFollowedBeforeTheCut() {
        Twins twins = Twins.typical(
                11, 3, Application.healthy(), spec -> spec.sizes(1, 3, 8).targetTrackingPolicy("cpu50"));
        twins.aws.faults().at(in(twins, 40), () -> twins.aws.faults().scale(WEB, "cpu50", 2));

        twins.assertDeployed(twins.play(), BLUE, 5);
        twins.assertFloorHeld();
        assertTrue(twins.story().contains("3 → 5: web was scaled out meanwhile"), twins::story);
    }

    @Test
    void halfTheLoadScalesNothingInWhileBothServe() {
        Twins twins = Twins.typical(12, 4, Application.healthy(), spec -> spec.targetTrackingPolicy("cpu50"))
                .with("bake", 900);
        for (int seconds = 300; seconds < 1000; seconds += 100) {
            twins.aws.faults().at(in(twins, seconds), () -> twins.aws.faults().scale(WEB, "cpu50", -1));
            twins.aws.faults().at(in(twins, seconds), () -> twins.aws.faults().scale(BLUE, "cpu50", -1));
        }

        twins.assertDeployed(twins.play(), BLUE, 4);
        twins.assertFloorHeld();
    }

    @Test
    void aBadImageIsTakenBackAndTheOldOneIsNotTouched() {
        Twins twins = Twins.typical(13, 3, Application.neverHealthy()).with("healthTimeout", 400);

        Outcome outcome = twins.play();

        twins.assertAsBefore(outcome, 3);
        twins.assertFloorHeld();
        assertTrue(twins.aws.terminations().stream().noneMatch(t -> t.group().equals(WEB)), twins::story);
    }

    @Test
    void aLaunchThatCannotSucceedIsToldInSeconds() {
        Twins twins = Twins.typical(14, 3, Application.healthy());
        twins.aws.quota(Quota.VCPUS, 8);
        twins.aws.faults().deny("GetServiceQuota");
        Instant start = twins.aws.clock().instant();

        Outcome outcome = twins.play();

        assertTrue(((Outcome.Failed) outcome).trouble().text().contains("vCPU"), twins::story);
        assertTrue(twins.story().contains("The instance quota was not checked: User: "), twins::story);
        assertTrue(
                Duration.between(start, twins.aws.clock().instant()).compareTo(Duration.ofMinutes(3)) < 0,
                twins::story);
        twins.assertAsBefore(outcome, 3);
    }

    @Test
    void aHookThatHoldsTheNewInstancesIsShown() {
        Twins twins = Twins.typical(
                15,
                2,
                Application.healthy(),
                spec -> spec.hook(HookSpec.launching("bootstrap", Duration.ofSeconds(10))
                        .withHeartbeat(Duration.ofSeconds(60), "CONTINUE")));

        twins.assertDeployed(twins.play(), BLUE, 2);
        assertTrue(twins.story().contains("waits: Pending:Wait for lifecycle hook 'bootstrap'"), twins::story);
    }

    @Test
    void aFailedBlockRemovesTheNewGroup() {
        Twins twins = Twins.typical(16, 3, Application.healthy());
        twins.stepPolicy(WEB, "web-busy");
        twins.begin(3);

        Outcome outcome = twins.play(twins.deployment(true).gatekeeper(gate -> Optional.of("smoke test failed")));

        twins.assertAsBefore(outcome, 3);
        twins.assertFloorHeld();
        assertTrue(((Outcome.Failed) outcome).message().contains("smoke test failed"));
        assertTrue(((Outcome.Failed) outcome).message().contains("web serves as before"));
    }

    @Test
    void theBlockIsToldWhatThereIsToTest() {
        Twins twins = Twins.typical(17, 2, Application.healthy());
        Map<String, String> told = new TreeMap<>();
        Rehearsal rehearsal = twins.deployment(true).gatekeeper(gate -> {
            told.putAll(gate.environment());
            return Optional.empty();
        });

        twins.assertDeployed(twins.play(rehearsal), BLUE, 2);

        assertEquals(BLUE, told.get("AMI_DEPLOY_GROUP"));
        assertEquals(WEB, told.get("AMI_DEPLOY_OLD_GROUP"));
        assertEquals("classic", told.get("AMI_DEPLOY_LOAD_BALANCERS"));
        assertEquals(WEB, told.get("AMI_DEPLOY_TARGET_GROUPS"));
        assertEquals(2, told.get("AMI_DEPLOY_INSTANCE_IDS").split(" ").length);
        assertEquals(2, told.get("AMI_DEPLOY_PRIVATE_IPS").split(" ").length);
    }

    @Test
    void anAlarmWhileBakingTakesItBack() {
        Twins twins =
                Twins.typical(18, 2, Application.healthy()).with("bake", 600).with("alarms", "errors");
        twins.aws.faults().alarm("errors", StateValue.OK, "fine");
        twins.begin(2);
        twins.aws.faults().at(in(twins, 500), () -> twins.aws.faults().alarm("errors", StateValue.ALARM, "7 errors"));

        Outcome outcome = twins.play();

        assertTrue(((Outcome.Failed) outcome).trouble().text().contains("7 errors"), twins::story);
        twins.assertAsBefore(outcome, 2);
    }

    @Test
    void onFailureStopLeavesBothInService() {
        Twins twins = Twins.typical(19, 2, Application.healthy()).with("onFailure", "stop");

        Outcome outcome = twins.play(twins.deployment(true).gatekeeper(gate -> Optional.of("no")));

        twins.settle();
        assertTrue(outcome instanceof Outcome.Failed, twins::story);
        twins.assertServes(WEB, twins.oldImage, 2);
        twins.assertServes(BLUE, twins.newImage, 2);
    }

    @Test
    void anAbortAfterTheCutIsFinishedAllTheSame() {
        Twins twins = Twins.typical(20, 3, Application.healthy());
        Rehearsal rehearsal = twins.deployment(false);
        Deployment deployment = rehearsal.deployment();
        Optional<Outcome> outcome = Optional.empty();
        while (outcome.isEmpty()) {
            if (twins.story().contains("web is taken out of service")) {
                deployment.abort("Aborted by tester");
            }
            outcome = rehearsal.step(deployment);
        }

        twins.settle();
        assertTrue(((Outcome.Failed) outcome.get()).message().contains("it was finished"), twins::story);
        twins.assertServes(BLUE, twins.newImage, 3);
        assertEquals(Set.of(BLUE), twins.groups());
        twins.assertFloorHeld();
    }

    @Test
    void anAbortBeforeTheCutLeavesTheOldOneAsItWas() {
        for (int steps = 1; steps < 30; steps++) {
            Twins twins = Twins.typical(21, 2, Application.healthy(), spec -> spec.targetTrackingPolicy("cpu50"))
                    .with("bake", 60);
            Rehearsal rehearsal = twins.deployment(false);
            Deployment deployment = rehearsal.deployment();
            Optional<Outcome> outcome = Optional.empty();
            for (int i = 0; i < steps && !twins.story().contains("taken out of service"); i++) {
                rehearsal.step(deployment);
            }
            if (twins.story().contains("taken out of service")) {
                return;
            }
            deployment.abort("Aborted by tester");
            while (outcome.isEmpty()) {
                outcome = rehearsal.step(deployment);
            }
            twins.assertAsBefore(outcome.get(), 2);
            twins.assertFloorHeld();
        }
    }

    @Test
    void theNewGroupIsNotTakenAwayWhileTheOldOneDoesNotServe() {
        Twins twins = Twins.typical(22, 3, Application.healthy()).with("bake", 600);
        twins.begin(3);
        Rehearsal rehearsal = twins.deployment(false);
        Deployment deployment = rehearsal.deployment();
        while (!twins.story().contains("Both groups serve for")) {
            rehearsal.step(deployment);
        }
        twins.show(WEB).instances().stream()
                .limit(2)
                .forEach(i -> twins.aws.faults().crashInstance(i.instanceId()));
        twins.aws.clock().advance(Duration.ofSeconds(90));
        deployment.abort("Aborted by tester");
        Optional<Outcome> outcome = Optional.empty();
        while (outcome.isEmpty()) {
            outcome = rehearsal.step(deployment);
        }

        twins.assertFloorHeld();
        twins.settle();
        twins.assertServes(WEB, twins.oldImage, 3);
        assertEquals(Set.of(WEB), twins.groups(), twins::story);
    }

    @Test
    void whereTheNewGroupIsDeletedDuringTheCutTheOldOneIsWokenAgain() {
        Twins twins = Twins.typical(27, 3, Application.healthy());
        Rehearsal rehearsal = twins.deployment(false);
        Deployment deployment = rehearsal.deployment();
        while (!twins.story().contains("web is taken out of service")) {
            rehearsal.step(deployment);
        }
        twins.aws
                .operator()
                .autoScaling()
                .deleteAutoScalingGroup(r -> r.autoScalingGroupName(BLUE).forceDelete(true));
        Optional<Outcome> outcome = Optional.empty();
        while (outcome.isEmpty()) {
            outcome = rehearsal.step(deployment);
        }
        twins.aws.clock().advance(Duration.ofMinutes(10));

        twins.assertAsBefore(outcome.get(), 3);
    }

    // ---- restoring without a deployment

    @Test
    void restoringBeforeTheCutDeletesNothing() {
        Twins twins = Twins.typical(23, 2, Application.healthy(), spec -> spec.targetTrackingPolicy("cpu50"))
                .with("bake", 600);
        Rehearsal rehearsal = twins.deployment(false);
        Deployment deployment = rehearsal.deployment();
        while (!twins.story().contains("Both groups serve for")) {
            rehearsal.step(deployment);
        }

        assertTrue(twins.restore(WEB) instanceof Outcome.Succeeded, twins::story);
        assertTrue(twins.restore(BLUE) instanceof Outcome.Succeeded, twins::story);

        twins.settle();
        twins.assertServes(WEB, twins.oldImage, 2);
        twins.assertServes(BLUE, twins.newImage, 2);
        assertTrue(twins.story().contains("restoring deletes no group"), twins::story);
    }

    @Test
    void whatIsBeingTakenOutIsNotRestoredButFinished() {
        Twins twins = Twins.typical(24, 2, Application.healthy());
        Rehearsal rehearsal = twins.deployment(false);
        Deployment deployment = rehearsal.deployment();
        while (!twins.story().contains("web is taken out of service")) {
            rehearsal.step(deployment);
        }

        Outcome refused = twins.restore(WEB);

        assertTrue(((Outcome.Failed) refused).message().contains("blueVioletDeploy(group: 'web-blue')"));
        twins.dies(1);
        twins.without("ami").play();
        twins.settle();
        twins.assertServes(BLUE, twins.newImage, 2);
        assertEquals(Set.of(BLUE), twins.groups());
        assertFalse(twins.story().contains("Undo"));
        twins.assertFloorHeld();
    }

    @Test
    void whoeverDeploysToOneOfThemIsNamedToTheNext() {
        Twins twins = Twins.typical(25, 2, Application.healthy());
        Rehearsal rehearsal = twins.deployment(false);
        Deployment deployment = rehearsal.deployment();
        while (!twins.story().contains("launched")) {
            rehearsal.step(deployment);
        }

        String why = refusal(twins.play());

        assertTrue(why.contains("being deployed to by web/deploy 1"), why);
    }

    @Test
    void aGroupOfALaunchConfigurationLeavesNoneBehind() {
        Twins twins =
                Twins.typical(26, 2, Application.healthy(), spec -> spec.source(GroupSpec.Source.LAUNCH_CONFIGURATION));

        twins.assertDeployed(twins.play(), BLUE, 2);
        twins.assertDeployed(twins.play(), VIOLET, 2);
        assertEquals(
                1,
                twins.aws.leftovers().stream()
                        .filter(l -> l.kind().equals("launch-configuration") && !l.fromSetUp())
                        .count());
    }
}
