package io.jenkins.plugins.amideploy.driver;

import hudson.FilePath;
import hudson.model.Computer;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.FilePathUtils;

/**
 * The secrets that a deployment's block needs as files on its agent: put there before the block runs, removed when it
 * has ended. Where they are is kept with the deployment before they are written, so that they are removed whoever was
 * lost meanwhile: the block, the build, or this controller.
 *
 * <p>An agent may take its time, so what is done there is done in the background; no method blocks.
 */
final class SecretFiles {
    /** When to try again what an agent has refused. */
    private static final Duration AGAIN = Duration.ofSeconds(15);
    /** How long a deployment that is over waits for the removal. */
    private static final Duration AT_THE_END = Duration.ofSeconds(30);

    /** A line that shows this much of a secret or less, such as the last one of a key, is as good as none. */
    private static final int TELLING = 8;

    private final LiveDeployment deployment;
    private final String id;

    /** What is being done on the agent. Guarded by this, as is all below. */
    private boolean busy;

    /** Null until they are there, and after their removal. */
    private GateFiles files;

    /** Before this time nothing is tried again. */
    private Instant again = Instant.MIN;

    /** Whether it was told that the files cannot be written for now. */
    private boolean told;

    /** Since when the deployment waits at its end for the removal; null before. */
    private Instant ending;

    /** Why the latest removal has failed; null while none has. */
    private String refusal;

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    SecretFiles(LiveDeployment deployment, String id) {
        this.deployment = deployment;
        this.id = id;
    }

    /** The secrets of that gate as files; empty while they are not there. */
    synchronized Optional<GateFiles> place(Tick.Gate gate) {
        if (gate.secretFiles().isEmpty()) {
            return Optional.of(GateFiles.NONE);
        }
        if (files == null && mayTry()) {
            inBackground(() -> write(gate), this::cannotWrite);
        }
        return Optional.ofNullable(files);
    }

    private void write(Tick.Gate gate) throws IOException, InterruptedException {
        Optional<FilePath> workspace = deployment.workspace();
        if (workspace.isEmpty()) {
            deployment.warn(String.join(", ", new TreeMap<>(gate.secretFiles()).keySet())
                    + " is not set in the block, for no agent surrounds this step, and so there is no machine for that"
                    + " file. Where the block needs it, put the step into node { } or a stage with an agent.");
            there(GateFiles.NONE);
            return;
        }
        FilePath temporary = WorkspaceList.tempDir(workspace.get());
        if (temporary == null) {
            throw new FileNotFoundException("The workspace " + workspace.get() + " has no place for temporary files");
        }
        FilePath directory = temporary.child("ami-deploy-" + id);
        Map<String, String> contents = new TreeMap<>();
        Map<String, String> variables = new TreeMap<>();
        List<String> hidden = new ArrayList<>();
        gate.secretFiles().forEach((variable, name) -> {
            String secret = deployment.secret(name).orElse("");
            String path = directory.child(name).getRemote();
            contents.put(name, secret);
            variables.put(variable, path);
            hidden.add(path);
            lines(secret).forEach(hidden::add);
        });
        deployment.keep(new FilePlace(FilePathUtils.getNodeName(workspace.get()), directory.getRemote()));
        directory.act(new WriteSecrets(contents));
        there(new GateFiles(variables, hidden));
    }

    /** Not the first and the last line of a key: they are the same in every key. */
    private static Stream<String> lines(String secret) {
        return secret.lines().map(String::strip).filter(line -> line.length() > TELLING && !line.startsWith("-----"));
    }

    private synchronized void there(GateFiles written) {
        files = written;
    }

    private void cannotWrite(String why) {
        if (!told) {
            told = true;
            deployment.warn("The block waits until its files can be put on its agent: " + why);
        }
    }

    /** Removes them if they are there. Not to be called while a block runs. */
    synchronized void remove() {
        Optional<FilePlace> place = deployment.place();
        if (place.isEmpty()) {
            files = null;
        } else if (mayTry()) {
            files = null;
            inBackground(() -> delete(place.get()), why -> refusal = why);
        }
    }

    private void delete(FilePlace place) throws IOException, InterruptedException {
        FilePath directory = FilePathUtils.find(place.node(), place.directory());
        if (directory == null) {
            throw new IOException("the agent is not connected");
        }
        directory.deleteRecursive();
        deployment.keep((FilePlace) null);
    }

    /**
     * Removes them for the last time, and says so where that cannot be done.
     *
     * @return whether nothing more will be done about it
     */
    synchronized boolean settled() {
        Optional<FilePlace> place = deployment.place();
        if (place.isEmpty() && !busy) {
            return true;
        }
        Instant now = Instant.now();
        if (ending == null) {
            ending = now;
            again = Instant.MIN;
            refusal = null;
        }
        if (refusal == null && now.isBefore(ending.plus(AT_THE_END))) {
            remove();
            return false;
        }
        place.ifPresent(left -> deployment.warn("Could not delete " + left + ": "
                + (refusal == null ? "the agent does not answer" : refusal)
                + ". Delete it there."));
        return true;
    }

    private boolean mayTry() {
        return !busy && !Instant.now().isBefore(again);
    }

    private interface Refusal {
        void because(String why);
    }

    private void inBackground(Work work, Refusal refused) {
        busy = true;
        Computer.threadPoolForRemoting.submit(() -> {
            String why = null;
            try {
                work.run();
            } catch (IOException | RuntimeException e) {
                why = String.valueOf(e.getMessage() == null ? e : e.getMessage());
            } catch (InterruptedException e) {
                why = "it was interrupted";
            }
            done(why, refused);
        });
    }

    private void done(String why, Refusal refused) {
        synchronized (this) {
            busy = false;
            if (why != null) {
                again = Instant.now().plus(AGAIN);
                refused.because(why);
            }
        }
        deployment.wakeIn(why == null ? Duration.ZERO : AGAIN);
    }
}
