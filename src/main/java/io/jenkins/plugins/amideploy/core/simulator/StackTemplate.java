package io.jenkins.plugins.amideploy.core.simulator;

import io.jenkins.plugins.amideploy.core.template.TemplateText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The template of a simulated stack. */
record StackTemplate(String text, Map<?, ?> root) {
    static StackTemplate of(String text) {
        try {
            return new StackTemplate(text, TemplateText.parse(text));
        } catch (IllegalArgumentException e) {
            throw Service.CLOUD_FORMATION.rejection("ValidationError", "Template format error: " + e.getMessage());
        }
    }

    static Map<?, ?> map(Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    Map<?, ?> section(String name) {
        return map(root.get(name));
    }

    Map<?, ?> resource(String logicalId) {
        return map(section("Resources").get(logicalId));
    }

    String type(String logicalId) {
        return String.valueOf(resource(logicalId).get("Type"));
    }

    /** Every parameter with the value that it has, by request, by its former value or by default. */
    Map<String, String> parameters(Map<String, String> given, Map<String, String> before) {
        Map<String, String> all = new LinkedHashMap<>();
        section("Parameters").forEach((key, body) -> {
            Object otherwise = before.getOrDefault(String.valueOf(key), null);
            Object value = given.getOrDefault(String.valueOf(key), (String)
                    (map(body).containsKey("Default") && otherwise == null
                            ? map(body).get("Default")
                            : otherwise));
            if (value == null) {
                throw Service.CLOUD_FORMATION.rejection(
                        "ValidationError", "Parameters: [" + key + "] must have values");
            }
            all.put(String.valueOf(key), String.valueOf(value));
        });
        given.keySet().stream().filter(key -> !all.containsKey(key)).findFirst().ifPresent(key -> {
            throw Service.CLOUD_FORMATION.rejection(
                    "ValidationError", "Parameters: [" + key + "] do not exist in the template");
        });
        return all;
    }

    /** Resources, each after those that it refers to. */
    List<String> ordered(StackValues values) {
        Set<String> ordered = new LinkedHashSet<>();
        section("Resources").keySet().forEach(name -> visit(String.valueOf(name), ordered, new LinkedHashSet<>()));
        ordered.removeIf(name -> !values.exists(resource(name)));
        return new ArrayList<>(ordered);
    }

    private void visit(String name, Set<String> ordered, Set<String> path) {
        if (ordered.contains(name) || !path.add(name)) {
            return;
        }
        Set<String> others = new LinkedHashSet<>();
        StackValues.references(resource(name), others);
        others.stream()
                .filter(other -> section("Resources").containsKey(other))
                .forEach(other -> visit(other, ordered, path));
        ordered.add(name);
    }

    /** What the template may do only with an acknowledgement: User Guide, "Acknowledging IAM resources". */
    Set<String> capabilities() {
        Set<String> needed = new LinkedHashSet<>();
        section("Resources").values().forEach(body -> {
            if (String.valueOf(map(body).get("Type")).startsWith("AWS::IAM::")) {
                boolean named = map(map(body).get("Properties")).keySet().stream()
                        .anyMatch(property -> String.valueOf(property).endsWith("Name"));
                needed.add(named ? "CAPABILITY_NAMED_IAM" : "CAPABILITY_IAM");
            }
        });
        return needed;
    }
}
