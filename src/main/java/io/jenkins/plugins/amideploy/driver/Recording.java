package io.jenkins.plugins.amideploy.driver;

import hudson.Util;
import io.jenkins.plugins.amideploy.config.AwsAccess;
import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Sight;
import io.jenkins.plugins.amideploy.core.history.Chronicle;
import io.jenkins.plugins.amideploy.core.history.SheetFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes down what happens in a deployment, in the directory of its build. Whatever goes wrong here is the history's loss
 * and never the deployment's: it is logged, and the deployment goes on.
 */
final class Recording {
    private static final Logger LOGGER = Logger.getLogger(Recording.class.getName());

    private final Supplier<DeploymentRecord> record;
    private final AwsAccess aws;
    private final Chronicle chronicle;

    /** Whether a failure was logged, so that a full disk does not fill the log. */
    private volatile boolean failed;

    private interface Entry {
        void make() throws IOException;
    }

    Recording(Supplier<DeploymentRecord> record, AwsAccess aws) {
        this.record = record;
        this.aws = aws;
        this.chronicle = new Chronicle(new SheetFile(() -> directory()
                .map(path -> DeploymentHistory.file(path, record.get().id()))));
    }

    /** Where the histories of the build are; empty where it was deleted. */
    private Optional<Path> directory() {
        return record.get().build().run().map(DeploymentHistory::directory);
    }

    private void write(Entry entry) {
        try {
            entry.make();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(
                    failed ? Level.FINE : Level.WARNING,
                    e,
                    () -> "The history of the deployment of " + record.get().build() + " is not complete");
            failed = true;
        }
    }

    private Map<String, String> facts() {
        DeploymentRecord deployment = record.get();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("region", aws.region());
        facts.put("console", Boolean.toString(aws.hasConsole()));
        facts.put("batchSize", Util.fixNull(deployment.order().parameters().get("batchSize")));
        facts.put("onFailure", Util.fixNull(deployment.order().parameters().get("onFailure")));
        facts.values().removeIf(String::isEmpty);
        return facts;
    }

    void entered(Instant at, String phase, boolean unwinding) {
        write(() -> {
            chronicle.begin(at, facts());
            chronicle.entered(at, phase, unwinding);
        });
    }

    void saw(Instant at, Sight sight) {
        write(() -> chronicle.saw(at, sight));
    }

    void said(Event event) {
        write(() -> {
            chronicle.begin(event.at(), facts());
            chronicle.said(event);
        });
    }

    void flush() {
        write(chronicle::flush);
    }

    void ended(Outcome outcome) {
        write(() -> {
            chronicle.ended(aws.clock().instant(), outcome);
            chronicle.flush();
        });
    }

    /** Keeps what the deployment is expected to be like beside what happens. */
    void planned(String history) {
        write(() -> {
            Optional<Path> directory = directory();
            if (directory.isPresent()) {
                SheetFile.makeDirectory(directory.get());
                Path file = DeploymentHistory.plan(directory.get(), record.get().id());
                Path fresh = file.resolveSibling(file.getFileName() + ".new");
                Files.writeString(fresh, history, StandardCharsets.UTF_8);
                Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
            }
        });
    }
}
