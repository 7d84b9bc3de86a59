package io.jenkins.plugins.amideploy.driver;

import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the deployments of a build ended, kept with the build: a step that was suspended meanwhile learns it from here.
 */
public final class DeploymentOutcomes extends InvisibleAction {
    /** By the deployment's id. Never changed, only replaced, because it may be written to disk at any time. */
    private volatile Map<String, Ending> endings = new LinkedHashMap<>();

    private static final class Ending {
        /** Null where the deployment failed. */
        private LinkedHashMap<String, Object> result;

        private Trouble.Kind trouble;
        private String text;
        private String state;

        private Outcome outcome() {
            return result != null
                    ? new Outcome.Succeeded(result)
                    : new Outcome.Failed(new Trouble(trouble, text), state);
        }
    }

    /** Keeps an outcome; when this returns it survives a crash. Not to be called by two threads at once. */
    static void keep(Run<?, ?> run, String id, Outcome outcome) {
        DeploymentOutcomes kept = run.getAction(DeploymentOutcomes.class);
        if (kept == null) {
            kept = new DeploymentOutcomes();
            run.addAction(kept);
        }
        Map<String, Ending> endings = new LinkedHashMap<>(kept.endings);
        endings.put(id, ending(outcome));
        kept.endings = endings;
        try {
            run.save();
        } catch (IOException e) {
            throw new UncheckedIOException("The outcome of the deployment cannot be saved with build " + run, e);
        }
    }

    private static Ending ending(Outcome outcome) {
        Ending ending = new Ending();
        if (outcome instanceof Outcome.Succeeded succeeded) {
            ending.result = PlainValues.copy(succeeded.result());
        } else if (outcome instanceof Outcome.Failed failed) {
            ending.trouble = failed.trouble().kind();
            ending.text = failed.trouble().text();
            ending.state = failed.state();
        }
        return ending;
    }

    /** How that deployment of the build ended; empty while it has not. */
    static Optional<Outcome> of(Run<?, ?> run, String id) {
        DeploymentOutcomes kept = run.getAction(DeploymentOutcomes.class);
        return Optional.ofNullable(kept == null ? null : kept.endings.get(id)).map(Ending::outcome);
    }
}
