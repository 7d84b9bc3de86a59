package io.jenkins.plugins.amideploy.core.deployment;

/** Ends a tick with a trouble: thrown where a procedure finds that it cannot go on. */
public final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Trouble trouble;

    public Stop(Trouble.Kind kind, String text) {
        super(text, null, false, false);
        this.trouble = new Trouble(kind, text);
    }

    public Trouble trouble() {
        return trouble;
    }
}
