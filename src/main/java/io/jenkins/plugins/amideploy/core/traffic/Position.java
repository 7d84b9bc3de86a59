package io.jenkins.plugins.amideploy.core.traffic;

/**
 * Where new visitors go, by what AWS shows.
 *
 * @param percentGreen the share of the new side; where several records or rules differ, the smallest
 * @param edited what somebody else has changed, for people; empty where everything is as this deployment left it
 */
public record Position(Form form, int percentGreen, String edited) {

    /** Of the records, or of the actions that forward. */
    public enum Form {
        /** As it was before: only blue. */
        BEFORE,
        /** Both sides are there, each with its weight. */
        SPLIT,
        /** As it was before, with green in the place of blue. */
        AFTER,
        /** Something else, which is not this deployment's work. */
        OTHER
    }

    /** Whether somebody else has had a hand in it. */
    public boolean isEdited() {
        return !edited.isEmpty();
    }
}
