package io.jenkins.plugins.amideploy.config;

import hudson.Util;

/**
 * With what a build calls AWS, as it says itself. Empty texts leave the choice to the administrator's defaults.
 *
 * @param credentialsId of AWS credentials that the job may use
 * @param roleArn a role to assume with them
 * @param externalId what the role's trust policy asks for
 */
public record AwsSettings(String credentialsId, String region, String roleArn, String externalId) {

    /** As a form or a build gives them; what is not given may be null. */
    public static AwsSettings of(String credentialsId, String region, String roleArn, String externalId) {
        return new AwsSettings(text(credentialsId), text(region), text(roleArn), text(externalId));
    }

    private static String text(String given) {
        return Util.fixNull(given).strip();
    }
}
