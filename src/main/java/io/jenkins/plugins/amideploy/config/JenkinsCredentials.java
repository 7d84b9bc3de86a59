package io.jenkins.plugins.amideploy.config;

import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * AWS credentials of Jenkins as the SDK wants them: never null, and asked again before they expire. Credentials with a
 * role assume it anew each time they are asked and do not say until when the answer is good.
 */
final class JenkinsCredentials implements AwsCredentialsProvider {
    /** Shorter than the fifteen minutes that are the least a role's credentials can live. */
    private static final Duration KEEP = Duration.ofMinutes(10);

    private final AmazonWebServicesCredentials credentials;
    private final InstantSource clock;

    /** The latest temporary credentials, and since when; null while there are none. */
    private AwsCredentials temporary;

    private Instant since;

    JenkinsCredentials(AmazonWebServicesCredentials credentials, InstantSource clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    @Override
    public synchronized AwsCredentials resolveCredentials() {
        if (temporary != null && clock.instant().isBefore(since.plus(KEEP))) {
            return temporary;
        }
        since = clock.instant();
        AwsCredentials fresh = credentials.resolveCredentials();
        if (fresh == null) {
            throw SdkClientException.create(
                    "Unable to load credentials: '" + credentials.getId() + "' has no access key.");
        }
        temporary = fresh instanceof AwsSessionCredentials ? fresh : null;
        return fresh;
    }
}
