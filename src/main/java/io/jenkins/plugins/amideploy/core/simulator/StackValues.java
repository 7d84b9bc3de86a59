package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Evaluates a template's expressions as CloudFormation does while it works: User Guide, "Intrinsic function reference".
 * Modelled are Ref, GetAtt, Sub, If, Join, Select, FindInMap, GetAZs and the condition functions.
 */
final class StackValues {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^!}][^}]*)}");

    private final String region;
    private final StackTemplate template;
    private final Map<String, String> parameters;
    private final BinaryOperator<String> attribute;

    /** @param attribute gives an attribute of a resource, or its physical id where the attribute is empty */
    StackValues(
            String region, StackTemplate template, Map<String, String> parameters, BinaryOperator<String> attribute) {
        this.region = region;
        this.template = template;
        this.parameters = parameters;
        this.attribute = attribute;
    }

    boolean exists(Map<?, ?> resource) {
        return resource.get("Condition") == null || condition(String.valueOf(resource.get("Condition")));
    }

    Map<?, ?> map(Object value) {
        return StackTemplate.map(of(value));
    }

    Object of(Object value) {
        if (value instanceof List<?> list) {
            List<Object> all = new ArrayList<>();
            list.forEach(item -> all.add(of(item)));
            all.removeIf(Objects::isNull);
            return all;
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        if (map.size() == 1) {
            Object argument = map.values().iterator().next();
            String function = String.valueOf(map.keySet().iterator().next());
            if (function.equals("Ref") || function.startsWith("Fn::")) {
                return call(function, argument);
            }
        }
        Map<String, Object> all = new LinkedHashMap<>();
        map.forEach((key, item) -> all.put(String.valueOf(key), of(item)));
        all.values().removeIf(Objects::isNull);
        return all;
    }

    private Object call(String function, Object argument) {
        List<?> list = argument instanceof List<?> all ? all : List.of(argument);
        return switch (function) {
            case "Ref" -> reference(String.valueOf(argument));
            case "Fn::GetAtt" -> attribute.apply(String.valueOf(list.get(0)), String.valueOf(list.get(1)));
            case "Fn::Sub" -> substituted(list);
            case "Fn::If" -> of(list.get(condition(String.valueOf(list.get(0))) ? 1 : 2));
            case "Fn::Join" ->
                String.join(
                        String.valueOf(list.get(0)),
                        ((List<?>) of(list.get(1)))
                                .stream().map(String::valueOf).toList());
            case "Fn::Select" -> ((List<?>) of(list.get(1))).get(Integer.parseInt(String.valueOf(of(list.get(0)))));
            case "Fn::GetAZs" -> List.of(region + "a", region + "b", region + "c");
            case "Fn::Base64" -> of(argument);
            case "Fn::FindInMap" ->
                StackTemplate.map(StackTemplate.map(template.section("Mappings").get(of(list.get(0))))
                                .get(of(list.get(1))))
                        .get(of(list.get(2)));
            default ->
                throw Service.CLOUD_FORMATION.rejection(
                        "ValidationError", "Template error: the simulator does not model " + function);
        };
    }

    private Object reference(String name) {
        return switch (name) {
            case "AWS::NoValue" -> null;
            case "AWS::Region" -> region;
            case "AWS::AccountId" -> Service.ACCOUNT;
            case "AWS::StackName" -> "stack";
            default -> parameters.containsKey(name) ? parameters.get(name) : attribute.apply(name, "");
        };
    }

    private String substituted(List<?> arguments) {
        Map<?, ?> variables = arguments.size() > 1 ? map(arguments.get(1)) : Map.of();
        StringBuilder result = new StringBuilder();
        Matcher matcher = VARIABLE.matcher(String.valueOf(arguments.get(0)));
        while (matcher.find()) {
            String name = matcher.group(1);
            int dot = name.indexOf('.');
            Object value = variables.containsKey(name)
                    ? variables.get(name)
                    : dot > 0 ? attribute.apply(name.substring(0, dot), name.substring(dot + 1)) : reference(name);
            matcher.appendReplacement(result, Matcher.quoteReplacement(String.valueOf(value)));
        }
        return matcher.appendTail(result).toString();
    }

    private boolean condition(String name) {
        return holds(template.section("Conditions").get(name));
    }

    private boolean holds(Object condition) {
        Map<?, ?> map = StackTemplate.map(condition);
        Object argument = map.values().iterator().next();
        List<?> list = argument instanceof List<?> all ? all : List.of(argument);
        return switch (String.valueOf(map.keySet().iterator().next())) {
            case "Condition" -> condition(String.valueOf(argument));
            case "Fn::Equals" -> Objects.equals(of(list.get(0)), of(list.get(1)));
            case "Fn::Not" -> !holds(list.get(0));
            case "Fn::And" -> list.stream().allMatch(this::holds);
            case "Fn::Or" -> list.stream().anyMatch(this::holds);
            default -> throw Service.CLOUD_FORMATION.rejection("ValidationError", "Template error: " + condition);
        };
    }

    /** The names that an expression refers to. */
    static void references(Object value, Set<String> names) {
        if (value instanceof List<?> list) {
            list.forEach(item -> references(item, names));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> {
                if (key.equals("Ref") || key.equals("DependsOn")) {
                    (item instanceof List<?> list ? list : List.of(item)).forEach(n -> names.add(String.valueOf(n)));
                } else if (key.equals("Fn::GetAtt") && item instanceof List<?> path) {
                    names.add(String.valueOf(path.get(0)));
                } else if (key.equals("Fn::Sub")) {
                    Matcher matcher = VARIABLE.matcher(String.valueOf(item));
                    while (matcher.find()) {
                        names.add(matcher.group(1).replaceFirst("\\..*", ""));
                    }
                    references(item, names);
                } else {
                    references(item, names);
                }
            });
        }
    }
}
