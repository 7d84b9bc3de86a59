package io.jenkins.plugins.amideploy.core.cfn;

import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.group.ImageCheck;
import io.jenkins.plugins.amideploy.core.group.InstanceTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateSummaryResponse;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.TemplateStage;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** Looks at the stack and the template and lists at once whatever is in the way. */
final class Surveyor {
    private final CfnRequest request;
    private final TickContext at;
    private final List<String> problems;

    Surveyor(CfnRequest request, TickContext at, List<String> problems) {
        this.request = request;
        this.at = at;
        this.problems = new ArrayList<>(problems);
    }

    Survey look() {
        Optional<Stack> shown = request.stack().isEmpty() ? Optional.empty() : Stacks.find(at.aws(), request.stack());
        boolean proposed = shown.filter(stack -> stack.stackStatusAsString().equals(Stacks.REVIEW))
                .isPresent();
        Optional<Stack> stack = proposed ? Optional.empty() : shown;
        boolean clear = stack.map(this::clearable).orElse(false);
        if (stack.isEmpty() && !request.create() && !request.stack().isEmpty()) {
            problems.add("stack: there is no stack named '" + request.stack()
                    + "' in this region; onMissing: 'create' creates it");
        }
        stack.ifPresent(this::checkState);
        if (request.inUse() && (stack.isEmpty() || clear) && request.create()) {
            problems.add("template: is required to create the stack");
        }
        if (request.namesImage()) {
            new ImageCheck(at.aws(), new InstanceTypes(at.aws()), problems).check(request.ami());
        }
        List<String> alarms = alarms();
        Optional<Template> body = body(stack.filter(any -> !clear));
        Optional<GetTemplateSummaryResponse> summary = summary(stack.filter(any -> !clear));
        TemplateParameters parameters = new TemplateParameters(request, stack.filter(any -> !clear), problems);
        summary.ifPresent(s -> {
            parameters.match(s.parameters());
            checkCapabilities(s);
        });
        return new Survey(
                stack,
                shown.isEmpty(),
                clear,
                parameters.amiParameter(),
                parameters.amiValue(),
                parameters.previous(),
                alarms,
                body,
                problems);
    }

    private boolean clearable(Stack stack) {
        return request.create() && stack.stackStatusAsString().equals(Stacks.ROLLBACK_COMPLETE);
    }

    private void checkState(Stack stack) {
        String status = stack.stackStatusAsString();
        if (Stacks.updatable(status) || clearable(stack)) {
            return;
        }
        String reason = stack.stackStatusReason() == null ? "" : " (" + stack.stackStatusReason() + ")";
        String what = "stack: " + request.stack() + " is " + status + reason + ", ";
        problems.add(
                switch (status) {
                    case Stacks.ROLLBACK_COMPLETE ->
                        what + "because it could not be created; delete it, or use onMissing: 'create', which deletes"
                                + " and creates it";
                    case Stacks.UPDATE_ROLLBACK_FAILED ->
                        what + "so it cannot be updated; mend what is in the way of its rollback and run: "
                                + Advice.continueRollback(
                                        request.stack(), at.aws().region(), Set.of());
                    default ->
                        Stacks.atRest(status)
                                ? what + "a state in which it cannot be updated; delete it first"
                                : what + "so someone else is changing it; wait for that to end";
                });
    }

    private Optional<Template> body(Optional<Stack> stack) {
        if (request.byUrl() || request.inUse() && stack.isEmpty()) {
            return Optional.empty();
        }
        String text = request.inUse()
                ? at.aws()
                        .cloudFormation()
                        .getTemplate(r -> r.stackName(stack.get().stackId()).templateStage(TemplateStage.PROCESSED))
                        .templateBody()
                : request.template();
        try {
            return Optional.of(Template.of(text)).filter(template -> request.inUse() || !template.transformed());
        } catch (IllegalArgumentException e) {
            problems.add("template: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** What CloudFormation itself reads in the template; it refuses what it cannot read. */
    private Optional<GetTemplateSummaryResponse> summary(Optional<Stack> stack) {
        if (request.inUse() && stack.isEmpty() || problems.stream().anyMatch(p -> p.startsWith("template: it "))) {
            return Optional.empty();
        }
        try {
            return Optional.of(at.aws().cloudFormation().getTemplateSummary(r -> {
                if (request.inUse()) {
                    r.stackName(stack.get().stackId());
                } else if (request.byUrl()) {
                    r.templateURL(request.url(at.aws().region()));
                } else {
                    r.templateBody(request.template());
                }
            }));
        } catch (CloudFormationException e) {
            AwsFailure failure = AwsFailure.of(e);
            if (failure.kind() != AwsFailure.Kind.REFUSED) {
                throw e;
            }
            problems.add("template: CloudFormation does not accept it: " + failure);
            return Optional.empty();
        }
    }

    private void checkCapabilities(GetTemplateSummaryResponse summary) {
        Set<String> missing = new TreeSet<>(summary.capabilitiesAsStrings());
        missing.removeAll(request.capabilities());
        if (request.capabilities().contains("CAPABILITY_NAMED_IAM")) {
            missing.remove("CAPABILITY_IAM");
        }
        if (!missing.isEmpty()) {
            String reason = summary.capabilitiesReason() == null ? "" : " (" + summary.capabilitiesReason() + ")";
            problems.add("capabilities: the template needs " + String.join(", ", missing) + reason
                    + "; if that is wanted, add capabilities: '" + String.join(",", missing) + "'");
        }
    }

    /** CloudFormation wants ARNs, people know names. */
    private List<String> alarms() {
        List<String> names = request.rollbackAlarms().stream()
                .filter(alarm -> !alarm.startsWith("arn:"))
                .toList();
        List<String> arns = new ArrayList<>(request.rollbackAlarms());
        if (names.isEmpty()) {
            return arns;
        }
        List<MetricAlarm> found =
                at.aws().cloudWatch().describeAlarms(r -> r.alarmNames(names)).metricAlarms();
        for (String name : names) {
            Optional<MetricAlarm> alarm =
                    found.stream().filter(a -> a.alarmName().equals(name)).findFirst();
            if (alarm.isEmpty()) {
                problems.add("rollbackAlarms: there is no CloudWatch alarm named '" + name + "'");
                continue;
            }
            if (alarm.get().stateValue() == StateValue.ALARM) {
                problems.add("rollbackAlarms: '" + name + "' is in ALARM already: "
                        + alarm.get().stateReason());
            }
            arns.replaceAll(arn -> arn.equals(name) ? alarm.get().alarmArn() : arn);
        }
        return arns;
    }

    /** What the parameter of that name is in a stack. */
    static Optional<String> value(Stack stack, String parameter) {
        return stack.parameters().stream()
                .filter(p -> p.parameterKey().equals(parameter))
                .findFirst()
                .map(Parameter::parameterValue);
    }
}
