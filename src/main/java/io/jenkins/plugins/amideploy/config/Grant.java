package io.jenkins.plugins.amideploy.config;

import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import java.time.InstantSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Credentials that a build may use, and the role to assume with them.
 *
 * @param identity equal for the same credentials only: not for ones of the same id elsewhere, nor for a changed version
 */
record Grant(Object identity, AwsCredentialsProvider credentials, String role, String externalId) {

    static Grant of(AmazonWebServicesCredentials credentials, String role, String externalId) {
        var provider = new JenkinsCredentials(credentials, InstantSource.system());
        return new Grant(new Identity(credentials), provider, role, externalId);
    }

    /** Credentials are equal where their ids are, which says nothing about what they hold; objects tell. */
    private record Identity(AmazonWebServicesCredentials credentials) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Identity identity && identity.credentials == credentials;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(credentials);
        }
    }
}
