package io.jenkins.plugins.amideploy.driver;

import hudson.Extension;
import io.jenkins.plugins.amideploy.core.ami.BuildAmi;
import io.jenkins.plugins.amideploy.core.deployment.Procedure;
import java.util.Optional;

/** Builds an image from a temporary instance, or tells what that would make and remove. */
@Extension
public final class BuildAmiProcedure implements ProcedureFactory {
    /** The name of the procedure and of the Pipeline step. */
    public static final String NAME = "buildAmi";

    @Override
    public Optional<Procedure> create(DeploymentOrder order) {
        return order.procedure().equals(NAME)
                ? Optional.of(new BuildAmi(order.parameters(), order.gated()))
                : Optional.empty();
    }
}
