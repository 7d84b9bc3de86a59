package io.jenkins.plugins.amideploy.core.aws;

import java.time.Instant;

/**
 * This account's share of calls is used up for the moment; the call was not made. A tick that meets it ends and is run
 * again at {@link #at()}: waiting costs no thread and AWS never has to say "Rate exceeded".
 */
public final class ReadLater extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Instant at;

    ReadLater(Instant at) {
        super("Call postponed to " + at, null, false, false);
        this.at = at;
    }

    /** When a call will be free. */
    public Instant at() {
        return at;
    }
}
