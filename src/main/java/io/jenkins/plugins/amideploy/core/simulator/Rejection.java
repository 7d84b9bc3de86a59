package io.jenkins.plugins.amideploy.core.simulator;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;

/** A service's "no" on its way to the gate, which knows the request id and makes the SDK's exception of it. */
final class Rejection extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient AwsServiceException.Builder exception;
    private final int status;
    private final String code;

    Rejection(AwsServiceException.Builder exception, int status, String code, String message) {
        super(message, null, false, false);
        this.exception = exception;
        this.status = status;
        this.code = code;
    }

    /** Auto Scaling's answer to nearly everything that it does not accept. */
    static Rejection validation(String message) {
        return new Rejection(AutoScalingException.builder(), 400, "ValidationError", message);
    }

    String code() {
        return code;
    }

    AwsServiceException toException(Service service, String requestId) {
        exception.awsErrorDetails(AwsErrorDetails.builder()
                .errorCode(code)
                .errorMessage(getMessage())
                .serviceName(service.serviceName())
                .build());
        exception.message(getMessage()).statusCode(status).requestId(requestId);
        return exception.build();
    }
}
