package io.jenkins.plugins.amideploy.core.deployment;

import java.util.Optional;
import java.util.Set;

/**
 * The machine on which the block runs, and what it sees of the network. Nothing here blocks: an answer that takes a
 * while is empty until it is there, and asking again is free.
 */
public interface Workplace {

    /** There is no such machine: no block, or a block that no agent surrounds. */
    Workplace NONE = new Workplace() {
        @Override
        public boolean exists() {
            return false;
        }

        @Override
        public Optional<Addresses> addresses() {
            return Optional.of(new Addresses(Set.of(), ""));
        }

        @Override
        public Optional<Greeting> ssh(String host, int port) {
            return Optional.of(new Greeting(false, "there is no machine to connect from"));
        }
    };

    /**
     * Addresses of the machine.
     *
     * @param own those of its network interfaces, without loopback
     * @param internet the one that it has in the internet; empty where that cannot be found out
     */
    record Addresses(Set<String> own, String internet) {}

    /**
     * What came of connecting to an SSH server.
     *
     * @param answered whether it greeted as SSH servers do
     * @param text its greeting, or why there was none
     */
    record Greeting(boolean answered, String text) {}

    /** Whether there is such a machine now; one that is being reconnected counts. */
    boolean exists();

    Optional<Addresses> addresses();

    /** What came of the latest attempt to connect, which is made anew each time its result was taken. */
    Optional<Greeting> ssh(String host, int port);
}
