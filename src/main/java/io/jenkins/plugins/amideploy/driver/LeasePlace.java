package io.jenkins.plugins.amideploy.driver;

import io.jenkins.plugins.amideploy.config.AwsAccess;
import io.jenkins.plugins.amideploy.config.AwsSettings;
import io.jenkins.plugins.amideploy.config.BuildReference;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import java.util.Optional;

/**
 * A way to groups that may be leased.
 *
 * @param build whose credentials these are; empty for the administrator's
 */
public record LeasePlace(AwsSettings aws, Optional<BuildReference> build) {
    private static final BuildReference NOBODY = BuildReference.of("", 0);

    public String region() {
        return aws.region();
    }

    /** The job whose credentials these are; empty for the administrator's. */
    public String job() {
        return build.map(BuildReference::jobName).orElse("");
    }

    /**
     * The session to look with. Makes no call to AWS.
     *
     * @throws software.amazon.awssdk.core.exception.SdkClientException where the credentials are no longer there
     */
    public AwsSession session() {
        return AwsAccess.ofAdministrator(aws).session(build.orElse(NOBODY));
    }
}
