package io.jenkins.plugins.amideploy.core.cfn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** What goes wrong while CloudFormation is at work: the first reason is the error, and the way back is followed. */
class FailureTest {
    @ParameterizedTest
    @ValueSource(strings = {Templates.ROLLING, Templates.REPLACING, Templates.REFRESH})
    void aDeadImageIsRolledBack(String policy) {
        Application dead =
                policy.equals(Templates.REFRESH) ? Application.dyingDuringBoot() : Application.neverHealthy();
        Stage stage = Stage.with(21, dead, Templates.web(policy, Templates.FROM_TEMPLATE));
        Outcome.Failed failed = stage.fails();
        assertEquals(Trouble.Kind.UNHEALTHY, failed.trouble().kind());
        assertTrue(
                failed.trouble().text().startsWith("WebGroup (AWS::AutoScaling::AutoScalingGroup) UPDATE_FAILED: "),
                failed::message);
        assertTrue(failed.state().contains("rolled the stack web back (UPDATE_ROLLBACK_COMPLETE)"), failed::state);
        stage.assertRolledBack();
    }

    @Test
    void withoutSignalsADeadImageRollsThroughAndThatWasSaidBefore() {
        Stage stage = Stage.with(
                22,
                Application.neverHealthy(),
                Templates.web(
                        Templates.ROLLING.replace("WaitOnResourceSignals: true", "SuspendProcesses: []"),
                        Templates.FROM_TEMPLATE));
        stage.succeeds();
        assertTrue(stage.told("WARNING: WebGroup does not wait for signals"), stage::story);
        stage.assertDeployed();
    }

    @Test
    void signalsThatGetLostAreAReason() {
        Stage stage = Stage.typical(23, Application.healthy());
        stage.aws.stacks().loseSignals(stage.newImage);
        assertTrue(stage.fails().message().contains("Received 0 SUCCESS signal(s) out of 2"));
        stage.assertRolledBack();
    }

    @Test
    void theFirstFailureIsTheErrorAndIsToldInItsPlace() {
        Stage stage = Stage.typical(24, Application.healthy());
        stage.aws.stacks().fail("web", "WebConfiguration", "You have reached your quota of launch configurations");
        Outcome.Failed failed = stage.fails();
        assertEquals(
                "WebConfiguration (AWS::AutoScaling::LaunchConfiguration) UPDATE_FAILED: You have reached your quota of"
                        + " launch configurations",
                failed.trouble().text());
        int failure = stage.story().indexOf("FAILED: WebConfiguration");
        assertTrue(failure > 0 && failure < stage.story().indexOf("UPDATE_ROLLBACK_IN_PROGRESS"), stage::story);
        assertEquals(1, stage.count("You have reached your quota"), stage::story);
        stage.assertRolledBack();
    }

    @Test
    void aRollbackThatFailsTellsWhatToDoAndThatHelps() {
        Stage stage = Stage.typical(25, Application.neverHealthy());
        stage.aws.stacks().failRollback("web", "WebGroup", "Received 0 SUCCESS signal(s) out of 2");
        Outcome.Failed failed = stage.fails();
        assertTrue(
                failed.state().contains("could not roll the stack web back (UPDATE_ROLLBACK_FAILED)"), failed::state);
        assertTrue(failed.state().contains("WebGroup is not back"), failed::state);
        assertTrue(
                failed.state()
                                .contains(
                                        "aws cloudformation continue-update-rollback --stack-name web --region eu-west-1")
                        && failed.state().contains("--resources-to-skip WebGroup"),
                failed::state);
        assertEquals("UPDATE_ROLLBACK_FAILED", stage.status());
        stage.aws.stacks().mend("web", "WebGroup");
        stage.operator().continueUpdateRollback(r -> r.stackName("web"));
        stage.assertRolledBack();
    }

    @Test
    void aStackWhoseRollbackFailedIsRefusedWithWhatToDo() {
        Stage stage = Stage.typical(25, Application.neverHealthy());
        stage.aws.stacks().failRollback("web", "WebGroup", "no");
        stage.play();
        Outcome second = stage.rehearsal("d2").play();
        assertTrue(
                ((Outcome.Failed) second).message().contains("continue-update-rollback --stack-name web"),
                second::toString);
    }

    @Test
    void withDisableRollbackTheStackIsLeftAndThatIsSaid() {
        Stage stage = Stage.typical(26, Application.neverHealthy()).with("disableRollback", true);
        Outcome.Failed failed = stage.fails();
        assertTrue(
                failed.state().contains("was left as it is (UPDATE_FAILED), as disableRollback asks"), failed::state);
        assertTrue(failed.state().contains("aws cloudformation rollback-stack --stack-name web"), failed::state);
        assertEquals("UPDATE_FAILED", stage.status());
    }

    @Test
    void anAlarmRollsBack() {
        Stage stage = Stage.typical(27, Application.healthy())
                .with("rollbackAlarms", "errors")
                .with("monitoringMinutes", 10);
        stage.aws.faults().alarm("errors", StateValue.OK, "quiet");
        stage.playUntil(() -> stage.told("WebGroup UPDATE_COMPLETE"));
        stage.aws.faults().alarm("errors", StateValue.ALARM, "7 errors in a minute");
        Outcome.Failed failed = stage.fails();
        assertEquals(Trouble.Kind.ALARM, failed.trouble().kind());
        assertTrue(failed.trouble().text().contains(":alarm:errors"), failed::message);
        stage.assertRolledBack();
    }

    @Test
    void alarmsAreWatchedForAsLongAsWasAsked() {
        Stage stage = Stage.typical(27, Application.healthy())
                .with("rollbackAlarms", "errors")
                .with("monitoringMinutes", 10);
        stage.aws.faults().alarm("errors", StateValue.OK, "quiet");
        long seconds = (Long) stage.succeeds().get("seconds");
        Stage unwatched = Stage.typical(27, Application.healthy());
        long without = (Long) unwatched.succeeds().get("seconds");
        assertTrue(seconds - without > 500, seconds + " and " + without);
        stage.assertDeployed();
    }

    @Test
    void someoneElseWhoCancelsIsAReasonToo() {
        Stage stage = Stage.typical(28, Application.healthy());
        stage.playUntil(() -> stage.told("2/6"));
        stage.operator().cancelUpdateStack(r -> r.stackName("web"));
        Outcome.Failed failed = stage.fails();
        assertTrue(failed.message().contains("UPDATE_ROLLBACK_IN_PROGRESS"), failed::message);
        stage.assertRolledBack();
    }

    @Test
    void aChangeSetThatTheStackHasOutlivedIsNotExecuted() {
        Stage stage = Stage.typical(29, Application.healthy()).gated();
        stage.rehearsal().gatekeeper(gate -> {
            stage.operator().deleteChangeSet(r -> r.stackName("web").changeSetName("ami-deploy-d1"));
            return Optional.empty();
        });
        Outcome.Failed failed = stage.fails();
        assertTrue(failed.message().contains("does not exist"), failed::message);
        stage.assertUntouched();
    }

    @Test
    void aNestedFailureIsTheFirstReason() {
        Stage stage = Stage.empty(30, Application.neverHealthy());
        stage.aws.stacks().template("https://templates/web.yaml", Templates.web());
        stage.create(Templates.around("https://templates/web.yaml"), stage.oldImage);
        Outcome.Failed failed = stage.fails();
        assertTrue(
                failed.trouble().text().startsWith("Web/WebGroup (AWS::AutoScaling::AutoScalingGroup) UPDATE_FAILED: "),
                failed::message);
        assertTrue(stage.told("Web/WebGroup UPDATE_COMPLETE"), stage::story);
        stage.aws.clock().advance(Duration.ofMinutes(1));
        assertEquals("UPDATE_ROLLBACK_COMPLETE", stage.status());
        assertEquals(Set.of(stage.oldImage), stage.images());
    }
}
