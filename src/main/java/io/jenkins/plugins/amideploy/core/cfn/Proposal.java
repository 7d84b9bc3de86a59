package io.jenkins.plugins.amideploy.core.cfn;

import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import io.jenkins.plugins.amideploy.core.cfn.CfnState.Phase;
import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.TemplateStage;

/** The change set until it is executed, or deleted without that. */
final class Proposal {
    private static final Duration SOON = Duration.ofSeconds(3);
    /** How often a deployment looks around while the block has the word. */
    private static final Duration WATCH = Duration.ofSeconds(30);

    private static final String GATE = "change-set";
    private static final String WHY = "withdrawn";
    private static final String EMPTY = "empty";
    private static final String PLAN = "plan";
    private static final String CHANGES = "changes";

    private final CfnRequest request;
    private final TickContext at;
    private final CfnState state;
    private final ChangeSets sets;

    Proposal(CfnRequest request, TickContext at, CfnState state) {
        this.request = request;
        this.at = at;
        this.state = state;
        this.sets = new ChangeSets(request, at, state);
    }

    /** Makes the change set, waits for it and shows it. */
    Tick propose() {
        if (!sets.asked()) {
            sets.create();
            return soon();
        }
        Optional<DescribeChangeSetResponse> shown = sets.find();
        if (shown.isEmpty()) {
            if (sets.settled()) {
                sets.create(); // the call before was lost on its way
            }
            return soon();
        }
        DescribeChangeSetResponse set = shown.get();
        state.stack(set.stackId());
        if (ChangeSets.empty(set)) {
            List<String> problems = new ArrayList<>();
            checkStoredImage(set, problems);
            if (!problems.isEmpty()) {
                throw new Stop(Trouble.Kind.REFUSED, String.join("\n", problems));
            }
            at.say("", "Nothing to change: the stack has this image and these parameters already");
            return withdraw(EMPTY);
        }
        if (set.status() == ChangeSetStatus.FAILED) {
            throw new Stop(Trouble.Kind.REFUSED, "CloudFormation cannot change the stack so: " + set.statusReason());
        }
        return set.status() == ChangeSetStatus.CREATE_COMPLETE ? show(set) : soon();
    }

    private Tick show(DescribeChangeSetResponse set) {
        ChangeTable table = new ChangeTable(sets.rows(set));
        List<String> problems = new ArrayList<>();
        checkStoredImage(set, problems);
        Optional<Outlook> outlook = lateOutlook(problems);
        if (!table.replaced().isEmpty() && !request.allowReplacements()) {
            problems.add("allowReplacements: these resources would be replaced, which deletes what they are now: "
                    + String.join(", ", table.replaced()) + "; if that is wanted, set allowReplacements: true");
        }
        at.say("", "Change set " + sets.name() + ":\n" + table.text());
        outlook.ifPresent(o -> o.tell(state, state.creates()));
        if (!table.perhapsReplaced().isEmpty()) {
            at.say(
                    Event.Kind.WARNING,
                    "",
                    "CloudFormation decides only while it works whether it replaces "
                            + String.join(", ", table.perhapsReplaced()));
        }
        at.state().put(CHANGES, table.size());
        if (!problems.isEmpty()) {
            throw new Stop(Trouble.Kind.REFUSED, String.join("\n", problems));
        }
        if (request.plan()) {
            return withdraw(PLAN);
        }
        state.phase(request.gated() ? Phase.GATE : Phase.EXECUTE);
        at.save();
        return new Tick.LookAgain(at.now());
    }

    /** A stored image is what CloudFormation has read there, not what was asked for. */
    private void checkStoredImage(DescribeChangeSetResponse set, List<String> problems) {
        Optional<String> resolved = set.parameters().stream()
                .filter(p -> p.parameterKey().equals(state.amiParameter()))
                .findFirst()
                .map(Parameter::resolvedValue);
        resolved.ifPresent(image -> at.state().put("ami.resolved", image));
        if (request.namesImage()
                && !state.amiValue().equals(request.ami())
                && resolved.isPresent()
                && !resolved.get().equals(request.ami())) {
            problems.add("ami: the stack takes its image from the Systems Manager parameter " + state.amiValue()
                    + ", which holds " + resolved.get() + "; put " + request.ami() + " there first: aws ssm"
                    + " put-parameter --overwrite --name " + state.amiValue() + " --value " + request.ami());
        }
    }

    /** A template that CloudFormation fetched or transformed can be had from the change set alone. */
    private Optional<Outlook> lateOutlook(List<String> problems) {
        if (at.state().has("told")) {
            return Optional.empty();
        }
        String text = at.aws()
                .cloudFormation()
                .getTemplate(r -> r.stackName(state.stack(request))
                        .changeSetName(sets.name())
                        .templateStage(TemplateStage.PROCESSED))
                .templateBody();
        Optional<Stack> stack = state.creates() ? Optional.empty() : Stacks.find(at.aws(), state.stack(request));
        Outlook outlook = new Outlook(at);
        outlook.look(Template.of(text), stack, request.parameters(), state.amiParameter(), state.amiValue());
        problems.addAll(outlook.problems());
        return Optional.of(outlook);
    }

    /** Hands over to the block, which decides whether the change set is executed. */
    Tick gate() {
        if (at.gatePassed(GATE)) {
            state.phase(Phase.EXECUTE);
            at.save();
            return new Tick.LookAgain(at.now());
        }
        if (!at.state().has("gate")) {
            at.state().put("gate", GATE);
            at.say("", "Gate: the block decides whether the change set is executed");
            at.save();
        }
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("AMI_DEPLOY_STACK", request.stack());
        environment.put("AMI_DEPLOY_AMI", image());
        environment.put("AMI_DEPLOY_CHANGE_SET", sets.name());
        environment.put("AMI_DEPLOY_CHANGES", at.state().get(CHANGES, "0"));
        return new Tick.AwaitGate(new Tick.Gate(GATE, environment), at.now().plus(WATCH));
    }

    /** The image, also where its place was named. */
    String image() {
        return request.namesImage() ? request.ami() : at.state().get("ami.resolved", request.ami());
    }

    private Tick withdraw(String why) {
        at.state().put(WHY, why);
        state.phase(Phase.WITHDRAW);
        at.save();
        return new Tick.LookAgain(at.now());
    }

    /** Deletes the change set, and with it a stack that is there only because of it. */
    Tick withdraw() {
        if (!at.state().has("deleted")) {
            Optional<DescribeChangeSetResponse> shown = sets.asked() ? sets.find() : Optional.empty();
            if (shown.isEmpty() && sets.asked() && !sets.settled()) {
                return soon();
            }
            if (shown.isPresent() && busy(shown.get().status())) {
                return soon();
            }
            if (shown.isPresent() && shown.get().status() != ChangeSetStatus.DELETE_COMPLETE) {
                at.aws()
                        .cloudFormation()
                        .deleteChangeSet(r -> r.stackName(shown.get().stackId()).changeSetName(sets.name()));
            }
            at.state().put("deleted", at.now());
            at.save();
        }
        return dropReview() ? end() : soon();
    }

    private static boolean busy(ChangeSetStatus status) {
        return status == ChangeSetStatus.CREATE_PENDING || status == ChangeSetStatus.CREATE_IN_PROGRESS;
    }

    private boolean dropReview() {
        if (!state.madeReview()) {
            return true;
        }
        Optional<Stack> stack = Stacks.find(at.aws(), state.stack(request));
        if (stack.isEmpty() || !stack.get().stackStatusAsString().equals(Stacks.REVIEW)) {
            return true;
        }
        try {
            at.aws().cloudFormation().deleteStack(r -> r.stackName(stack.get().stackId()));
        } catch (CloudFormationException e) {
            if (AwsFailure.of(e).kind() != AwsFailure.Kind.REFUSED) {
                throw e;
            }
            return false;
        }
        return true;
    }

    private Tick end() {
        if (at.trouble().isPresent()) {
            return new Tick.Ended(new Outcome.Failed(
                    at.trouble().get(),
                    !sets.asked()
                            ? "Nothing was changed."
                            : state.creates()
                                    ? "The change set was deleted; no stack was created."
                                    : "The change set was deleted; the stack " + request.stack() + " is as it was."));
        }
        Optional<Stack> stack = state.creates() ? Optional.empty() : Stacks.find(at.aws(), state.stack(request));
        if (at.state().get(WHY, "").equals(PLAN)) {
            at.say("", "Only a plan: the change set was deleted, nothing was changed");
        }
        return new Tick.Ended(new Outcome.Succeeded(new Result(request, at).of(stack, image(), false)));
    }

    private Tick soon() {
        return new Tick.LookAgain(at.now().plus(SOON));
    }
}
