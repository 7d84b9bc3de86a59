package io.jenkins.plugins.amideploy.driver;

import hudson.Extension;
import io.jenkins.plugins.amideploy.core.bluegreen.BlueGreenDeploy;
import io.jenkins.plugins.amideploy.core.deployment.Procedure;
import io.jenkins.plugins.amideploy.core.plan.BlueGreenPlan;
import java.util.Map;
import java.util.Optional;

/** Moves traffic to a new group behind a new balancer and retires the old side, or tells what that would be like. */
@Extension
public final class BlueGreenProcedure implements ProcedureFactory {
    /** The name of the procedure and of the Pipeline step. */
    public static final String NAME = "blueGreenCutover";

    @Override
    public Optional<Procedure> create(DeploymentOrder order) {
        if (!order.procedure().equals(NAME)) {
            return Optional.empty();
        }
        Map<String, String> parameters = order.parameters();
        boolean plan = Boolean.parseBoolean(parameters.remove("plan"));
        return Optional.of(
                plan ? new BlueGreenPlan(parameters, order.gated()) : new BlueGreenDeploy(parameters, order.gated()));
    }

    @Override
    public Optional<Procedure> forecast(DeploymentOrder order) {
        Map<String, String> parameters = order.parameters();
        boolean plan = Boolean.parseBoolean(parameters.remove("plan"));
        return order.procedure().equals(NAME) && !plan
                ? Optional.of(new BlueGreenPlan(parameters, order.gated()))
                : Optional.empty();
    }
}
