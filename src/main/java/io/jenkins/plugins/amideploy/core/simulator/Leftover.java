package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;

/**
 * Something that exists.
 *
 * @param kind AWS's name of the kind of resource
 * @param region the code of the region that it is in
 * @param creator the call that made it, {@code set-up}, or the group that launched it
 */
public record Leftover(String kind, String id, String region, String creator, Instant created) {
    /** Whether the code under test made it, and not the operator, the set-up or a group. */
    public boolean fromCaller() {
        return creator.matches("\\w+, call \\d+");
    }

    public boolean fromSetUp() {
        return creator.equals(Actor.SETUP.call());
    }
}
