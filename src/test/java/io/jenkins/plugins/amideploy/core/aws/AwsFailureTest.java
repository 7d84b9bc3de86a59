package io.jenkins.plugins.amideploy.core.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** What AWS's answers mean. */
class AwsFailureTest {
    @ParameterizedTest
    @CsvSource({
        "InsufficientInstanceCapacity, 500, There is no capacity, REFUSED",
        "VcpuLimitExceeded, 400, You have requested more, REFUSED",
        "RequestLimitExceeded, 503, Request limit exceeded., THROTTLED",
        "ConcurrentSnapshotLimitExceeded, 400, Maximum allowed in-progress snapshots, THROTTLED",
        "AuthFailure, 401, AWS was not able to validate the provided access credentials, CREDENTIALS",
        "AuthFailure, 400, Not authorized for images: [ami-0123], REFUSED",
        "UnauthorizedOperation, 403, You are not authorized to perform this operation., DENIED",
        "InternalError, 500, An internal error has occurred, UNREACHABLE",
        "InvalidInstanceID.NotFound, 400, The instance ID 'i-0123' does not exist, REFUSED"
    })
    void aCodeSaysWhatMayBeDone(String code, int status, String message, AwsFailure.Kind kind) {
        var failure = Ec2Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
        assertEquals(kind, AwsFailure.of(failure).kind());
    }
}
