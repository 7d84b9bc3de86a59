package io.jenkins.plugins.amideploy.driver;

import hudson.Extension;
import io.jenkins.plugins.amideploy.core.deployment.Procedure;
import io.jenkins.plugins.amideploy.core.rolling.RollingDeploy;
import java.util.Optional;

/** Replaces the instances of a group a few at a time. */
@Extension
public final class RollingProcedure implements ProcedureFactory {
    /** The name of the procedure and of the Pipeline step. */
    public static final String NAME = "rollingAmiDeploy";

    @Override
    public Optional<Procedure> create(DeploymentOrder order) {
        return order.procedure().equals(NAME)
                ? Optional.of(new RollingDeploy(order.parameters(), order.gated()))
                : Optional.empty();
    }
}
