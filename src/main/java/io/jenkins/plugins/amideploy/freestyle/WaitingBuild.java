package io.jenkins.plugins.amideploy.freestyle;

import hudson.FilePath;
import hudson.model.BuildListener;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.driver.Attendant;
import io.jenkins.plugins.amideploy.driver.GateAnswer;
import io.jenkins.plugins.amideploy.driver.GateFiles;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** A freestyle build that waits for its deployment on its executor. */
final class WaitingBuild implements Attendant {
    private final BuildListener listener;
    private final FilePath directory;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    /** Whether the build was aborted. */
    private volatile boolean aborted;

    /** Whether the build goes on without the deployment; its log is then no longer ours. */
    private volatile boolean gone;

    /** @param directory the workspace of the build; null where there is none */
    WaitingBuild(BuildListener listener, FilePath directory) {
        this.listener = listener;
        this.directory = directory;
    }

    /**
     * Waits for the end. Interrupted once, it has the deployment unwound and waits for that.
     *
     * @param wake makes the deployment look at once
     * @throws InterruptedException where it was interrupted, after the unwinding; interrupted twice, without it
     */
    Outcome outcome(Runnable wake) throws InterruptedException {
        try {
            return get();
        } catch (InterruptedException e) {
            if (gone) {
                throw e;
            }
            aborted = true;
            wake.run();
            unwound();
            throw e;
        }
    }

    private void unwound() throws InterruptedException {
        try {
            if (get() instanceof Outcome.Failed failed) {
                listener.getLogger().println(failed.state());
            }
        } catch (InterruptedException again) {
            if (gone) {
                throw again;
            }
            gone = true;
            listener.getLogger()
                    .println("Aborted again: the build ends, and the deployment is unwound without it. What becomes"
                            + " of it is told in the system log of Jenkins and, once it is closed, in this log.");
            throw again;
        }
    }

    private Outcome get() throws InterruptedException {
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            gone = true;
            throw (InterruptedException) new InterruptedException("The controller stops").initCause(e);
        }
    }

    @Override
    public boolean print(String line) {
        if (!gone) {
            listener.getLogger().println(line);
        }
        return !gone;
    }

    @Override
    public Optional<String> abortion() {
        return aborted ? Optional.of("The build was aborted") : Optional.empty();
    }

    /** A build step has no block. */
    @Override
    public GateAnswer gate(Tick.Gate gate, Supplier<Optional<GateFiles>> files) {
        return GateAnswer.PASSED;
    }

    @Override
    public boolean blockRuns() {
        return false;
    }

    @Override
    public Optional<FilePath> workspace() {
        return Optional.empty();
    }

    @Override
    public Optional<FilePath> directory() {
        return Optional.ofNullable(directory);
    }

    @Override
    public void troubled(Trouble trouble) {
        // Nothing runs beside the deployment that would have to be stopped.
    }

    /** A freestyle build does not survive the controller, so there is nothing left to wait for. */
    @Override
    public void suspended() {
        listener.getLogger()
                .println("The controller stops, and this build with it. The deployment is unwound after its start.");
        outcome.completeExceptionally(new InterruptedException("The controller stops"));
    }

    @Override
    public void ended(Outcome end) {
        outcome.complete(end);
    }
}
