package io.jenkins.plugins.amideploy.core.cfn;

import io.jenkins.plugins.amideploy.core.template.TemplateText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A template as it is written; {@link TemplateValues} tells what it comes to.
 *
 * @param parameters the type of each parameter
 * @param defaults the values of those that have one
 */
record Template(
        Map<String, String> parameters,
        Map<String, String> defaults,
        Map<String, Resource> resources,
        Map<?, ?> conditions,
        Map<?, ?> mappings,
        boolean transformed) {

    static final String GROUP = "AWS::AutoScaling::AutoScalingGroup";
    static final String LAUNCH_TEMPLATE = "AWS::EC2::LaunchTemplate";
    static final String LAUNCH_CONFIGURATION = "AWS::AutoScaling::LaunchConfiguration";
    static final String STACK = "AWS::CloudFormation::Stack";

    /**
     * @param condition the name of the condition under which there is this resource; empty for always
     * @param body the whole resource
     */
    record Resource(String type, String condition, Map<?, ?> body) {}

    /** @throws IllegalArgumentException where it is no template, in words for people */
    static Template of(String text) {
        Map<?, ?> root = TemplateText.parse(text);
        Map<String, Resource> resources = new LinkedHashMap<>();
        map(root.get("Resources")).forEach((name, body) -> {
            Map<?, ?> resource = map(body);
            resources.put(
                    String.valueOf(name),
                    new Resource(
                            String.valueOf(resource.get("Type")),
                            Optional.ofNullable(resource.get("Condition"))
                                    .map(String::valueOf)
                                    .orElse(""),
                            resource));
        });
        if (resources.isEmpty()) {
            throw new IllegalArgumentException("it is no template: there is no Resources section");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        Map<String, String> defaults = new LinkedHashMap<>();
        map(root.get("Parameters")).forEach((name, body) -> {
            parameters.put(String.valueOf(name), String.valueOf(map(body).get("Type")));
            if (map(body).containsKey("Default")) {
                Object value = map(body).get("Default");
                defaults.put(String.valueOf(name), value == null ? "" : String.valueOf(value));
            }
        });
        return new Template(
                parameters,
                defaults,
                resources,
                map(root.get("Conditions")),
                map(root.get("Mappings")),
                root.get("Transform") != null);
    }

    static Map<?, ?> map(Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    static List<?> list(Object value) {
        return value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    }
}
