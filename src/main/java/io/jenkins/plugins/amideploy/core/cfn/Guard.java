package io.jenkins.plugins.amideploy.core.cfn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a change of the image would replace the instances of a template's groups as it should: what CloudFormation
 * accepts without a word and then does nothing, or too much.
 */
final class Guard {
    private final Template template;
    private final TemplateValues values;
    private final String amiParameter;
    private final String where;
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<Reached> groups = new ArrayList<>();
    private final List<String> unreached = new ArrayList<>();

    /**
     * A group that gets the new image.
     *
     * @param size as the template says; empty where that is not known
     */
    record Reached(String logicalId, UpdatePolicy policy, Optional<Integer> size) {}

    /** @param where the path of the nested stack that has this template, such as {@code Web/}; empty for the stack itself */
    Guard(Template template, TemplateValues values, String amiParameter, String where) {
        this.template = template;
        this.values = values;
        this.amiParameter = amiParameter;
        this.where = where;
    }

    Guard look() {
        template.resources().forEach((name, resource) -> {
            if (resource.type().equals(Template.GROUP) && values.exists(resource)) {
                group(name, resource);
            }
        });
        return this;
    }

    List<String> problems() {
        return problems;
    }

    List<String> warnings() {
        return warnings;
    }

    List<Reached> groups() {
        return groups;
    }

    /** Why the groups that do not get the image do not. */
    List<String> unreached() {
        return unreached;
    }

    /** The nested stacks that the image is handed on to, each with the parameter of its template that takes it. */
    Map<String, String> nested() {
        Map<String, String> nested = new LinkedHashMap<>();
        template.resources().forEach((name, resource) -> {
            if (resource.type().equals(Template.STACK) && values.exists(resource)) {
                Template.map(values.property(resource, "Parameters")).forEach((parameter, value) -> {
                    if (values.dependsOn(value, amiParameter)) {
                        nested.put(name, String.valueOf(parameter));
                    }
                });
            }
        });
        return nested;
    }

    private void group(String name, Template.Resource group) {
        Optional<String> obstacle = new LaunchPath(template, values, amiParameter).obstacle(group);
        if (obstacle.isPresent()) {
            unreached.add("template: the image does not reach " + where + name + ": " + obstacle.get());
            return;
        }
        UpdatePolicy.Written written = UpdatePolicy.Written.of(group, values);
        Optional<Integer> max = values.number(values.property(group, "MaxSize"));
        if (!written.rolling().isEmpty() && !written.refresh().isEmpty()) {
            problem(name, "has both AutoScalingRollingUpdate and AutoScalingInstanceRefresh, which exclude each other");
        } else if (written.replaces()) {
            replacing(name, group, written);
        } else if (!written.refresh().isEmpty()) {
            reached(name, group, written.instanceRefresh());
        } else if (!written.rolling().isEmpty()) {
            rolling(name, group, written.rollingUpdate(max.orElse(Integer.MAX_VALUE)));
        } else if (!written.replacing().isEmpty()) {
            problem(
                    name,
                    "has an AutoScalingReplacingUpdate whose WillReplace is not true, so a new image would replace no"
                            + " instance; set WillReplace, or use AutoScalingRollingUpdate");
        } else {
            problem(
                    name,
                    "has no UpdatePolicy, so a new image would replace no instance; add AutoScalingRollingUpdate,"
                            + " AutoScalingReplacingUpdate or AutoScalingInstanceRefresh");
        }
    }

    private void rolling(String name, Template.Resource group, UpdatePolicy.Rolling rolling) {
        if (rolling.floor() >= rolling.max()) {
            problem(
                    name,
                    "keeps " + rolling.floor() + " instances in service (MinInstancesInService), which leaves no room"
                            + " for replacing any in a MaxSize of " + rolling.max()
                            + "; MinInstancesInService must be less than MaxSize");
        }
        if (!rolling.signals()) {
            warning(
                    name,
                    "does not wait for signals (WaitOnResourceSignals), so an image that is dead would roll through"
                            + " the whole group");
        }
        if (rolling.floor() == 0) {
            warning(name, "keeps no instance in service (MinInstancesInService is 0)");
        }
        reached(name, group, rolling);
    }

    private void replacing(String name, Template.Resource group, UpdatePolicy.Written written) {
        if (values.property(group, "AutoScalingGroupName") != null) {
            problem(
                    name,
                    "has an AutoScalingGroupName of its own, and CloudFormation cannot make a second group of the same"
                            + " name for AutoScalingReplacingUpdate; remove the name");
        }
        UpdatePolicy.Replacing replacing = written.replacingUpdate();
        if (replacing.signals() == 0) {
            warning(
                    name,
                    "awaits no signal for its new group (CreationPolicy), so a group of dead instances would replace"
                            + " the one that serves");
        }
        reached(name, group, replacing);
    }

    private void reached(String name, Template.Resource group, UpdatePolicy policy) {
        Optional<Integer> size = values.number(values.property(group, "DesiredCapacity"))
                .or(() -> values.number(values.property(group, "MinSize")));
        groups.add(new Reached(name, policy, size));
    }

    private void problem(String name, String text) {
        problems.add("template: " + where + name + " " + text);
    }

    private void warning(String name, String text) {
        warnings.add(where + name + " " + text);
    }
}
