package io.jenkins.plugins.amideploy.driver;

import hudson.XmlFile;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * The files of deployments that have not ended, {@code ami-deploy/<id>.xml} in Jenkins' home. They are not in the
 * directory of the build, for a deployment must be found and unwound where the build was deleted; nor are they part of
 * {@code build.xml}, for a deployment is saved some hundred times.
 */
final class DeploymentFiles {
    private static final Logger LOGGER = Logger.getLogger(DeploymentFiles.class.getName());
    private static final String SUFFIX = ".xml";

    private final File directory;

    /** Whether {@link #read} has met a file that it could not read. */
    private volatile boolean unreadable;

    DeploymentFiles(File home) {
        this.directory = new File(home, "ami-deploy");
    }

    /** When this returns, the file survives a crash, of the machine as well. */
    void write(DeploymentRecord record) {
        XmlFile file = file(record.id());
        try {
            file.write(record);
        } catch (IOException e) {
            throw new UncheckedIOException("The state of the deployment cannot be saved in " + file.getFile(), e);
        }
    }

    /** The deployments that had not ended when the controller stopped. */
    List<DeploymentRecord> read() {
        File[] files = directory.listFiles((parent, name) -> name.endsWith(SUFFIX));
        List<DeploymentRecord> records = new ArrayList<>();
        for (File file : files == null ? new File[0] : files) {
            try {
                records.add((DeploymentRecord) new XmlFile(Jenkins.XSTREAM2, file).read());
            } catch (IOException | RuntimeException e) {
                unreadable = true;
                LOGGER.log(
                        Level.SEVERE,
                        "A deployment that was interrupted cannot be read from " + file + ". It is not gone on with."
                                + " If it deployed to a group, that may be left enlarged: find the group in the file,"
                                + " restore it with restoreAutoScalingGroup, and delete the file. If it built an image,"
                                + " what it made is removed within minutes; delete the file.",
                        e);
            }
        }
        return records;
    }

    boolean unreadable() {
        return unreadable;
    }

    boolean has(String id) {
        return file(id).exists();
    }

    String path(String id) {
        return file(id).getFile().getPath();
    }

    void delete(String id) {
        try {
            Files.deleteIfExists(file(id).getFile().toPath());
        } catch (IOException e) {
            throw new UncheckedIOException("The file of a deployment that is over cannot be deleted", e);
        }
    }

    private XmlFile file(String id) {
        return new XmlFile(Jenkins.XSTREAM2, new File(directory, id + SUFFIX));
    }
}
