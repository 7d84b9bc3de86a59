package io.jenkins.plugins.amideploy.core.aws;

import java.net.URI;
import java.util.Optional;

/**
 * Which AWS is called, and as which role.
 *
 * @param endpoint where all services answer instead of at AWS, as in a private cloud; empty for AWS itself
 * @param role the ARN of a role to assume with the credentials; empty for the credentials as they are
 * @param externalId what the role's trust policy asks for; empty where it asks for nothing
 * @param sessionName who assumes the role, for people who read CloudTrail
 */
public record AwsTarget(String region, Optional<URI> endpoint, String role, String externalId, String sessionName) {

    /** With the session's name in the characters and the length that AssumeRole allows. */
    public AwsTarget {
        String clean = sessionName.replaceAll("[^\\w+=,.@-]", "-");
        sessionName = clean.length() < 2 ? "ami-deploy" : clean.substring(0, Math.min(64, clean.length()));
    }

    /** The same as another role; unchanged where that is empty. */
    AwsTarget as(String otherRole) {
        return otherRole.isEmpty() ? this : new AwsTarget(region, endpoint, otherRole, externalId, sessionName);
    }

    /** The same in another region. */
    AwsTarget in(String otherRegion) {
        return new AwsTarget(otherRegion, endpoint, role, externalId, sessionName);
    }
}
