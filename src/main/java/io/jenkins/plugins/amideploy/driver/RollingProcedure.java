package io.jenkins.plugins.amideploy.driver;

import hudson.Extension;
import io.jenkins.plugins.amideploy.core.deployment.Procedure;
import io.jenkins.plugins.amideploy.core.plan.RollingPlan;
import io.jenkins.plugins.amideploy.core.rolling.RollingDeploy;
import java.util.Map;
import java.util.Optional;

/** Replaces the instances of a group a few at a time, or tells what that would be like. */
@Extension
public final class RollingProcedure implements ProcedureFactory {
    /** The name of the procedure and of the Pipeline step. */
    public static final String NAME = "rollingAmiDeploy";

    @Override
    public Optional<Procedure> create(DeploymentOrder order) {
        if (!order.procedure().equals(NAME)) {
            return Optional.empty();
        }
        Map<String, String> parameters = order.parameters();
        boolean plan = Boolean.parseBoolean(parameters.remove("plan"));
        return Optional.of(
                plan ? new RollingPlan(parameters, order.gated()) : new RollingDeploy(parameters, order.gated()));
    }

    @Override
    public Optional<Procedure> forecast(DeploymentOrder order) {
        Map<String, String> parameters = order.parameters();
        boolean plan = Boolean.parseBoolean(parameters.remove("plan"));
        return order.procedure().equals(NAME) && !plan
                ? Optional.of(new RollingPlan(parameters, order.gated()))
                : Optional.empty();
    }
}
