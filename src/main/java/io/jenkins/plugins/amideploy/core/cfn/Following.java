package io.jenkins.plugins.amideploy.core.cfn;

import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import io.jenkins.plugins.amideploy.core.cfn.EventStream.Heard;
import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.Leases;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Sight;
import io.jenkins.plugins.amideploy.core.deployment.Sight.Seen;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/** Tells what CloudFormation does until it is at rest; an abort cancels it and follows it back. */
final class Following {
    private static final Duration SOON = Duration.ofSeconds(3);
    private static final String CANCELLED = "cancelling";
    private static final String TOO_LATE = "toolate";

    private final CfnRequest request;
    private final TickContext at;
    private final CfnState state;
    private final Progress progress;
    private final Pace pace;

    Following(CfnRequest request, TickContext at, CfnState state) {
        this.request = request;
        this.at = at;
        this.state = state;
        this.progress = new Progress(at.state());
        this.pace = new Pace(at.state());
    }

    Tick tick() {
        EventStream events = new EventStream(at, state.stack(request));
        List<Heard> heard = events.next();
        List<Seen> seen = new ArrayList<>();
        for (Heard event : heard) {
            tell(event);
            seen.addAll(new Signs(Stacks.goingBack(state.status())).in(event));
            events.told(event);
            if (!state.failure().isEmpty() && at.trouble().isEmpty()) {
                at.save();
                throw new Stop(kind(state.failure()), state.failure()); // the others are told after it
            }
        }
        if (!heard.isEmpty()) {
            at.saw(() -> Sight.some(seen));
            at.save();
        }
        if (Stacks.atRest(state.status()) && !state.status().isEmpty()) {
            return new Ending(request, at, state).end();
        }
        if (at.trouble().isPresent() && at.unwindingTooLong()) {
            return new Tick.Ended(new Outcome.Failed(at.trouble().get(), state.wayBack(request.stack())));
        }
        if (at.trouble().isPresent() && state.failure().isEmpty()) {
            cancel();
        }
        return new Tick.LookAgain(pace.next(at.now()));
    }

    private static Trouble.Kind kind(String failure) {
        return failure.toLowerCase(Locale.ROOT).contains("alarm") ? Trouble.Kind.ALARM : Trouble.Kind.UNHEALTHY;
    }

    private void tell(Heard heard) {
        boolean root = heard.stack() && heard.path().isEmpty();
        pace.heard(at.now(), heard.resource(), heard.reason());
        if (root) {
            if (Stacks.goingBack(heard.status()) && !Stacks.goingBack(state.status())) {
                progress.forget();
            }
            state.status(heard.status());
        } else if (heard.stack()) {
            return; // the stack around it says the same
        }
        progress.heard(heard.resource(), heard.reason());
        boolean cleaning = state.status().endsWith("_COMPLETE_CLEANUP_IN_PROGRESS");
        Optional<String> failure = cleaning ? Optional.empty() : failure(heard, root);
        if (failure.isPresent() && state.failure().isEmpty() && !at.state().has(CANCELLED)) {
            state.failure(failure.get());
            if (at.trouble().isEmpty()) {
                return; // it is the deployment's trouble and is told as that
            }
        }
        boolean failed = heard.status().endsWith("_FAILED");
        if (failed && Stacks.goingBack(state.status()) && !root && !cleaning) {
            stuck(heard);
        }
        at.say(failed ? Event.Kind.WARNING : Event.Kind.INFO, progress.text(), line(heard, root));
    }

    /** As ContinueUpdateRollback names it; a nested stack itself cannot be skipped there. */
    private void stuck(Heard heard) {
        StackEvent event = heard.event();
        if (!event.resourceType().equals(Template.STACK)) {
            state.stuck((heard.path().isEmpty() ? "" : event.stackName() + ".") + event.logicalResourceId());
        }
    }

    private String line(Heard heard, boolean root) {
        return (root ? "Stack " + request.stack() : heard.resource()) + " " + heard.status()
                + (heard.reason().isEmpty() ? "" : ": " + heard.reason());
    }

    /** Why it goes wrong, where that event says so. What is merely cancelled with something else is no reason. */
    private Optional<String> failure(Heard heard, boolean root) {
        boolean turns = root && Stacks.goingBack(heard.status());
        boolean fails = heard.status().endsWith("_FAILED") && !heard.reason().contains("cancelled");
        if (!turns && !fails) {
            return Optional.empty();
        }
        String type = root ? "" : " (" + heard.event().resourceType() + ")";
        return Optional.of((root ? "Stack " + request.stack() : heard.resource()) + type + " " + heard.status()
                + (heard.reason().isEmpty() ? "" : ": " + heard.reason()));
    }

    private void cancel() {
        boolean unheard = at.state()
                .getInstant(CANCELLED)
                .map(since -> at.now().isAfter(since.plus(Leases.SETTLE)))
                .orElse(true);
        if (!unheard || at.state().has(TOO_LATE) || Stacks.goingBack(state.status())) {
            return;
        }
        String status = Stacks.find(at.aws(), state.stack(request))
                .map(Stack::stackStatusAsString)
                .orElse("");
        switch (status) {
            case "UPDATE_IN_PROGRESS" -> cancelUpdate();
            case "CREATE_IN_PROGRESS" -> deleteStack();
            case "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_COMPLETE", "CREATE_COMPLETE" -> {
                at.state().put(TOO_LATE, "yes");
                at.say(
                        Event.Kind.WARNING,
                        progress.text(),
                        "It is too late to cancel: the stack is " + status
                                + "; CloudFormation only deletes what it no longer needs");
                at.save();
            }
            default -> {
                // it is on its way back, or gone already, and the events will tell
            }
        }
    }

    private void cancelUpdate() {
        beforeCancelling("Cancelling the update; CloudFormation rolls the stack back");
        try {
            at.aws()
                    .cloudFormation()
                    .cancelUpdateStack(r -> r.stackName(state.stack(request))
                            .clientRequestToken(CfnState.changeSet(at.owner()) + "-cancel"));
        } catch (CloudFormationException e) {
            if (AwsFailure.of(e).kind() != AwsFailure.Kind.REFUSED) {
                throw e;
            }
            // it has got into another state since it was looked at, which the next look shows
        }
    }

    private void deleteStack() {
        beforeCancelling("Deleting the stack, which was being created");
        at.aws()
                .cloudFormation()
                .deleteStack(r -> r.stackName(state.stack(request))
                        .clientRequestToken(CfnState.changeSet(at.owner()) + "-delete"));
    }

    private void beforeCancelling(String text) {
        if (!at.state().has(CANCELLED)) {
            at.say("", text);
        }
        at.state().put(CANCELLED, at.now());
        at.wrote();
        at.save();
    }

    static Tick soon(TickContext at) {
        return new Tick.LookAgain(at.now().plus(SOON));
    }
}
