package io.jenkins.plugins.amideploy.core.history;

/** A history in memory. */
public final class MemorySheet implements Sheet {
    private final StringBuilder text = new StringBuilder();

    @Override
    public String read() {
        return text.toString();
    }

    @Override
    public long size() {
        return text.length();
    }

    @Override
    public void append(String lines) {
        text.append(lines);
    }
}
