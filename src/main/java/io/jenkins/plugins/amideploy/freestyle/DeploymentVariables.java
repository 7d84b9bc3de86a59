package io.jenkins.plugins.amideploy.freestyle;

import hudson.EnvVars;
import hudson.model.EnvironmentContributingAction;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The result of a deployment for the build steps after it: {@code AMI_DEPLOY_GROUP}, {@code AMI_BUILD_IMAGE_ID} and so on.
 * What is a map in a Pipeline is one variable for each of its keys here, such as {@code AMI_BUILD_IMAGES_EU_WEST_1}, and
 * a list has commas.
 */
public final class DeploymentVariables extends InvisibleAction implements EnvironmentContributingAction {
    private final TreeMap<String, String> variables;

    private DeploymentVariables(TreeMap<String, String> variables) {
        this.variables = variables;
    }

    static DeploymentVariables of(String prefix, Map<String, Object> result) {
        TreeMap<String, String> variables = new TreeMap<>();
        put(variables, prefix, result);
        return new DeploymentVariables(variables);
    }

    private static void put(Map<String, String> variables, String prefix, Map<?, ?> result) {
        result.forEach((key, value) -> {
            String name = prefix + constant(String.valueOf(key));
            if (value instanceof Map<?, ?> map) {
                put(variables, name + "_", map);
            } else if (value instanceof Collection<?> several) {
                variables.put(name, several.stream().map(String::valueOf).collect(Collectors.joining(",")));
            } else {
                variables.put(name, String.valueOf(value));
            }
        });
    }

    /** {@code IMAGE_ID} for {@code imageId}, {@code EU_WEST_1} for {@code eu-west-1}. */
    private static String constant(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
                .replaceAll("[^A-Za-z0-9]+", "_")
                .toUpperCase(Locale.ROOT);
    }

    @Override
    public void buildEnvironment(Run<?, ?> run, EnvVars env) {
        env.putAll(variables);
    }
}
