package io.jenkins.plugins.amideploy.core.cfn;

import io.jenkins.plugins.amideploy.core.cfn.CfnState.Phase;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Procedure;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Changes the image in a CloudFormation stack and lets the update policies of its groups replace the instances.
 *
 * <p>CloudFormation does the work, keeps the lock and rolls back. What this adds is said before and while it happens: a
 * guard against templates with which a new image would replace nothing or too much, a change set that is shown before it
 * is executed, every event once, and the first failure as the reason. Where the controller is lost, CloudFormation
 * finishes by itself.
 */
public final class CfnUpdatePolicyDeploy implements Procedure {
    private final CfnRequest request;
    private final List<String> problems;

    /**
     * @param parameters the parameters by the names they have in the Pipeline step, with the text of a template instead
     *     of its file's name; what is wrong with them is told by the first tick, together with what is wrong with the
     *     stack
     * @param gated whether there is a block
     */
    public CfnUpdatePolicyDeploy(Map<String, String> parameters, boolean gated) {
        List<String> found = new ArrayList<>();
        this.request = CfnRequest.of(parameters, gated, found);
        this.problems = List.copyOf(found);
    }

    @Override
    public Tick tick(TickContext at) {
        CfnState state = new CfnState(at.state());
        Phase phase = state.phase();
        if (at.trouble().isPresent()) {
            return unwind(at, state, phase);
        }
        return switch (phase) {
            case LOOK -> new Beginning(request, at, state).look(problems);
            case CLEAR -> new Beginning(request, at, state).clear();
            case PROPOSE -> new Proposal(request, at, state).propose();
            case GATE -> new Proposal(request, at, state).gate();
            case WITHDRAW -> new Proposal(request, at, state).withdraw();
            case EXECUTE -> new Execution(request, at, state).execute();
            case FOLLOW -> new Following(request, at, state).tick();
        };
    }

    private Tick unwind(TickContext at, CfnState state, Phase phase) {
        return switch (phase) {
            case LOOK -> new Tick.Ended(new Outcome.Failed(at.trouble().orElseThrow(), "Nothing was changed."));
            case CLEAR ->
                new Tick.Ended(new Outcome.Failed(
                        at.trouble().orElseThrow(),
                        "The stack " + request.stack()
                                + ", which could not be created before, is being deleted; no other was created."));
            case PROPOSE, GATE, WITHDRAW -> new Proposal(request, at, state).withdraw();
            case EXECUTE -> new Execution(request, at, state).abandon();
            case FOLLOW -> new Following(request, at, state).tick();
        };
    }

    @Override
    public Duration timeout() {
        return request.timeout();
    }

    @Override
    public boolean begun(SavedState saved) {
        return saved.has("wrote");
    }

    @Override
    public String wayBack(SavedState saved) {
        return new CfnState(saved).wayBack(request.stack());
    }
}
