package io.jenkins.plugins.amideploy.core.simulator;

/**
 * What goes wrong with one of two groups behind the same balancers while the one takes over from the other. These come on
 * top of what a {@link FaultClass} draws, by draws of their own.
 */
public enum RelativeFault {
    NONE,
    /** Its scaling policy enlarges the old group. */
    OLD_SCALES_OUT,
    /** Its scaling policy shrinks the old group. */
    OLD_SCALES_IN,
    /** A scheduled action sets all sizes of the old group. */
    OLD_SCHEDULED,
    /** An instance of the old group dies. */
    OLD_INSTANCE_DIES,
    /** An instance of the new group dies. */
    NEW_INSTANCE_DIES,
    /** An operator detaches a balancer from the old group. */
    OLD_DETACHED,
    /** An operator detaches a balancer from the new group. */
    NEW_DETACHED,
    /** An operator deletes the new group, with its instances. */
    NEW_DELETED,
    /** An operator deletes the old group, with its instances. */
    OLD_DELETED,
    /** The account's instance quota allows only a part of the new group, throughout. */
    INSTANCE_QUOTA,
    /** One of the operations that making a copy or retiring a group needs is denied throughout. */
    ACCESS_DENIED;

    /**
     * Draws when it happens, within the first 40 minutes, and how.
     *
     * @param oldGroup the group that is there
     * @param newGroup the group that is to come; what concerns it waits until it is there
     * @return what was drawn, for the message of a failing test
     */
    public String draw(SimulatedAws aws, long seed, String oldGroup, String newGroup) {
        return new RelativeFaultDraw(aws, seed, oldGroup, newGroup).draw(this);
    }
}
