package io.jenkins.plugins.amideploy.core.cfn;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** What is left when CloudFormation is at rest, and what to do about it. */
final class Ending {
    private static final String SINCE = "ending";
    /** How long AWS may show a stack as it was while its events tell more. */
    private static final Duration SHOWN = Duration.ofMinutes(1);

    private final CfnRequest request;
    private final TickContext at;
    private final CfnState state;

    Ending(CfnRequest request, TickContext at, CfnState state) {
        this.request = request;
        this.at = at;
        this.state = state;
    }

    Tick end() {
        Optional<Trouble> trouble = at.trouble();
        if (trouble.isPresent()) {
            return new Tick.Ended(new Outcome.Failed(trouble.get(), left()));
        }
        Optional<Stack> stack = Stacks.find(at.aws(), state.stack(request));
        boolean shown = stack.filter(s -> s.stackStatusAsString().equals(state.status()))
                .isPresent();
        Instant since = at.state().getInstant(SINCE).orElse(at.now());
        at.state().put(SINCE, since);
        if (!shown && at.now().isBefore(since.plus(SHOWN))) {
            return Following.soon(at);
        }
        return new Tick.Ended(new Outcome.Succeeded(
                new Result(request, at).of(stack, new Proposal(request, at, state).image(), true)));
    }

    private String left() {
        String stack = request.stack();
        String region = at.aws().region();
        return switch (state.status()) {
            case "UPDATE_COMPLETE", "CREATE_COMPLETE" ->
                "It was too late to cancel: the stack " + stack + " is " + state.status() + " with " + request.ami()
                        + ". To go back, deploy the former image.";
            case "UPDATE_ROLLBACK_COMPLETE" ->
                "CloudFormation has rolled the stack " + stack
                        + " back (UPDATE_ROLLBACK_COMPLETE): it is as it was before.";
            case Stacks.ROLLBACK_COMPLETE ->
                "The stack " + stack + " was not created (ROLLBACK_COMPLETE) and can only be deleted; a deployment with"
                        + " onMissing: 'create' does that by itself.";
            case "DELETE_COMPLETE" -> "The stack " + stack + ", which was being created, is deleted again.";
            case Stacks.UPDATE_ROLLBACK_FAILED ->
                "CloudFormation could not roll the stack " + stack
                        + " back (UPDATE_ROLLBACK_FAILED): its resources are a"
                        + " mix" + stuck() + ". Mend what its events name, then run:\n"
                        + Advice.continueRollback(stack, region, state.stuck());
            case "UPDATE_FAILED" ->
                "The stack " + stack + " was left as it is (UPDATE_FAILED), as disableRollback asks. Deploy again, or"
                        + " roll it back: " + Advice.rollback(stack, region);
            case "CREATE_FAILED" ->
                "The stack " + stack + " was left as it is (CREATE_FAILED), as disableRollback asks. Deploy again, or"
                        + " delete it.";
            default ->
                "The stack " + stack + " is " + state.status() + stuck()
                        + "; what could not be deleted is left. Delete the stack when that is mended.";
        };
    }

    private String stuck() {
        return state.stuck().isEmpty() ? "" : ", " + String.join(", ", state.stuck()) + " is not back";
    }
}
