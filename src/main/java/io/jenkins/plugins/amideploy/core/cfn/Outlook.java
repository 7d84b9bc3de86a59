package io.jenkins.plugins.amideploy.core.cfn;

import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.TemplateStage;

/** Holds the guard against the live stack and those nested in it, and tells what will happen to the groups. */
final class Outlook {
    /** CloudFormation nests no deeper for anyone who wants to keep an overview. */
    private static final int DEEPEST = 5;

    private final TickContext at;
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<String> unreached = new ArrayList<>();
    private final Map<String, Found> found = new LinkedHashMap<>();
    /** Physical ids of all groups, by their paths. */
    private final Map<String, String> live = new LinkedHashMap<>();

    private boolean unread;

    private record Found(Guard.Reached group, int size) {}

    Outlook(TickContext at) {
        this.at = at;
    }

    List<String> problems() {
        return problems;
    }

    List<String> warnings() {
        return warnings;
    }

    /** @param stack the stack as it is; empty where it is yet to be created */
    void look(
            Template template, Optional<Stack> stack, Map<String, String> given, String amiParameter, String amiValue) {
        look(template, stack, given, amiParameter, amiValue, "", 0);
        if (found.isEmpty() && !unread) {
            problems.addAll(unreached);
            if (unreached.isEmpty()) {
                problems.add(
                        "template: it has no Auto Scaling group that the parameter " + amiParameter + " could reach");
            }
        }
        groups();
    }

    private void look(
            Template template,
            Optional<Stack> stack,
            Map<String, String> given,
            String amiParameter,
            String amiValue,
            String where,
            int depth) {
        Map<String, String> known = new LinkedHashMap<>();
        stack.ifPresent(s -> s.parameters()
                .forEach((Parameter p) -> known.put(
                        p.parameterKey(), p.resolvedValue() == null ? p.parameterValue() : p.resolvedValue())));
        known.putAll(given);
        known.put(amiParameter, amiValue);
        Guard guard = new Guard(template, new TemplateValues(template, known), amiParameter, where).look();
        problems.addAll(guard.problems());
        warnings.addAll(guard.warnings());
        unreached.addAll(guard.unreached());
        Map<String, StackResourceSummary> resources = new LinkedHashMap<>();
        stack.ifPresent(s -> Stacks.resources(at.aws(), s.stackId())
                .forEach(resource -> resources.put(resource.logicalResourceId(), resource)));
        resources.forEach((name, resource) -> {
            if (resource.resourceType().equals(Template.GROUP) && resource.physicalResourceId() != null) {
                live.put(where + name, resource.physicalResourceId());
            }
        });
        guard.groups()
                .forEach(group -> found.put(
                        where + group.logicalId(), new Found(group, group.size().orElse(1))));
        guard.nested().forEach((name, parameter) -> {
            if (depth < DEEPEST) {
                nested(where + name, Optional.ofNullable(resources.get(name)), parameter, amiValue, depth);
            }
        });
    }

    private void nested(
            String path, Optional<StackResourceSummary> resource, String parameter, String amiValue, int depth) {
        Optional<Stack> child =
                resource.map(StackResourceSummary::physicalResourceId).flatMap(id -> Stacks.find(at.aws(), id));
        if (child.isEmpty()) {
            unread = true;
            warnings.add("The nested stack " + path + " is yet to be created, so what a new image will do to a group in"
                    + " it was not checked");
            return;
        }
        String text = at.aws()
                .cloudFormation()
                .getTemplate(r -> r.stackName(child.get().stackId()).templateStage(TemplateStage.PROCESSED))
                .templateBody();
        look(Template.of(text), child, Map.of(), parameter, amiValue, path + "/", depth + 1);
    }

    private void groups() {
        LiveGroups groups = LiveGroups.read(at, live);
        problems.addAll(groups.taken());
        live.keySet()
                .forEach(path -> groups.desired(path)
                        .ifPresent(desired ->
                                found.computeIfPresent(path, (any, known) -> new Found(known.group(), desired))));
    }

    /** What will happen, and how many instances there are for the progress, by the group's path. */
    void tell(CfnState state, boolean creates) {
        state.groups(live);
        found.forEach((path, group) -> {
            String name = live.containsKey(path) ? path + " (" + live.get(path) + ")" : path;
            at.say(
                    "",
                    creates
                            ? name + " will be created with " + Words.count(group.size(), "instance")
                            : name + ": " + group.group().policy().does(group.size()));
            if (group.group().policy() instanceof UpdatePolicy.Replacing replacing) {
                Progress.expectSignals(state.saved(), path, replacing.signals());
            } else if (group.group().policy() instanceof UpdatePolicy.Rolling rolling) {
                if (found.size() == 1 && !rolling.signals()) {
                    Pace.expectPauses(state.saved(), path, rolling.pause());
                }
            } else if (group.group().policy() instanceof UpdatePolicy.Refresh) {
                Progress.expectPercentages(state.saved(), path, group.size());
            }
        });
        warnings.forEach(text -> at.say(Event.Kind.WARNING, "", text));
    }
}
