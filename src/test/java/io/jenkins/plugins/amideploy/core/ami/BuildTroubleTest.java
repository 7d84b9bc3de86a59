package io.jenkins.plugins.amideploy.core.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.simulator.Guest;
import io.jenkins.plugins.amideploy.core.simulator.LaunchRefusal;
import io.jenkins.plugins.amideploy.core.simulator.Leftover;
import io.jenkins.plugins.amideploy.core.simulator.ScriptRun;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong, one thing at a time, what the person on call reads, and that nothing is left. */
class BuildTroubleTest {
    private static final String GONE = "Nothing of this build is left in AWS.";

    private final BuildStage stage = BuildStage.of(31);

    private Outcome.Failed refused(String... words) {
        Outcome.Failed failed = stage.fails(words);
        assertTrue(failed.message().endsWith("Nothing was made."), failed::message);
        assertTrue(
                stage.aws.calls().calls().stream()
                        .allMatch(call -> call.operation().startsWith("Describe")
                                || call.operation().startsWith("Get")),
                () -> stage.aws.calls().counts().toString());
        return failed;
    }

    @Test
    void allThatIsWrongIsToldAtOnceBeforeAnythingIsMade() {
        stage.with("sourceAmi", "ami-0fffffffffffffff0")
                .with("subnetId", "subnet-0fffffffffffffff0")
                .with("keyName", "nobodys")
                .with("instanceType", "zz.top")
                .with("waitFor", "godot")
                .with("copyTo", "xx-north-9, eu-west-1")
                .with("kmsKeyId", "alias/k")
                .with("tags", "no equals")
                .with("keep", "none")
                .with("color", "blue");
        refused(
                "sourceAmi: AWS does not know ami-0fffffffffffffff0",
                "subnetId: ",
                "keyName: ",
                "instanceType: ",
                "waitFor: 'godot' must be one of",
                "there is no region xx-north-9",
                "made in eu-west-1 anyway",
                "kmsKeyId: it is of use only with encrypted: true",
                "tags: 'no equals' must be Key=value",
                "keep: 'none' must be a whole number",
                "color: there is no such parameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssm:/aws/service/nothing", "name=nothing*, owners=amazon", "web-7", "name="})
    void aSourceThatIsNoneIsToldBeforeAnythingIsMade(String source) {
        stage.with("sourceAmi", source);
        refused("sourceAmi: ");
    }

    @Test
    void aTypeOfAnotherArchitectureIsToldBeforeAnythingIsMade() {
        stage.with("instanceType", "m7g.large");
        refused("is for x86_64, but m7g.large is arm64");
    }

    @Test
    void aRootVolumeThatIsTooSmallIsToldBeforeAnythingIsMade() {
        stage.with("rootVolumeSize", 4);
        refused("4 GiB is less than the 8 GiB");
    }

    @Test
    void aNameThatIsTakenIsToldBeforeAnythingIsMade() {
        stage.with("name", "the one");
        String first = stage.image();
        stage.again();
        Outcome.Failed failed = stage.failsLeavingSomething("name: 'the one' is taken by " + first);
        assertTrue(failed.message().endsWith("Nothing was made."));
        stage.assertNothingElseIsLeft(Set.of(first));
    }

    @Test
    void aNameThatIsTakenMeanwhileIsToldInClearWords() {
        stage.with("name", "the one").untilPhase(BuildState.Phase.STOP);
        String other = stage.aws
                .operator()
                .ec2()
                .createImage(r -> r.instanceId(stage.saved().get("instance")).name("the one"))
                .imageId();
        stage.fails("was free when this build began and is taken now by " + other, GONE);
    }

    @ParameterizedTest
    @EnumSource(LaunchRefusal.class)
    void aLaunchThatIsRefusedSaysWhyAndLeavesNothing(LaunchRefusal refusal) {
        stage.gated().with("spot", "true").aws.faults().refuseLaunches(9, refusal);
        stage.fails("AWS refused: ", GONE);
    }

    @Test
    void anAgentOfSystemsManagerThatNeverComesIsExplained() {
        BuildStage own = BuildStage.of(32, Guest.working().withAgent(null));
        own.with("commands", "true").with("readyTimeout", 300);
        own.fails("Not ready within the readyTimeout of 5 min", "AmazonSSMManagedInstanceCore", GONE);
    }

    @Test
    void sshThatNeverAnswersIsExplained() {
        BuildStage own = BuildStage.of(33, Guest.working().withSsh(null));
        own.gated().with("readyTimeout", 300);
        own.fails("Not ready within the readyTimeout", "answers on SSH", "port 22", GONE);
    }

    @Test
    void anAgentThatFallsSilentEndsTheCommands() {
        BuildStage own = BuildStage.of(34, Guest.working().withCommands(script -> ScriptRun.hangs("working\n")));
        own.with("commands", "sleep 9999").with("commandTimeout", 600);
        own.fails("commands", GONE);
    }

    @Test
    void commandsThatFailShowTheirOutputAndExitCode() {
        BuildStage own = BuildStage.of(
                35,
                Guest.working()
                        .withCommands(script -> ScriptRun.fails(
                                Duration.ofSeconds(20), 100, "Reading lists\n", "E: no package nginxx\n")));
        own.with("commands", "apt-get install nginxx");
        own.fails("The commands failed", "exit code 100", GONE);
        own.tells("| Reading lists", "stderr| E: no package nginxx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"running", "ssm"})
    void userDataThatFailsFailsTheBuild(String waitFor) {
        BuildStage own = BuildStage.of(36, Guest.working().withUserData(Duration.ofMinutes(1), Guest.Ending.FAILED));
        own.with("userData", "#!/bin/sh\nfalse").with("waitFor", waitFor);
        own.fails("The user data failed", GONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"running", "ssm"})
    void userDataThatHangsIsGivenUp(String waitFor) {
        BuildStage own = BuildStage.of(37, Guest.working().withUserData(Duration.ofMinutes(1), Guest.Ending.HANGS));
        own.with("userData", "#!/bin/sh\nsleep inf").with("waitFor", waitFor).with("commandTimeout", 900);
        own.fails(GONE);
    }

    @Test
    void aBlockThatFailsFailsTheBuild() {
        stage.gated(gate -> Optional.of("ansible-playbook returned 2"));
        stage.fails("The block failed (provision): ansible-playbook returned 2", GONE);
    }

    @Test
    void anImageThatFailsIsToldAtOnceWithAwsReason() {
        stage.aws.faults().failImage("The snapshot could not be made");
        stage.fails("is failed: Client.InternalError: The snapshot could not be made", GONE);
    }

    @Test
    void anImageThatTakesTooLongIsGivenUp() {
        stage.with("imageTimeout", 30);
        stage.fails("is still pending after the imageTimeout of 30 s", GONE);
    }

    @Test
    void aCopyThatFailsTakesEverythingAlong() {
        stage.with("copyTo", "eu-central-1, us-east-1");
        stage.aws.region("us-east-1").faults().failCopy("The key is disabled");
        stage.fails("The copy to us-east-1 failed", "The key is disabled", GONE);
    }

    @Test
    void aCopyThatFailsLeavesTheOthersWhereThatIsAskedFor() {
        stage.with("copyTo", "eu-central-1, us-east-1").with("onFailure", "keep");
        stage.aws.region("us-east-1").faults().failCopy("The key is disabled");
        Outcome.Failed failed = stage.failsLeavingSomething(
                "The copy to us-east-1 failed", "What was made before is kept", "in eu-west-1", "in eu-central-1");
        Set<String> kept = stage.left().stream()
                .filter(one -> one.kind().equals("image"))
                .map(Leftover::id)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(2, kept.size(), failed::message);
        stage.assertNothingElseIsLeft(kept);
        assertEquals(List.of(), stage.sweep());
    }

    @ParameterizedTest
    @EnumSource(
            value = BuildState.Phase.class,
            names = {"READY", "USER_DATA", "COMMANDS", "BLOCK", "STOP"})
    void anInstanceThatVanishesEndsTheBuild(BuildState.Phase phase) {
        boolean[] killed = new boolean[1];
        stage.gated(gate -> {
                    kill(killed);
                    return Optional.empty();
                })
                .with("userData", "#!/bin/sh\ntrue")
                .with("commands", "true")
                .until(() -> phase.name().equals(stage.saved().get("phase")));
        kill(killed);
        stage.fails("is gone before its image was made", GONE);
    }

    private void kill(boolean[] killed) {
        if (!killed[0]) {
            killed[0] = true;
            stage.aws
                    .operator()
                    .ec2()
                    .terminateInstances(r -> r.instanceIds(stage.saved().get("instance")));
        }
    }

    @Test
    void anInstanceThatSomeoneStopsEndsTheBuild() {
        stage.gated().untilPhase(BuildState.Phase.READY);
        stage.until(() -> stage.saved().getOrDefault("ready", "").contains("RUNNING"));
        stage.aws
                .operator()
                .ec2()
                .stopInstances(r -> r.instanceIds(stage.saved().get("instance")));
        stage.fails("was stopped while it was being provisioned", GONE);
    }

    @ParameterizedTest
    @EnumSource(
            value = BuildState.Phase.class,
            names = {"RETENTION", "CLEAN_UP"},
            mode = EnumSource.Mode.EXCLUDE)
    void anAbortInAnyPhaseLeavesNothing(BuildState.Phase phase) {
        stage.gated()
                .with("copyTo", "eu-central-1")
                .with("userData", "#!/bin/sh\ntrue")
                .with("commands", "true");
        if (phase != BuildState.Phase.PREFLIGHT) {
            stage.untilPhase(phase);
        }
        stage.deployment().abort("Aborted by alice");
        stage.fails("Aborted by alice");
    }

    @Test
    void anAbortOfCopiesSaysThatTheImageGoesToo() {
        stage.with("copyTo", "eu-central-1").until(() -> stage.saved().containsKey("copy.eu-central-1"));
        stage.deployment().abort("Aborted by alice");
        stage.fails("Aborted by alice", "was not finished and is removed", GONE);
        stage.tells("a build that was aborted leaves none");
    }

    @Test
    void anAbortAfterTheImageWasFinishedTakesNothingAway() {
        stage.until(() -> stage.saved().containsKey("finished"));
        stage.deployment().abort("Aborted by alice");
        stage.succeeds();
        stage.tells("The image was finished by then and stays");
    }

    @Test
    void aBuildThatTakesTooLongIsUndone() {
        stage.with("timeout", 60);
        stage.fails("Not done within the timeout of 1 min", GONE);
    }

    @Test
    void aMissingPermissionIsNamedAndWhatWasMadeGoes() {
        stage.aws.faults().deny("CreateImage");
        stage.fails("The permission ec2:CreateImage is missing", GONE);
    }

    @Test
    void whatCannotBeRemovedIsToldAndTheImageIsGoodAllTheSame() {
        stage.gated().aws.faults().deny("DeleteKeyPair");
        Outcome outcome = stage.play();
        assertTrue(outcome instanceof Outcome.Succeeded, stage::story);
        stage.tells(
                "The image is good, but something of its build could not be removed",
                "key pair ami-deploy-d1",
                "The sweeper tries again");
        stage.aws.faults().allow("DeleteKeyPair");
        stage.sweep();
        stage.assertNothingElseIsLeft(BuildStage.images(((Outcome.Succeeded) outcome).result()));
    }

    @Test
    void theInstanceOfAFailedBuildIsKeptForALookAndThenSwept() {
        stage.gated(gate -> Optional.of("it broke"))
                .with("keepOnFailure", "true")
                .with("keepFor", 2);
        stage.failsLeavingSomething(
                "it broke",
                "is left for a look until 2026-01-05 11:0",
                "aws ssm start-session --target ",
                "Nothing else of this build is left");
        Set<String> kinds = stage.left().stream().map(Leftover::kind).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of("instance", "security-group", "volume"), kinds);
        stage.aws.clock().advance(Duration.ofMinutes(30));
        Sweep early = new Sweep(stage);
        assertEquals(List.of(), early.lines());
        stage.aws.clock().advance(Duration.ofHours(2));
        stage.sweep();
        stage.assertNothingElseIsLeft(Set.of());
    }

    @Test
    void anInstanceThatIsGoneIsNotLeftForALook() {
        stage.gated().with("keepOnFailure", "true").untilPhase(BuildState.Phase.READY);
        kill(new boolean[1]);
        stage.fails("is gone before its image was made", GONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DescribeSnapshots", "DeregisterImage", "DeleteSecurityGroup", "DeleteKeyPair"})
    void aMissingPermissionToRemoveOneThingDoesNotKeepTheOthersFromGoing(String operation) {
        stage.gated().with("imageTimeout", 30).aws.faults().deny(operation);
        stage.failsLeavingSomething("Of this build there is left:", operation, "The sweeper tries again");
        assertTrue(stage.left().stream().noneMatch(one -> one.kind().equals("instance")), stage::story);
        stage.aws.faults().allow(operation);
        stage.sweep();
        stage.assertNothingElseIsLeft(Set.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"DeregisterImage", "DeleteSnapshot", "DescribeSnapshots"})
    void aCopyThatCannotBeRemovedIsStillFoundByTheSweeperAtHome(String operation) {
        stage.with("copyTo", "eu-central-1").until(() -> stage.saved().containsKey("copy.eu-central-1"));
        stage.deployment().abort("Aborted by alice");
        stage.aws.faults().deny(operation);
        stage.failsLeavingSomething(" in eu-central-1: AWS refuses: ", "it goes after its copies");
        stage.aws.faults().allow(operation);
        stage.sweep();
        stage.assertNothingElseIsLeft(Set.of());
    }

    private record Sweep(BuildStage stage) {
        List<String> lines() {
            return new Sweeper(Rehearsal.session(stage.aws), BuildStage.CONTROLLER, owner -> false, stage.aws.clock())
                    .sweep();
        }
    }

    @Test
    void minutesWithoutNetworkAreWaitedOut() {
        stage.gated().aws.faults().networkGone(SimulatedClock.START.plusSeconds(90), Duration.ofMinutes(4));
        stage.succeeds();
        stage.tells("AWS cannot be reached", "AWS answers again");
    }

    @Test
    void credentialsThatExpireCanBeRenewed() {
        stage.gated().aws.faults().credentialsExpired(SimulatedClock.START.plusSeconds(90), Duration.ofMinutes(4));
        Map<String, Object> result = stage.succeeds();
        stage.tells("Renew them within 15 min");
        assertEquals(stage.source, result.get("sourceAmi"));
    }
}
