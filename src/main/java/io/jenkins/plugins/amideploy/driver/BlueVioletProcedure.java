package io.jenkins.plugins.amideploy.driver;

import hudson.Extension;
import io.jenkins.plugins.amideploy.core.blueviolet.BlueVioletDeploy;
import io.jenkins.plugins.amideploy.core.deployment.Procedure;
import io.jenkins.plugins.amideploy.core.plan.BlueVioletPlan;
import java.util.Map;
import java.util.Optional;

/** Puts a second group beside the live one and retires the old one, or tells what that would be like. */
@Extension
public final class BlueVioletProcedure implements ProcedureFactory {
    /** The name of the procedure and of the Pipeline step. */
    public static final String NAME = "blueVioletDeploy";

    @Override
    public Optional<Procedure> create(DeploymentOrder order) {
        if (!order.procedure().equals(NAME)) {
            return Optional.empty();
        }
        Map<String, String> parameters = order.parameters();
        boolean plan = Boolean.parseBoolean(parameters.remove("plan"));
        return Optional.of(
                plan ? new BlueVioletPlan(parameters, order.gated()) : new BlueVioletDeploy(parameters, order.gated()));
    }

    @Override
    public Optional<Procedure> forecast(DeploymentOrder order) {
        Map<String, String> parameters = order.parameters();
        boolean plan = Boolean.parseBoolean(parameters.remove("plan"));
        return order.procedure().equals(NAME) && !plan
                ? Optional.of(new BlueVioletPlan(parameters, order.gated()))
                : Optional.empty();
    }
}
