package io.jenkins.plugins.amideploy.core.history;

import java.io.IOException;

/** Where a history is written. */
public interface Sheet {
    /** All that is written, up to the end of the last whole line; empty where nothing is. */
    String read() throws IOException;

    /** How much is written, in bytes. */
    long size() throws IOException;

    /**
     * Writes whole lines after the others. Part of them may be left by a crash.
     *
     * @throws IOException where they cannot be written, such as on a full disk
     */
    void append(String lines) throws IOException;
}
