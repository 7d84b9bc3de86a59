package io.jenkins.plugins.amideploy.core.aws;

import java.time.Instant;

/**
 * This account's share of calls is used up for the moment. A tick that is about to begin ends and is run again at
 * {@link #at()}: waiting costs no thread and AWS never has to say "Rate exceeded".
 */
public final class ReadLater extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Instant at;

    ReadLater(Instant at) {
        super("Tick postponed to " + at, null, false, false);
        this.at = at;
    }

    /** When calls will be free. */
    public Instant at() {
        return at;
    }
}
