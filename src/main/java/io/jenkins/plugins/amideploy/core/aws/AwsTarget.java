package io.jenkins.plugins.amideploy.core.aws;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which AWS is called, and as which role.
 *
 * @param endpoint where all services answer instead of at AWS, as in a private cloud; empty for AWS itself
 * @param role the ARN of a role to assume with the credentials; empty for the credentials as they are
 * @param externalId what the role's trust policy asks for; empty where it asks for nothing
 * @param furtherRole the ARN of a role that is assumed with what the first role gives, as one of another account; empty for
 *     none
 * @param sessionName who assumes the role, for people who read CloudTrail
 */
public record AwsTarget(
        String region, Optional<URI> endpoint, String role, String externalId, String furtherRole, String sessionName) {

    /** Without a further role. */
    public AwsTarget(String region, Optional<URI> endpoint, String role, String externalId, String sessionName) {
        this(region, endpoint, role, externalId, "", sessionName);
    }

    /** With the session's name in the characters and the length that AssumeRole allows. */
    public AwsTarget {
        String clean = sessionName.replaceAll("[^\\w+=,.@-]", "-");
        sessionName = clean.length() < 2 ? "ami-deploy" : clean.substring(0, Math.min(64, clean.length()));
    }

    /** The same with that further role; unchanged where it is empty. */
    AwsTarget as(String further) {
        return further.isEmpty() ? this : new AwsTarget(region, endpoint, role, externalId, further, sessionName);
    }

    /** The roles to assume, each with what the one before gives. */
    List<String> roles() {
        return Stream.of(role, furtherRole).filter(arn -> !arn.isEmpty()).toList();
    }

    /** The same in another region. */
    AwsTarget in(String otherRegion) {
        return new AwsTarget(otherRegion, endpoint, role, externalId, furtherRole, sessionName);
    }
}
