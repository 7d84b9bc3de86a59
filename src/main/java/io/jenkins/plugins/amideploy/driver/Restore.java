package io.jenkins.plugins.amideploy.driver;

import hudson.FilePath;
import hudson.console.ConsoleNote;
import io.jenkins.plugins.amideploy.config.BuildReference;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A restoration that an administrator has ordered, with what it says. Safe for use by several threads. */
public final class Restore implements Attendant {
    private final String group;
    private final String region;
    private final BuildReference build;
    private final Instant since = Instant.now();
    private final List<String> lines = new ArrayList<>();
    private Outcome outcome;

    Restore(DeploymentRecord record) {
        this.group = record.order().parameters().get("group");
        this.region = record.order().region();
        this.build = record.build();
    }

    public String group() {
        return group;
    }

    public String region() {
        return region;
    }

    /** The build whose deployment had died. */
    public BuildReference build() {
        return build;
    }

    /** When it was ordered, or gone on with after a restart. */
    public Instant since() {
        return since;
    }

    /** What it has said so far. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** How it ended; empty while it goes on. */
    public synchronized Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    /** For the log of the build, too: what became of its group is wanted there. */
    @Override
    public synchronized boolean print(String line) {
        lines.add(ConsoleNote.removeNotes(line));
        return false;
    }

    @Override
    public synchronized void ended(Outcome how) {
        outcome = how;
    }

    @Override
    public Optional<String> abortion() {
        return Optional.empty();
    }

    @Override
    public GateAnswer gate(Tick.Gate gate, Supplier<Optional<GateFiles>> files) {
        throw new IllegalStateException("Restoring a group has no block");
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
        return Optional.empty();
    }

    @Override
    public void troubled(Trouble trouble) {
        // The procedure says it, and goes on: half a restoration helps nobody.
    }

    @Override
    public void suspended() {
        // It is gone on with after the start.
    }
}
