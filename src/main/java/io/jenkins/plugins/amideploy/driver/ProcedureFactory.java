package io.jenkins.plugins.amideploy.driver;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.FilePath;
import io.jenkins.plugins.amideploy.core.deployment.Procedure;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import java.util.Optional;

/** Makes the procedures that are ordered by name, anew after each restart. */
public interface ProcedureFactory extends ExtensionPoint {

    /**
     * The procedure as ordered, or empty where it is another factory's. What is wrong with its parameters is told by
     * its first tick.
     */
    Optional<Procedure> create(DeploymentOrder order);

    /**
     * A procedure that looks at what is live and tells its context what such a deployment is expected to be like, and
     * changes nothing; empty where there is none, or the order itself asks for just that.
     */
    default Optional<Procedure> forecast(DeploymentOrder order) {
        return Optional.empty();
    }

    /** Whether a parameter names a file of the build that has to be read before the deployment begins. */
    default boolean needsFiles(DeploymentOrder order) {
        return false;
    }

    /**
     * The order with the text of the files instead of their names. Takes as long as the build's agent takes to answer.
     *
     * @param directory in which the build works; empty where it has none
     * @throws Stop where a file cannot be read, with all else that is wrong with the parameters
     */
    default DeploymentOrder withFiles(DeploymentOrder order, Optional<FilePath> directory) throws InterruptedException {
        return order;
    }

    /** What tells what the deployment is expected to be like; empty where nothing does. */
    static Optional<Procedure> forecastOf(DeploymentOrder order) {
        return ExtensionList.lookup(ProcedureFactory.class).stream()
                .flatMap(factory -> factory.forecast(order).stream())
                .findFirst();
    }

    /** Whoever has to read files for that order; empty where nobody has to. */
    static Optional<ProcedureFactory> readerFor(DeploymentOrder order) {
        return ExtensionList.lookup(ProcedureFactory.class).stream()
                .filter(factory -> factory.needsFiles(order))
                .findFirst();
    }

    /** @throws IllegalStateException where this version of the plugin knows no such procedure */
    static Procedure procedure(DeploymentOrder order) {
        return ExtensionList.lookup(ProcedureFactory.class).stream()
                .flatMap(factory -> factory.create(order).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no procedure " + order.procedure()));
    }
}
