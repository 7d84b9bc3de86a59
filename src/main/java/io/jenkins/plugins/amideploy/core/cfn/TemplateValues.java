package io.jenkins.plugins.amideploy.core.cfn;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a template's expressions come to with certain parameters: AWS CloudFormation User Guide, "Intrinsic function
 * reference". What only CloudFormation can know, such as an imported value, stays unknown and is never guessed.
 */
final class TemplateValues {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^!}][^}]*)}");
    private static final int DEEPEST = 100;
    /** In place of a value with NoEcho (AWS CloudFormation API Reference, Parameter). */
    private static final String HIDDEN = "****";

    private final Template template;
    private final Map<String, String> parameters;

    /** @param parameters the values of the parameters; those that are missing have their defaults */
    TemplateValues(Template template, Map<String, String> parameters) {
        this.template = template;
        this.parameters = parameters;
    }

    /** Whether there is such a thing under that condition; true where that is not known. */
    boolean exists(Template.Resource resource) {
        return resource.condition().isEmpty()
                || condition(resource.condition(), 0).orElse(true);
    }

    /** A property of a resource, or null where there is none. */
    Object property(Template.Resource resource, String... path) {
        return at(resource.body().get("Properties"), path);
    }

    /** What is at that path below a map, or null where there is nothing. */
    Object at(Object from, String... path) {
        Object value = decided(from);
        for (String name : path) {
            value = decided(Template.map(value).get(name));
        }
        return value;
    }

    /** Empty also where CloudFormation hides the value. */
    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name))
                .or(() -> Optional.ofNullable(template.defaults().get(name)))
                .filter(value -> !value.equals(HIDDEN));
    }

    /** The text that an expression comes to; empty where it is unknown or no text. */
    Optional<String> text(Object value) {
        return text(value, 0);
    }

    Optional<Integer> number(Object value) {
        return text(value).filter(text -> text.matches("-?\\d{1,9}")).map(Integer::valueOf);
    }

    Optional<Boolean> flag(Object value) {
        return text(value).map("true"::equalsIgnoreCase);
    }

    /** The expression with those {@code Fn::If} decided that can be decided. */
    Object decided(Object value) {
        Object now = value;
        for (int depth = 0; depth < DEEPEST; depth++) {
            List<?> branches = Template.list(Template.map(now).get("Fn::If"));
            if (branches.size() != 3) {
                return now;
            }
            Optional<Boolean> condition = condition(String.valueOf(branches.get(0)), 0);
            if (condition.isEmpty()) {
                return now;
            }
            now = branches.get(condition.get() ? 1 : 2);
        }
        return now;
    }

    /** Whether a change of the parameter or resource of that name can change what the expression comes to. */
    boolean dependsOn(Object value, String name) {
        return dependsOn(value, name, "", 0);
    }

    /** Whether the expression takes that attribute of that resource, by {@code Fn::GetAtt} or within {@code Fn::Sub}. */
    boolean takes(Object value, String resource, String attribute) {
        return dependsOn(value, resource, attribute, 0);
    }

    private boolean dependsOn(Object value, String name, String attribute, int depth) {
        if (depth > DEEPEST) {
            return false;
        }
        Object active = decided(value);
        if (active instanceof List<?> list) {
            return list.stream().anyMatch(item -> dependsOn(item, name, attribute, depth + 1));
        }
        if (!(active instanceof Map<?, ?> map)) {
            return false;
        }
        if (map.size() == 1 && map.containsKey("Ref")) {
            return attribute.isEmpty() && name.equals(map.get("Ref"));
        }
        if (map.size() == 1 && map.containsKey("Fn::GetAtt")) {
            return named(map.get("Fn::GetAtt"), name, attribute);
        }
        if (map.size() == 1 && map.containsKey("Fn::Sub")) {
            return substitutes(map.get("Fn::Sub"), name, attribute, depth);
        }
        return map.values().stream().anyMatch(item -> dependsOn(item, name, attribute, depth + 1));
    }

    private static boolean named(Object path, String name, String attribute) {
        List<?> parts = path instanceof String text ? List.of((Object[]) text.split("\\.", 2)) : Template.list(path);
        return !parts.isEmpty()
                && name.equals(parts.get(0))
                && (attribute.isEmpty() || parts.size() > 1 && attribute.equals(parts.get(1)));
    }

    private boolean substitutes(Object sub, String name, String attribute, int depth) {
        Map<?, ?> variables = sub instanceof List<?> list && list.size() > 1 ? Template.map(list.get(1)) : Map.of();
        Object text = sub instanceof List<?> list && !list.isEmpty() ? list.get(0) : sub;
        Matcher matcher = VARIABLE.matcher(String.valueOf(text));
        String wanted = attribute.isEmpty() ? name : name + "." + attribute;
        while (matcher.find()) {
            String variable = matcher.group(1).strip();
            if (variables.containsKey(variable)) {
                if (dependsOn(variables.get(variable), name, attribute, depth + 1)) {
                    return true;
                }
            } else if (variable.equals(wanted) || attribute.isEmpty() && variable.startsWith(name + ".")) {
                return true;
            }
        }
        return false;
    }

    private Optional<String> text(Object value, int depth) {
        Object active = decided(value);
        if (active instanceof String text) {
            return Optional.of(text);
        }
        if (depth > DEEPEST || !(active instanceof Map<?, ?> map) || map.size() != 1) {
            return Optional.empty();
        }
        if (map.containsKey("Ref")) {
            return parameter(String.valueOf(map.get("Ref")));
        }
        if (map.containsKey("Fn::Sub")) {
            return substituted(map.get("Fn::Sub"), depth);
        }
        if (map.containsKey("Fn::FindInMap")) {
            return found(Template.list(map.get("Fn::FindInMap")), depth);
        }
        return map.containsKey("Fn::Join") ? joined(Template.list(map.get("Fn::Join")), depth) : Optional.empty();
    }

    private Optional<String> substituted(Object sub, int depth) {
        if (!(sub instanceof String text)) {
            return Optional.empty();
        }
        StringBuilder result = new StringBuilder();
        Matcher matcher = VARIABLE.matcher(text);
        while (matcher.find()) {
            Optional<String> value = text(Map.of("Ref", matcher.group(1).strip()), depth + 1);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            matcher.appendReplacement(result, Matcher.quoteReplacement(value.get()));
        }
        return Optional.of(matcher.appendTail(result).toString());
    }

    private Optional<String> found(List<?> keys, int depth) {
        Object value = template.mappings();
        for (Object key : keys) {
            Optional<String> name = text(key, depth + 1);
            value = name.isEmpty() ? null : Template.map(value).get(name.get());
        }
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private Optional<String> joined(List<?> arguments, int depth) {
        if (arguments.size() != 2) {
            return Optional.empty();
        }
        List<Optional<String>> parts = Template.list(arguments.get(1)).stream()
                .map(part -> text(part, depth + 1))
                .toList();
        return parts.stream().allMatch(Optional::isPresent)
                ? Optional.of(String.join(
                        String.valueOf(arguments.get(0)),
                        parts.stream().map(Optional::get).toList()))
                : Optional.empty();
    }

    private Optional<Boolean> condition(String name, int depth) {
        return template.conditions().containsKey(name)
                ? holds(template.conditions().get(name), depth + 1)
                : Optional.empty();
    }

    private Optional<Boolean> holds(Object condition, int depth) {
        if (depth > DEEPEST || !(condition instanceof Map<?, ?> map) || map.size() != 1) {
            return Optional.empty();
        }
        Object arguments = map.values().iterator().next();
        List<?> all = Template.list(arguments);
        return switch (String.valueOf(map.keySet().iterator().next())) {
            case "Condition" -> condition(String.valueOf(arguments), depth);
            case "Fn::Equals" -> equal(all, depth);
            case "Fn::Not" ->
                all.isEmpty() ? Optional.empty() : holds(all.get(0), depth + 1).map(is -> !is);
            case "Fn::And" ->
                each(all, depth, false).or(() -> known(all, depth) ? Optional.of(true) : Optional.empty());
            case "Fn::Or" -> each(all, depth, true).or(() -> known(all, depth) ? Optional.of(false) : Optional.empty());
            default -> Optional.empty();
        };
    }

    private Optional<Boolean> equal(List<?> both, int depth) {
        if (both.size() != 2) {
            return Optional.empty();
        }
        Optional<String> one = text(both.get(0), depth + 1);
        Optional<String> other = text(both.get(1), depth + 1);
        return one.isPresent() && other.isPresent() ? Optional.of(one.equals(other)) : Optional.empty();
    }

    /** That answer where one of them gives it. */
    private Optional<Boolean> each(List<?> all, int depth, boolean answer) {
        return all.stream().anyMatch(one -> holds(one, depth + 1).equals(Optional.of(answer)))
                ? Optional.of(answer)
                : Optional.empty();
    }

    private boolean known(List<?> all, int depth) {
        return all.stream().allMatch(one -> holds(one, depth + 1).isPresent());
    }
}
