package io.jenkins.plugins.amideploy.config;

import hudson.model.Job;
import hudson.model.Run;
import java.util.Optional;
import jenkins.model.Jenkins;

/**
 * A build by name. A deployment may outlive the object of its build, when the controller restarts, and the build
 * itself, when someone deletes it.
 */
public final class BuildReference {
    private final String job;
    private final int number;

    private BuildReference(String job, int number) {
        this.job = job;
        this.number = number;
    }

    public static BuildReference of(Run<?, ?> run) {
        return new BuildReference(run.getParent().getFullName(), run.getNumber());
    }

    /** A build that may not be there, or not any more. */
    public static BuildReference of(String job, int number) {
        return new BuildReference(job, number);
    }

    /** The build that {@link #toString} says; one that is not there where the text says something else. */
    public static BuildReference of(String text) {
        int blank = text.lastIndexOf(' ');
        try {
            return new BuildReference(
                    text.substring(0, Math.max(0, blank)), Integer.parseInt(text.substring(blank + 1)));
        } catch (NumberFormatException e) {
            return new BuildReference(text, 0);
        }
    }

    /** The job that builds, or built; empty where it was deleted. */
    Optional<Job<?, ?>> job() {
        return Optional.ofNullable((Job<?, ?>) Jenkins.get().getItemByFullName(job, Job.class));
    }

    /** The build; empty where it was deleted. */
    public Optional<Run<?, ?>> run() {
        return job().map(found -> found.getBuildByNumber(number));
    }

    /** Whether the build is under way. */
    public boolean running() {
        return run().map(Run::isBuilding).orElse(false);
    }

    /** The same build after its job was moved, or this where another job was. */
    public BuildReference moved(String from, String to) {
        return job.equals(from) ? new BuildReference(to, number) : this;
    }

    public String jobName() {
        return job;
    }

    /** For people: {@code web/deploy 42}. */
    @Override
    public String toString() {
        return job + " " + number;
    }
}
