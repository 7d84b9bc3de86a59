package io.jenkins.plugins.amideploy.core.cfn;

import io.jenkins.plugins.amideploy.core.cfn.CfnState.Phase;
import io.jenkins.plugins.amideploy.core.deployment.Leases;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** Everything before the change set: looks, refuses, and clears a stack away that could never be created. */
final class Beginning {
    private static final Duration WHILE_DELETING = Duration.ofSeconds(10);

    private final CfnRequest request;
    private final TickContext at;
    private final CfnState state;

    Beginning(CfnRequest request, TickContext at, CfnState state) {
        this.request = request;
        this.at = at;
        this.state = state;
    }

    /** @param problems those of the parameters alone */
    Tick look(List<String> problems) {
        Result.start(at);
        Survey survey = new Surveyor(request, at, problems).look();
        List<String> all = new ArrayList<>(survey.problems());
        Optional<Outlook> outlook = survey.body()
                .filter(body -> !survey.amiParameter().isEmpty())
                .map(body -> {
                    Outlook o = new Outlook(at);
                    o.look(
                            body,
                            survey.stack().filter(any -> !survey.clear()),
                            request.parameters(),
                            survey.amiParameter(),
                            survey.amiValue());
                    all.addAll(o.problems());
                    return o;
                });
        if (!all.isEmpty()) {
            throw new Stop(Trouble.Kind.REFUSED, String.join("\n", all));
        }
        state.proposal(survey);
        at.say("", opening(survey));
        outlook.ifPresent(o -> {
            o.tell(state, survey.creates());
            at.state().put("told", "yes");
        });
        if (survey.clear()) {
            at.say("", "The stack could not be created before (ROLLBACK_COMPLETE); it is deleted first");
        }
        state.phase(survey.clear() ? Phase.CLEAR : Phase.PROPOSE);
        at.save();
        return new Tick.LookAgain(at.now());
    }

    private String opening(Survey survey) {
        if (survey.creates()) {
            return "Stack " + request.stack() + " will be created with " + survey.amiParameter() + " = "
                    + survey.amiValue();
        }
        Stack stack = survey.stack().orElseThrow();
        String before = Surveyor.value(stack, survey.amiParameter()).orElse("(nothing)");
        return "Stack " + request.stack() + " (" + stack.stackStatusAsString() + "): " + survey.amiParameter() + " "
                + before + " -> " + survey.amiValue();
    }

    /** Deletes the stack and waits until it is gone. */
    Tick clear() {
        Optional<Stack> stack = Stacks.find(at.aws(), state.stack(request));
        String status = stack.map(Stack::stackStatusAsString).orElse("DELETE_COMPLETE");
        boolean unheard = at.state()
                .getInstant("clearing")
                .map(since -> at.now().isAfter(since.plus(Leases.SETTLE)))
                .orElse(true);
        switch (status) {
            case "DELETE_COMPLETE" -> {
                at.state().remove("stack");
                at.state().put("review", "yes");
                state.phase(Phase.PROPOSE);
                at.save();
                return new Tick.LookAgain(at.now());
            }
            case "DELETE_FAILED" ->
                throw new Stop(
                        Trouble.Kind.REFUSED,
                        "The stack " + request.stack() + " cannot be deleted: "
                                + stack.get().stackStatusReason());
            case Stacks.ROLLBACK_COMPLETE -> {
                if (unheard) {
                    at.state().put("clearing", at.now());
                    at.wrote();
                    at.save();
                    at.aws()
                            .cloudFormation()
                            .deleteStack(r -> r.stackName(stack.get().stackId())
                                    .clientRequestToken(CfnState.changeSet(at.owner()) + "-clear"));
                }
                return again();
            }
            default -> {
                return again();
            }
        }
    }

    private Tick again() {
        return new Tick.LookAgain(at.now().plus(WHILE_DELETING));
    }
}
