package io.jenkins.plugins.amideploy.core.deployment;

import java.time.Instant;
import java.util.Map;

/** What a tick asks for next. */
public sealed interface Tick {

    /** Nothing to do before that time. */
    record LookAgain(Instant at) implements Tick {}

    /** A person or a test has the word now; the deployment goes on watching meanwhile. */
    record AwaitGate(Gate gate, Instant lookAgain) implements Tick {}

    /** It is over; there is no further tick. */
    record Ended(Outcome outcome) implements Tick {}

    /**
     * A point at which the user's block is run.
     *
     * @param name tells the gates of one deployment apart and is the same after a restart
     * @param environment what there is to test, as environment variables for the block
     * @param secretFiles environment variables that name a file on the block's machine, there while the block runs, each
     *     with the name of the secret that the file holds
     */
    record Gate(String name, Map<String, String> environment, Map<String, String> secretFiles) {
        public Gate(String name, Map<String, String> environment) {
            this(name, environment, Map.of());
        }
    }
}
