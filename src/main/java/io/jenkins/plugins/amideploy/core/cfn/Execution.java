package io.jenkins.plugins.amideploy.core.cfn;

import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import io.jenkins.plugins.amideploy.core.cfn.CfnState.Phase;
import io.jenkins.plugins.amideploy.core.deployment.Leases;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.ExecutionStatus;
import software.amazon.awssdk.services.cloudformation.model.InvalidChangeSetStatusException;

/**
 * Hands the change set to CloudFormation, once: the token makes a repeated call the same call, and the first event after
 * the last one before shows that it was heard.
 */
final class Execution {
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final String ASKED = "executing";

    private final CfnRequest request;
    private final TickContext at;
    private final CfnState state;
    private final ChangeSets sets;
    private final EventStream events;

    Execution(CfnRequest request, TickContext at, CfnState state) {
        this.request = request;
        this.at = at;
        this.state = state;
        this.sets = new ChangeSets(request, at, state);
        this.events = new EventStream(at, state.stack(request));
    }

    Tick execute() {
        Optional<Instant> asked = at.state().getInstant(ASKED);
        if (asked.isEmpty()) {
            checkGroups();
            events.begin();
            at.say("", "Executing the change set " + sets.name());
        } else if (events.any(sets.name())) {
            return follow();
        } else if (!at.now().isAfter(asked.get().plus(Leases.SETTLE))) {
            return soon();
        }
        at.state().put(ASKED, at.now());
        at.wrote();
        at.save();
        try {
            at.aws()
                    .cloudFormation()
                    .executeChangeSet(r -> r.stackName(state.stack(request))
                            .changeSetName(sets.name())
                            .clientRequestToken(sets.name())
                            .disableRollback(request.disableRollback() ? true : null));
        } catch (InvalidChangeSetStatusException | ChangeSetNotFoundException e) {
            if (!executed()) {
                throw new Stop(
                        Trouble.Kind.REFUSED,
                        "CloudFormation does not execute the change set any more; someone has changed the stack since"
                                + " it was made: " + AwsFailure.of(e));
            }
        }
        return soon();
    }

    /** The block may have taken hours, and others deploy meanwhile. */
    private void checkGroups() {
        List<String> taken = LiveGroups.read(at, state.groups()).taken();
        if (!taken.isEmpty()) {
            throw new Stop(Trouble.Kind.REFUSED, String.join("\n", taken));
        }
    }

    private boolean executed() {
        return sets.find()
                .map(set -> set.executionStatus() == ExecutionStatus.EXECUTE_IN_PROGRESS
                        || set.executionStatus() == ExecutionStatus.EXECUTE_COMPLETE
                        || set.executionStatus() == ExecutionStatus.EXECUTE_FAILED)
                .orElse(false);
    }

    /** Not wanted any more; whether CloudFormation has heard of it must be clear first. */
    Tick abandon() {
        Optional<Instant> asked = at.state().getInstant(ASKED);
        if (asked.isPresent()) {
            if (events.any(sets.name())) {
                return follow();
            }
            if (!at.now().isAfter(asked.get().plus(Leases.SETTLE))) {
                return soon();
            }
            if (executed()) {
                return soon(); // its first event shows in a moment
            }
        }
        state.phase(Phase.WITHDRAW);
        at.save();
        return new Tick.LookAgain(at.now());
    }

    private Tick follow() {
        state.phase(Phase.FOLLOW);
        at.save();
        return new Tick.LookAgain(at.now());
    }

    private Tick soon() {
        return new Tick.LookAgain(at.now().plus(SOON));
    }
}
