package io.jenkins.plugins.amideploy.config;

/**
 * With what a build calls AWS, as it says itself. Empty texts leave the choice to the administrator's defaults.
 *
 * @param credentialsId of AWS credentials that the job may use
 * @param roleArn a role to assume with them
 * @param externalId what the role's trust policy asks for
 */
public record AwsSettings(String credentialsId, String region, String roleArn, String externalId) {}
