package io.jenkins.plugins.amideploy.driver;

import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Run;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Reads the files that an order names, in the background, for agents answer when they can. Until then the deployment has
 * not begun: the build may be aborted at once, and after a restart of the controller they are read anew.
 */
final class FileReading {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration AGAIN = Duration.ofSeconds(10);
    /** How long an agent that is away is waited for. */
    private static final Duration FOR_THE_AGENT = Duration.ofMinutes(5);

    private final Deployments deployments;
    private final Run<?, ?> run;
    private final ProcedureFactory reader;
    private final DeploymentOrder order;
    private final Attendant attendant;
    private final Consumer<DeploymentOrder> then;
    private final Instant until = Instant.now().plus(FOR_THE_AGENT);

    private CompletableFuture<DeploymentOrder> reading;
    private Future<?> task;

    /** @param then takes the order with the files' text */
    FileReading(
            Deployments deployments,
            Run<?, ?> run,
            ProcedureFactory reader,
            DeploymentOrder order,
            Attendant attendant,
            Consumer<DeploymentOrder> then) {
        this.deployments = deployments;
        this.run = run;
        this.reader = reader;
        this.order = order;
        this.attendant = attendant;
        this.then = then;
    }

    /** The agent is away, and may come back. */
    private static final class Away extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Away(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    void begin() {
        reading = new CompletableFuture<>();
        task = Computer.threadPoolForRemoting.submit(() -> {
            try {
                reading.complete(reader.withFiles(order, directory()));
            } catch (RuntimeException | InterruptedException e) {
                reading.completeExceptionally(e);
            }
        });
        deployments.schedule(this::look, Duration.ofMillis(100));
    }

    private Optional<FilePath> directory() throws InterruptedException {
        try {
            return attendant.directory();
        } catch (IOException e) {
            throw new Away(e);
        }
    }

    private void look() {
        Optional<String> abortion = run.isBuilding() ? attendant.abortion() : Optional.of("The build is over");
        if (abortion.isPresent()) {
            task.cancel(true);
            fail(new Trouble(Trouble.Kind.ABORTED, abortion.get()));
        } else if (reading.isDone()) {
            take();
        } else {
            deployments.schedule(this::look, LOOK);
        }
    }

    private void take() {
        DeploymentOrder complete;
        try {
            complete = reading.join();
        } catch (CompletionException e) {
            failed(e.getCause());
            return;
        }
        then.accept(complete);
    }

    private void failed(Throwable why) {
        if (why instanceof Away && Instant.now().isBefore(until)) {
            deployments.schedule(this::begin, AGAIN);
        } else if (why instanceof Stop stop) {
            fail(stop.trouble());
        } else {
            fail(new Trouble(Trouble.Kind.INTERNAL, "The workspace cannot be read: " + why.getMessage()));
        }
    }

    private void fail(Trouble trouble) {
        attendant.ended(new Outcome.Failed(trouble, "Nothing was changed."));
    }
}
