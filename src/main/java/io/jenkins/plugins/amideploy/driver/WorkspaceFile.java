package io.jenkins.plugins.amideploy.driver;

import hudson.FilePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A text file that a user names by its path in the workspace of the build. */
final class WorkspaceFile {
    /** Longest file that is read, in bytes; that much is also the longest template that CloudFormation takes. */
    private static final int MOST = 1_048_576;

    private final String path;
    private final Optional<FilePath> directory;

    /**
     * @param path relative to the directory
     * @param directory in which the build works; empty where it has none
     */
    WorkspaceFile(String path, Optional<FilePath> directory) {
        this.path = path;
        this.directory = directory;
    }

    /** Why a file cannot be read, in a sentence that goes on after the name of a parameter. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String text) {
            super(text);
        }
    }

    /** Its text, which is not blank. Takes as long as the agent takes to answer. */
    String text() throws Unreadable, InterruptedException {
        FilePath workspace = directory.orElseThrow(
                () -> new Unreadable("'" + path + "' would be a file in the workspace, and there is no workspace here."
                        + " Put the step into a node block, or give a URL that begins with https:// or s3://"));
        try {
            return decoded(bytes(workspace));
        } catch (IOException e) {
            throw new Unreadable("'" + path + "' cannot be read in " + workspace.getRemote() + ": " + e.getMessage());
        }
    }

    private byte[] bytes(FilePath workspace) throws Unreadable, IOException, InterruptedException {
        if (workspace.exists() && !inside(workspace)) {
            throw new Unreadable("'" + path + "' is not inside of the workspace " + workspace.getRemote());
        }
        FilePath file = workspace.child(path);
        if (!file.exists() || file.isDirectory()) {
            throw new Unreadable("there is no file '" + path + "' in " + workspace.getRemote());
        }
        try (InputStream stream = file.read()) {
            return stream.readNBytes(MOST + 1);
        }
    }

    private boolean inside(FilePath workspace) throws IOException, InterruptedException {
        try {
            return workspace.isDescendant(path);
        } catch (IllegalArgumentException e) {
            return false; // it is absolute
        }
    }

    private String decoded(byte[] bytes) throws Unreadable {
        if (bytes.length > MOST) {
            throw new Unreadable("'" + path + "' is longer than " + MOST + " bytes, which no template is");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.isBlank()) {
                throw new Unreadable("'" + path + "' is empty");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new Unreadable("'" + path + "' is not text in UTF-8");
        }
    }
}
