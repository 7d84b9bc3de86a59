package io.jenkins.plugins.amideploy.core.cfn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The gate, and an abort at every stage. */
class AbortTest {
    private static Stage stage() {
        return Stage.typical(31, Application.healthy());
    }

    @Test
    void theGateIsBetweenShowingAndExecuting() {
        Stage stage = stage().gated();
        List<Map<String, String>> seen = new ArrayList<>();
        stage.rehearsal().gatekeeper(gate -> {
            assertTrue(stage.told("Modify  WebGroup"), stage::story);
            assertEquals("CREATE_COMPLETE", stage.status());
            seen.add(gate.environment());
            return Optional.empty();
        });
        stage.succeeds();
        stage.assertDeployed();
        assertEquals(
                List.of(Map.of(
                        "AMI_DEPLOY_STACK", "web",
                        "AMI_DEPLOY_AMI", stage.newImage,
                        "AMI_DEPLOY_CHANGE_SET", "ami-deploy-d1",
                        "AMI_DEPLOY_CHANGES", "3")),
                seen);
    }

    @Test
    void aGateThatFailsLeavesTheStackAsItWas() {
        Stage stage = stage().gated();
        stage.rehearsal().gatekeeper(gate -> Optional.of("not today"));
        Outcome.Failed failed = stage.fails();
        assertEquals(Trouble.Kind.GATE_FAILED, failed.trouble().kind());
        assertTrue(failed.state().contains("The change set was deleted; the stack web is as it was."));
        stage.assertUntouched();
    }

    @Test
    void anAbortWhileTheChangeSetIsMadeDeletesIt() {
        Stage stage = stage();
        stage.playUntil(() -> stage.aws.calls().counts().containsKey("CreateChangeSet"));
        stage.deployment().abort("by admin");
        assertEquals(Trouble.Kind.ABORTED, stage.fails().trouble().kind());
        stage.assertUntouched();
    }

    @Test
    void anAbortCancelsTheUpdateAndFollowsTheRollback() {
        Stage stage = stage();
        stage.playUntil(() -> stage.told("2/6"));
        stage.deployment().abort("by admin");
        Outcome.Failed failed = stage.fails();
        assertEquals(Trouble.Kind.ABORTED, failed.trouble().kind());
        assertEquals(1, stage.count("Cancelling the update"));
        assertTrue(stage.told("Stack web UPDATE_ROLLBACK_COMPLETE"), stage::story);
        stage.assertRolledBack();
    }

    @Test
    void anAbortRightAfterExecutingIsNotLost() {
        Stage stage = stage();
        stage.playUntil(() -> stage.aws.calls().counts().containsKey("ExecuteChangeSet"));
        stage.deployment().abort("by admin");
        stage.fails();
        stage.assertRolledBack();
    }

    @Test
    void theTimeThatIsUpCancelsToo() {
        Stage stage = stage().with("timeout", 150);
        assertEquals(Trouble.Kind.TIMED_OUT, stage.fails().trouble().kind());
        stage.assertRolledBack();
    }

    @Test
    void itIsTooLateOnceOnlyTheCleanupIsLeft() {
        Stage stage =
                Stage.with(31, Application.healthy(), Templates.web(Templates.REPLACING, Templates.FROM_TEMPLATE));
        stage.playUntil(() -> "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS".equals(stage.status()));
        stage.deployment().abort("by admin");
        Outcome.Failed failed = stage.fails();
        assertTrue(
                failed.state().contains("It was too late to cancel: the stack web is UPDATE_COMPLETE"), failed::state);
        assertTrue(failed.state().contains("deploy the former image"), failed::state);
        stage.assertDeployed();
    }

    @Test
    void anAbortDuringTheCreateDeletesTheStack() {
        Stage stage = Stage.empty(32, Application.healthy())
                .with("onMissing", "create")
                .with("template", Templates.web(Templates.ROLLING + CreateTest.SIGNALS, Templates.FROM_TEMPLATE));
        stage.playUntil(() -> stage.told("WebGroup CREATE_IN_PROGRESS"));
        stage.deployment().abort("by admin");
        Outcome.Failed failed = stage.fails();
        assertTrue(failed.state().contains("which was being created, is deleted again"), failed::state);
        stage.aws.clock().advance(Duration.ofMinutes(30));
        assertEquals(Optional.empty(), stage.stack());
        assertEquals(List.of(), stage.madeAndLeft());
    }

    @Test
    void anAbortDuringARollbackOnlyFollowsIt() {
        Stage stage = Stage.typical(33, Application.neverHealthy());
        stage.playUntil(() -> stage.told("UPDATE_ROLLBACK_IN_PROGRESS"));
        stage.deployment().abort("by admin");
        assertEquals(Trouble.Kind.UNHEALTHY, stage.fails().trouble().kind());
        assertTrue(!stage.aws.calls().counts().containsKey("CancelUpdateStack"));
        stage.assertRolledBack();
    }
}
