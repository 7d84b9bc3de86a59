package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.cloudformation.model.Replacement;

/**
 * What would change if a stack got that template and those parameters: User Guide, "Update behaviors of stack
 * resources". A property whose name ends with {@code Name} is one that cannot change without replacement, as for most
 * types; a launch configuration changes only by replacement.
 */
final class StackPlan {
    /** Stands for what is known only when the change is made. */
    private static final String LATER = "\u0000later ";

    private final Stacks stacks;
    private final SimulatedStack stack;
    private final StackTemplate template;
    private final Map<String, String> parameters;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, StackPlan> nestedPlans = new LinkedHashMap<>();

    /** One resource that changes. */
    record Step(String action, String logicalId, String type, Replacement replacement, String physicalId) {}

    StackPlan(Stacks stacks, SimulatedStack stack, StackTemplate template, Map<String, String> parameters) {
        this.stacks = stacks;
        this.stack = stack;
        this.template = template;
        this.parameters = parameters;
        Set<String> changing = new HashSet<>();
        StackValues values =
                new StackValues(stacks.region(), template, stacks.resolved(template, parameters), (name, attribute) -> {
                    SimulatedStack.Resource resource = stack.resources.get(name);
                    return resource == null || changing.contains(name)
                            ? LATER + name + "." + attribute
                            : stacks.provisioner().attribute(resource, attribute);
                });
        for (String name : template.ordered(values)) {
            step(name, values, changing);
        }
        stack.resources.forEach((name, resource) -> {
            if (steps.stream().noneMatch(s -> s.logicalId.equals(name))
                    && !template.ordered(values).contains(name)) {
                steps.add(new Step("Remove", name, resource.type, null, resource.physicalId));
            }
        });
    }

    List<Step> steps() {
        return steps;
    }

    private void step(String name, StackValues values, Set<String> changing) {
        SimulatedStack.Resource before = stack.resources.get(name);
        String type = template.type(name);
        Map<?, ?> next = values.map(template.resource(name).get("Properties"));
        if (before == null) {
            changing.add(name);
            steps.add(new Step("Add", name, type, null, null));
            return;
        }
        boolean changes = !before.properties.equals(next);
        if (type.equals(SimulatedStack.TYPE)) {
            nestedPlans.put(name, nested(before, next));
            changes = !nestedPlans.get(name).steps().isEmpty();
        }
        if (changes) {
            Replacement replacement = replacement(type, before.properties, next);
            if (type.equals(StackProvisioner.LAUNCH_TEMPLATE) || replacement == Replacement.TRUE) {
                changing.add(name);
            }
            steps.add(new Step("Modify", name, type, replacement, before.physicalId));
        }
    }

    /** What a nested stack's change comes to. */
    StackPlan nested(SimulatedStack.Resource resource, Map<?, ?> properties) {
        SimulatedStack child = stacks.byId(resource.physicalId);
        StackTemplate text = stacks.fetched(String.valueOf(properties.get("TemplateURL")));
        Map<String, String> given = new LinkedHashMap<>();
        StackTemplate.map(properties.get("Parameters"))
                .forEach((key, value) -> given.put(String.valueOf(key), String.valueOf(value)));
        return new StackPlan(stacks, child, text, text.parameters(given, Map.of()));
    }

    private static Replacement replacement(String type, Map<?, ?> before, Map<?, ?> next) {
        if (type.equals(StackProvisioner.LAUNCH_CONFIGURATION)) {
            return Replacement.TRUE;
        }
        if (type.startsWith("AWS::AutoScaling") || type.equals(StackProvisioner.LAUNCH_TEMPLATE)) {
            return Replacement.FALSE;
        }
        Replacement replacement = Replacement.FALSE;
        for (Map.Entry<?, ?> property : next.entrySet()) {
            if (!Objects.equals(before.get(property.getKey()), property.getValue())
                    && String.valueOf(property.getKey()).endsWith("Name")) {
                if (!String.valueOf(property.getValue()).contains(LATER)) {
                    return Replacement.TRUE;
                }
                replacement = Replacement.CONDITIONAL;
            }
        }
        return replacement;
    }

    /** The plan of a nested stack, for its own change set. */
    StackPlan nestedOf(SimulatedStack.Resource resource) {
        return nestedPlans.get(resource.logicalId);
    }

    StackTemplate template() {
        return template;
    }

    Map<String, String> parameters() {
        return parameters;
    }
}
