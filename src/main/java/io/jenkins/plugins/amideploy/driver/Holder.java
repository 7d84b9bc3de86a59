package io.jenkins.plugins.amideploy.driver;

import io.jenkins.plugins.amideploy.config.BuildReference;

/**
 * A deployment under way that holds a group, or is about to.
 *
 * @param deployment its id
 * @param procedure the name of its step
 * @param group as the step names it; for a pair of groups, one of these or their base name
 * @param status what it is doing, as a short phrase
 */
public record Holder(
        String deployment, String procedure, String group, String region, BuildReference build, String status) {

    static Holder of(DeploymentRecord record, String status) {
        return new Holder(
                record.id(),
                record.order().procedure(),
                record.order().parameters().get("group"),
                record.order().region(),
                record.build(),
                status);
    }

    /** Whether it only gives the group back what another deployment took. */
    public boolean restores() {
        return procedure.equals(RestoreProcedure.NAME);
    }
}
