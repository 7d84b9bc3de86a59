package io.jenkins.plugins.amideploy.driver;

import hudson.model.Run;
import io.jenkins.plugins.amideploy.core.history.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The files with the histories of a build's deployments, in the directory of the build. */
public final class DeploymentHistory {
    private DeploymentHistory() {}

    static Path directory(Run<?, ?> run) {
        return run.getRootDir().toPath().resolve("ami-deploy");
    }

    static Path file(Path directory, String id) {
        return directory.resolve(id + ".history");
    }

    static Path plan(Path directory, String id) {
        return directory.resolve(id + ".plan");
    }

    /**
     * What happened; nothing where nothing has yet.
     *
     * @param id of a deployment of that build, as {@link DeploymentList} has it
     */
    public static History of(Run<?, ?> run, String id) throws IOException {
        return History.read(file(directory(run), id));
    }

    /** What was expected before it began; empty where nothing was. */
    public static Optional<History> planOf(Run<?, ?> run, String id) throws IOException {
        Path file = plan(directory(run), id);
        return Files.isRegularFile(file) ? Optional.of(History.read(file)) : Optional.empty();
    }
}
