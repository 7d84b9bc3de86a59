package io.jenkins.plugins.amideploy.pipeline;

import hudson.EnvVars;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;

/** The variables of a block. */
final class BlockVariables extends EnvironmentExpander {
    private static final long serialVersionUID = 1L;

    private final TreeMap<String, String> variables;
    private final TreeSet<String> sensitive;

    /** @param hidden those among them whose values the console does not show */
    BlockVariables(Map<String, String> variables, Map<String, String> hidden) {
        this.variables = new TreeMap<>(variables);
        this.variables.putAll(hidden);
        this.sensitive = new TreeSet<>(hidden.keySet());
    }

    @Override
    public void expand(EnvVars environment) {
        environment.overrideAll(variables);
    }

    @Override
    public Set<String> getSensitiveVariables() {
        return new TreeSet<>(sensitive);
    }
}
