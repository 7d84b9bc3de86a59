package io.jenkins.plugins.amideploy.driver;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.plugins.amideploy.core.deployment.Procedure;
import java.util.Optional;

/** Makes the procedures that are ordered by name, anew after each restart. */
public interface ProcedureFactory extends ExtensionPoint {

    /**
     * The procedure as ordered, or empty where it is another factory's. What is wrong with its parameters is told by
     * its first tick.
     */
    Optional<Procedure> create(DeploymentOrder order);

    /** @throws IllegalStateException where this version of the plugin knows no such procedure */
    static Procedure procedure(DeploymentOrder order) {
        return ExtensionList.lookup(ProcedureFactory.class).stream()
                .flatMap(factory -> factory.create(order).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no procedure " + order.procedure()));
    }
}
