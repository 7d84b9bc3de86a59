package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;

/**
 * Something that exists.
 *
 * @param kind AWS's name of the kind of resource
 * @param creator the call that made it, {@code set-up}, or the group that launched it
 */
public record Leftover(String kind, String id, String creator, Instant created) {
    public boolean fromSetUp() {
        return creator.equals(Actor.SETUP.call());
    }
}
