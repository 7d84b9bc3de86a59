package io.jenkins.plugins.amideploy.driver;

import hudson.Extension;
import io.jenkins.plugins.amideploy.core.deployment.Procedure;
import io.jenkins.plugins.amideploy.core.deployment.RestoreGroup;
import java.util.Map;
import java.util.Optional;

/** Gives a group its sizes back after a deployment that died. */
@Extension
public final class RestoreProcedure implements ProcedureFactory {
    /** The name of the procedure and of the Pipeline step. */
    public static final String NAME = "restoreAutoScalingGroup";

    @Override
    public Optional<Procedure> create(DeploymentOrder order) {
        if (!order.procedure().equals(NAME)) {
            return Optional.empty();
        }
        Map<String, String> parameters = order.parameters();
        return Optional.of(
                new RestoreGroup(parameters.getOrDefault("group", ""), Boolean.parseBoolean(parameters.get("force"))));
    }
}
