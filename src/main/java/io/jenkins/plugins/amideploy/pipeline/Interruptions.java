package io.jenkins.plugins.amideploy.pipeline;

import hudson.model.Result;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import java.util.stream.Collectors;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** Interruptions of a build in words, and troubles of a deployment as interruptions. */
final class Interruptions {
    private Interruptions() {}

    /** A sentence on what happened; never empty. */
    static String text(Throwable cause) {
        if (cause instanceof FlowInterruptedException interruption
                && !interruption.getCauses().isEmpty()) {
            return interruption.getCauses().stream()
                    .map(CauseOfInterruption::getShortDescription)
                    .collect(Collectors.joining("; "));
        }
        if (cause instanceof FlowInterruptedException) {
            return "The build was aborted";
        }
        return cause.getMessage() == null || cause.getMessage().isBlank() ? cause.toString() : cause.getMessage();
    }

    /** As that with which a build is aborted. Only an abort by a person is to stop what would try the step again. */
    static FlowInterruptedException of(Trouble trouble) {
        boolean byPerson = trouble.kind() == Trouble.Kind.ABORTED;
        return new FlowInterruptedException(Result.ABORTED, byPerson, new TroubledDeployment(trouble.text()));
    }

    /** Whether it comes from here. */
    static boolean ours(FlowInterruptedException interruption) {
        return interruption.getCauses().stream().anyMatch(TroubledDeployment.class::isInstance);
    }

    /** The trouble of a deployment as the cause of an abort. */
    static final class TroubledDeployment extends CauseOfInterruption {
        private static final long serialVersionUID = 1L;

        private final String text;

        TroubledDeployment(String text) {
            this.text = text;
        }

        @Override
        public String getShortDescription() {
            return text;
        }
    }
}
