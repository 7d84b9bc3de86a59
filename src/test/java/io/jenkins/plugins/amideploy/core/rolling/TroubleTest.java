package io.jenkins.plugins.amideploy.core.rolling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Deployment;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.group.LaunchSource;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.Behaviour;
import io.jenkins.plugins.amideploy.core.simulator.CallLog;
import io.jenkins.plugins.amideploy.core.simulator.GroupSpec;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefreshStatus;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.ec2.model.ImageState;

/** What goes wrong, one thing at a time, and what the person on call reads. */
class TroubleTest {
    private static final Instant FIVE_MINUTES_IN = SimulatedClock.START.plus(Duration.ofMinutes(5));
    private static final int SIZE = 6;

    private final Stage stage = Stage.typical(51, SIZE, Application.healthy()).with("batchSize", 2);

    private Outcome.Failed fails() {
        Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, stage.play(), stage::story);
        stage.assertSizesAndTags();
        stage.assertFloorHeld(SIZE);
        return failed;
    }

    private void refused(String... words) {
        Outcome.Failed failed = fails();
        for (String word : words) {
            assertTrue(failed.message().contains(word), () -> "no '" + word + "' in: " + failed.message());
        }
        assertTrue(failed.message().endsWith("Nothing was changed."), failed::message);
    }

    @Test
    void aMinuteOfThrottlingIsWaitedOut() {
        stage.aws.faults().throttleEverything(FIVE_MINUTES_IN, Duration.ofMinutes(1));
        stage.assertDeployed(stage.play());
        assertTrue(stage.story().contains("AWS throttles calls: Rate exceeded"), stage::story);
        assertTrue(stage.story().contains("AWS answers again"), stage::story);
    }

    @Test
    void fiveMinutesWithoutNetworkAreWaitedOut() {
        stage.aws.faults().networkGone(FIVE_MINUTES_IN, Duration.ofMinutes(5));
        stage.assertDeployed(stage.play());
        assertTrue(stage.story().contains("AWS cannot be reached"), stage::story);
        stage.assertFloorHeld(SIZE);
    }

    @Test
    void expiredCredentialsCanBeRenewed() {
        stage.aws.faults().credentialsExpired(FIVE_MINUTES_IN, Duration.ofMinutes(8));
        stage.assertDeployed(stage.play());
        assertTrue(stage.story().contains("Renew them within 15 min"), stage::story);
    }

    @Test
    void credentialsThatAreBadFromTheStartFailAtOnce() {
        stage.aws.faults().credentialsExpired(SimulatedClock.START, Duration.ofDays(1));
        refused("does not accept the credentials");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DescribeAutoScalingGroups", "DescribeScalingActivities", "DescribeTargetHealth",
                        "DescribeInstanceHealth",
                "DescribeImages", "DescribeInstances", "DescribeInstanceTypes", "DescribeLaunchTemplateVersions",
                "DescribeInstanceRefreshes", "CreateOrUpdateTags"
            })
    void aMissingPermissionIsNamedBeforeAnythingIsChanged(String operation) {
        stage.aws.faults().deny(operation);
        Outcome.Failed failed = fails();
        assertTrue(failed.message().contains(":" + operation + " is missing"), failed::message);
        assertEquals(List.of(), writes());
    }

    private List<String> writes() {
        return stage.aws.calls().calls().stream()
                .filter(call -> call.outcome().equals("OK") && !call.operation().startsWith("Describe"))
                .map(call -> call.operation())
                .filter(operation -> !operation.equals("DeleteTags"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SuspendProcesses", "CreateLaunchTemplateVersion", "UpdateAutoScalingGroup"})
    void aMissingPermissionToChangeIsNamedAndWhatWasChangedIsUndone(String operation) {
        stage.aws.faults().deny(operation);
        Outcome.Failed failed = fails();
        assertTrue(failed.message().contains(":" + operation + " is missing"), failed::message);
        stage.assertRolledBack(failed);
    }

    /** Nobody is helped by hours of silence. */
    @Test
    void aWayBackThatIsNotAllowedIsGivenUpWithinMinutes() {
        stage.aws.faults().at(FIVE_MINUTES_IN, () -> stage.aws.faults().deny("TerminateInstanceInAutoScalingGroup"));
        Instant start = stage.aws.clock().instant();

        Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, stage.play(), stage::story);

        assertTrue(failed.message().contains(":TerminateInstanceInAutoScalingGroup is missing"), failed::message);
        assertTrue(failed.message().contains("restoreAutoScalingGroup(group: '" + Stage.GROUP + "'"), failed::message);
        stage.assertFloorHeld(SIZE);
        Duration took = Duration.between(start, stage.aws.clock().instant());
        assertTrue(took.compareTo(Duration.ofMinutes(30)) < 0, took::toString);
    }

    /** What the way there found wrong with launches is not held against the way back. */
    @Test
    void capacityThatComesBackOnlyAfterTheGivingUpIsEnoughToRollBack() {
        stage.with("healthTimeout", 300).aws.faults().noCapacity(null, FIVE_MINUTES_IN, Duration.ofMinutes(9));
        Outcome.Failed failed = fails();
        assertTrue(failed.message().contains("AWS has not launched"), failed::message);
        stage.assertRolledBack(failed);
    }

    @Test
    void aLaunchThatFailsInEachZoneForTheSameReasonIsToldOnce() {
        stage.aws.faults().noCapacity(null, FIVE_MINUTES_IN, Duration.ofMinutes(4));
        stage.assertDeployed(stage.play());
        assertEquals(2, stage.story().split("A launch failed: ").length, stage::story);
    }

    @Test
    void timeLimitsOfNothingAreRefused() {
        stage.with("timeout", 0).with("healthTimeout", 0);
        refused("timeout: '0' must be a whole number from 1", "healthTimeout: '0' must be a whole number from 1");
    }

    @Test
    void aRunningInstanceRefreshIsRefused() {
        stage.aws.faults().instanceRefresh(Stage.GROUP, InstanceRefreshStatus.IN_PROGRESS);
        refused("an instance refresh is running");
    }

    @Test
    void anImageThatIsNotAvailableIsRefused() {
        stage.aws.imageState(stage.newImage, ImageState.PENDING);
        refused(stage.newImage + " is pending");
    }

    @Test
    void anImageForAnotherArchitectureIsRefused() {
        String arm = stage.aws.registerImage("web arm", "arm64", Application.healthy());
        stage.with("ami", arm);
        refused("is for arm64, but the group's t3.small is");
    }

    @Test
    void aGroupThatDoesNotExistIsRefused() {
        stage.with("group", "no-such-group");
        refused("there is no Auto Scaling group named 'no-such-group'");
    }

    @Test
    void anAlarmThatRingsAlreadyIsRefused() {
        stage.aws.faults().alarm("errors", StateValue.ALARM, "Threshold Crossed");
        stage.aws.clock().advance(Duration.ofSeconds(5));
        stage.with("alarms", "errors");
        refused("'errors' is in ALARM already: Threshold Crossed");
    }

    @Test
    void anAlarmThatGoesOffRollsBack() {
        stage.aws.faults().alarm("errors", StateValue.OK, "fine");
        stage.aws.faults().at(FIVE_MINUTES_IN, () -> stage.aws.faults().alarm("errors", StateValue.ALARM, "5xx > 10"));
        stage.with("alarms", "errors");
        Outcome.Failed failed = fails();
        assertEquals(Trouble.Kind.ALARM, failed.trouble().kind());
        stage.assertRolledBack(failed);
        assertTrue(failed.message().contains("5xx > 10"), failed::message);
    }

    @Test
    void whereTheAccountCreatesNoLaunchConfigurationsConversionIsOffered() {
        Stage lc = Stage.of(
                52,
                Behaviour.typical().withLaunchConfigurationsAllowed(false),
                Application.healthy(),
                spec -> spec.sizes(1, 3, 6).source(GroupSpec.Source.LAUNCH_CONFIGURATION));
        Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, lc.play());
        assertTrue(failed.message().contains("convertToLaunchTemplate: true"), failed::message);
        lc.assertRolledBack(failed);
        lc.with("convertToLaunchTemplate", true);
        Outcome converted = lc.rehearsal("d2", "web/deploy 2").play();
        lc.assertDeployed(converted);
        assertTrue(LaunchSource.of(lc.group()).orElseThrow() instanceof LaunchSource.Template);
    }

    @Test
    void aLaunchThatFailsForGoodIsToldWithinSecondsAndRolledBack() {
        stage.aws.faults().failLaunches(Stage.GROUP, 1000, "Your quota allows for 0 more running instance(s).");
        Outcome.Failed failed = fails();
        stage.assertRolledBack(failed);
        assertTrue(failed.message().contains("Your quota allows for 0 more"), failed::message);
        assertTrue(
                stage.aws.clock().instant().isBefore(SimulatedClock.START.plus(Duration.ofMinutes(4))), stage::story);
    }

    @Test
    void aWhileWithoutCapacityIsWaitedOut() {
        stage.aws.faults().noCapacity(null, FIVE_MINUTES_IN, Duration.ofMinutes(6));
        stage.assertDeployed(stage.play());
        assertTrue(stage.story().contains("A launch failed: "), stage::story);
    }

    @Test
    void someoneWhoPointsTheGroupElsewhereIsNotFought() {
        stage.aws.faults().at(FIVE_MINUTES_IN, () -> {
            var template = stage.group().launchTemplate();
            stage.aws
                    .operator()
                    .autoScaling()
                    .updateAutoScalingGroup(r -> r.autoScalingGroupName(Stage.GROUP)
                            .launchTemplate(t -> t.launchTemplateId(template.launchTemplateId())
                                    .version("1")));
        });
        Outcome.Failed failed = fails();
        assertEquals(Trouble.Kind.GROUP_CHANGED, failed.trouble().kind());
        assertEquals("1", stage.group().launchTemplate().version());
        assertTrue(failed.message().contains("It is a mix"), failed::message);
    }

    @Test
    void itsOwnTimeoutRollsBack() {
        stage.with("timeout", 400);
        Outcome.Failed failed = fails();
        assertEquals(Trouble.Kind.TIMED_OUT, failed.trouble().kind());
        stage.assertRolledBack(failed);
    }

    private static Stage following(long seed) {
        return Stage.of(
                seed,
                Behaviour.typical(),
                Application.healthy(),
                spec -> spec.sizes(1, 2, 3).version("$Latest"));
    }

    @Test
    void aGroupIsNotLeftFollowingACopyThatCannotBeRemoved() {
        Stage group = following(52).gated();
        group.rehearsal().gatekeeper(gate -> Optional.of("the smoke test failed"));
        String template = group.group().launchTemplate().launchTemplateId();
        group.aws
                .faults()
                .at(
                        FIVE_MINUTES_IN.minusSeconds(210),
                        () -> group.aws
                                .operator()
                                .ec2()
                                .modifyLaunchTemplate(
                                        r -> r.launchTemplateId(template).defaultVersion("2")));
        assertInstanceOf(Outcome.Failed.class, group.play(), group::story);
        assertEquals("1", group.group().launchTemplate().version(), group::story);
        assertTrue(group.story().contains("version 2 could not be removed"), group::story);
    }

    @Test
    void aCopyWhoseNameWasNeverToldIsRemovedToo() {
        Stage undisturbed = following(53);
        undisturbed.play();
        List<CallLog.Call> calls = undisturbed.aws.calls().calls();
        int creating = 1;
        while (!calls.get(creating - 1).operation().equals("CreateLaunchTemplateVersion")) {
            creating++;
        }
        Stage group = following(53);
        group.aws.faults().loseAnswer(creating);
        Deployment deployment = group.rehearsal().deployment();
        while (group.aws.calls().total() < creating) {
            group.rehearsal().step(deployment);
        }
        deployment.abort("by someone");
        group.assertRolledBack(group.rehearsal().play(deployment));
    }
}
