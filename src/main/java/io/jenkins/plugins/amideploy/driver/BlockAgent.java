package io.jenkins.plugins.amideploy.driver;

import hudson.FilePath;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.FilePathUtils;

/**
 * The agent that surrounds a block. Which one it is does not change while the step is there, so whoever waits is asked
 * once; while the agent is away only now and then, for Pipeline tells the user each time that it is.
 */
final class BlockAgent {
    private static final Duration AGAIN = Duration.ofSeconds(15);

    /** Its workspace; null while it is not known. Guarded by this, as is all below. */
    private FilePlace workspace;

    /** Whether no agent surrounds the block. */
    private boolean none;

    /** Why it was not found, and until when that is taken to be so. */
    private String obstacle;

    private Instant again = Instant.MIN;

    /**
     * The workspace; empty where no agent surrounds the block.
     *
     * @throws IOException while the agent is away
     * @throws IllegalStateException where the step is dead
     */
    synchronized Optional<FilePath> workspace(Attendant attendant) throws IOException, InterruptedException {
        if (workspace == null && !none) {
            find(attendant);
        }
        if (none) {
            return Optional.empty();
        }
        FilePath found = FilePathUtils.find(workspace.node(), workspace.directory());
        if (found == null) {
            throw new IOException("Agent " + workspace.node() + " is not connected");
        }
        return Optional.of(found);
    }

    private void find(Attendant attendant) throws IOException, InterruptedException {
        if (Instant.now().isBefore(again)) {
            throw new IOException(obstacle);
        }
        try {
            Optional<FilePath> found = attendant.workspace();
            none = found.isEmpty();
            if (found.isPresent()) {
                workspace = new FilePlace(
                        FilePathUtils.getNodeName(found.get()), found.get().getRemote());
            }
        } catch (IOException e) {
            again = Instant.now().plus(AGAIN);
            obstacle = String.valueOf(e.getMessage());
            throw e;
        }
    }
}
