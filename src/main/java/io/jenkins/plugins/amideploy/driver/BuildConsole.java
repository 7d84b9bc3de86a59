package io.jenkins.plugins.amideploy.driver;

import hudson.model.Run;
import io.jenkins.plugins.amideploy.config.BuildReference;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;

/** Where a deployment speaks when nobody waits for it any more: the log of its build, and Jenkins' own. */
final class BuildConsole {
    private static final Logger LOGGER = Logger.getLogger(BuildConsole.class.getName());

    private BuildConsole() {}

    static void print(BuildReference build, String line) {
        Optional<Run<?, ?>> run = build.run();
        LOGGER.log(Level.INFO, () -> build + ": " + line);
        if (run.isEmpty()) {
            return;
        }
        try {
            if (!run.get().isBuilding()) {
                append(run.get(), line);
            } else if (run.get() instanceof FlowExecutionOwner.Executable pipeline) {
                FlowExecutionOwner owner = pipeline.asFlowExecutionOwner();
                if (owner != null) {
                    owner.getListener().getLogger().println(line);
                }
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "The log of " + build + " cannot be written");
        }
    }

    /** The build has ended and its log is closed; what became of its deployment is still wanted there. */
    private static void append(Run<?, ?> run, String line) throws IOException {
        File log = new File(run.getRootDir(), "log");
        if (log.isFile()) {
            Charset charset = run.getCharset();
            Files.writeString(log.toPath(), line + System.lineSeparator(), charset, StandardOpenOption.APPEND);
        }
    }
}
