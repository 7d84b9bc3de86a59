package io.jenkins.plugins.amideploy.core.deployment;

import java.time.Instant;
import java.util.List;

/**
 * What a tick has seen of the instances it works on, for people to look at. Nothing is decided by it.
 *
 * @param floor the fewest instances that shall be in service; 0 where nothing is promised
 * @param desired the desired capacity of all groups together; 0 where it was not looked at
 * @param instances those that are there
 * @param complete whether an instance that is not among them is gone; otherwise nothing is known of it
 */
public record Sight(int floor, int desired, List<Seen> instances, boolean complete) {
    public Sight {
        instances = List.copyOf(instances);
    }

    /** All instances of the groups. */
    public static Sight all(int floor, int desired, List<Seen> instances) {
        return new Sight(floor, desired, instances, true);
    }

    /** Some instances, of a group that was not looked at itself. */
    public static Sight some(List<Seen> instances) {
        return new Sight(0, 0, instances, false);
    }

    /** What an instance is to the deployment. */
    public enum Side {
        /** It is to go. */
        OLD,
        /** It has the new image. */
        NEW,
        /** It stays as it is. */
        KEPT
    }

    /** What an instance does. */
    public enum State {
        /** It was launched and does not serve yet. */
        BOOTING,
        /** It serves and is not counted on yet. */
        WARMING,
        IN_SERVICE,
        /** It should serve and does not. */
        OUT_OF_SERVICE,
        STANDBY,
        /** It is on its way out. */
        DRAINING,
        GONE
    }

    /**
     * One instance.
     *
     * @param zone its Availability Zone; empty where it is not known
     * @param state null where nothing is known that would change it
     * @param since since when that is its state; null where it was seen only now
     */
    public record Seen(String id, String zone, Side side, State state, Instant since) {}
}
