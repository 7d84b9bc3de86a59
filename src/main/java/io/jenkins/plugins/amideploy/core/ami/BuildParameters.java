package io.jenkins.plugins.amideploy.core.ami;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What can be said of parameters without AWS. */
public final class BuildParameters {
    private BuildParameters() {}

    /**
     * A sentence for each parameter that is unknown or impossible, which begins with its name.
     *
     * @param parameters by the names they have in the Pipeline step
     */
    public static List<String> problems(Map<String, String> parameters) {
        List<String> problems = new ArrayList<>();
        BuildRequest.of(parameters, false, problems);
        return problems;
    }
}
