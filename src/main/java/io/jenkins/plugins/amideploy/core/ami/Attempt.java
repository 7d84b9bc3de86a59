package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Removing something: that it is gone already is as good, and that AWS refuses must not keep the rest from going. */
final class Attempt {
    private Attempt() {}

    /**
     * Removes it.
     *
     * @return why AWS refused; empty where it did not, or where there is no such thing
     * @throws software.amazon.awssdk.core.exception.SdkException where AWS was not reached or asks to come back later
     */
    static Optional<String> to(Runnable remove) {
        try {
            remove.run();
            return Optional.empty();
        } catch (AwsServiceException e) {
            AwsFailure failure = AwsFailure.of(e);
            if (failure.notFound() || failure.code().equals("InvalidAMIID.Unavailable")) {
                return Optional.empty();
            }
            if (failure.kind() != AwsFailure.Kind.REFUSED && failure.kind() != AwsFailure.Kind.DENIED) {
                throw e;
            }
            return Optional.of(failure.toString());
        }
    }
}
