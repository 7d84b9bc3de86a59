package io.jenkins.plugins.amideploy.freestyle;

import hudson.EnvVars;
import hudson.model.EnvironmentContributingAction;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The result of a deployment for the build steps after it: {@code AMI_DEPLOY_GROUP}, {@code AMI_DEPLOY_AMI} and so on. */
public final class DeploymentVariables extends InvisibleAction implements EnvironmentContributingAction {
    private final TreeMap<String, String> variables;

    private DeploymentVariables(TreeMap<String, String> variables) {
        this.variables = variables;
    }

    static DeploymentVariables of(Map<String, Object> result) {
        TreeMap<String, String> variables = new TreeMap<>();
        result.forEach(
                (name, value) -> variables.put("AMI_DEPLOY_" + name.toUpperCase(Locale.ROOT), String.valueOf(value)));
        return new DeploymentVariables(variables);
    }

    @Override
    public void buildEnvironment(Run<?, ?> run, EnvVars env) {
        env.putAll(variables);
    }
}
