package io.jenkins.plugins.amideploy.core.aws;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * How a call to AWS failed.
 *
 * @param kind what may be done about it
 * @param code AWS's error code, or the exception's name where the call never reached AWS
 * @param reason AWS's own words
 */
public record AwsFailure(Kind kind, String code, String reason) {
    /** What may be done about a failed call. */
    public enum Kind {
        /** AWS asks to come back later. */
        THROTTLED,
        /** The call or its answer was lost, or AWS has an internal error; whether it took effect is not known. */
        UNREACHABLE,
        /** AWS does not accept the credentials: expired, unknown, or none were found. */
        CREDENTIALS,
        /** The credentials are good but may not do this; {@link #missingAction} names what. */
        DENIED,
        /** AWS understood and refused. */
        REFUSED
    }

    private static final Set<String> THROTTLING = Set.of(
            "Throttling",
            "ThrottlingException",
            "ThrottledException",
            "RequestLimitExceeded",
            "TooManyRequestsException",
            "RequestThrottled",
            "RequestThrottledException",
            "SlowDown",
            "PriorRequestNotComplete",
            "ConcurrentSnapshotLimitExceeded",
            "SnapshotCreationPerVolumeRateExceeded");
    /** Answers with HTTP status 500 or 503 that are refusals all the same (Amazon EC2 API Reference, "Error codes"). */
    private static final Set<String> NO_CAPACITY = Set.of(
            "InsufficientAddressCapacity",
            "InsufficientCapacity",
            "InsufficientHostCapacity",
            "InsufficientInstanceCapacity",
            "InsufficientReservedInstanceCapacity",
            "InsufficientVolumeCapacity");

    private static final Set<String> BAD_CREDENTIALS = Set.of(
            "ExpiredToken",
            "ExpiredTokenException",
            "RequestExpired",
            "InvalidClientTokenId",
            "AuthFailure",
            "UnrecognizedClientException",
            "SignatureDoesNotMatch",
            "MissingAuthenticationToken",
            "InvalidAccessKeyId",
            "IncompleteSignature",
            "RequestTimeTooSkewed",
            "InvalidSignatureException",
            "SignatureExpired");
    private static final Set<String> NOT_ALLOWED =
            Set.of("AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "NotAuthorized");
    /** EC2 says AuthFailure of an image that is not shared, too. */
    private static final Pattern NOT_SHARED = Pattern.compile("^Not authorized for images");

    private static final Pattern ACTION = Pattern.compile("not authorized to perform: ?([\\w-]+:\\w+)");

    public static AwsFailure of(SdkException e) {
        if (e instanceof AwsServiceException service) {
            return of(service);
        }
        String reason = words(e);
        boolean credentials = reason.contains("Unable to load credentials") || reason.contains("load region");
        Kind kind = credentials ? Kind.CREDENTIALS : e instanceof SdkClientException ? Kind.UNREACHABLE : Kind.REFUSED;
        return new AwsFailure(kind, e.getClass().getSimpleName(), reason);
    }

    private static AwsFailure of(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        String code = details == null || details.errorCode() == null ? "HTTP " + e.statusCode() : details.errorCode();
        String message = details == null || details.errorMessage() == null ? words(e) : details.errorMessage();
        return new AwsFailure(kind(code, message, e), code, message.strip());
    }

    private static Kind kind(String code, String message, AwsServiceException e) {
        if (THROTTLING.contains(code) || e.statusCode() == 429) {
            return Kind.THROTTLED;
        }
        if (NO_CAPACITY.contains(code) || NOT_SHARED.matcher(message).find()) {
            return Kind.REFUSED;
        }
        if (BAD_CREDENTIALS.contains(code)) {
            return Kind.CREDENTIALS;
        }
        if (NOT_ALLOWED.contains(code)) {
            return Kind.DENIED;
        }
        return e.statusCode() >= 500 ? Kind.UNREACHABLE : Kind.REFUSED;
    }

    /** The SDK wraps the cause of a lost call several times; the innermost one tells it best. */
    private static String words(Throwable e) {
        Throwable inner = e;
        while (inner.getCause() != null && inner.getCause() != inner) {
            inner = inner.getCause();
        }
        String own = String.valueOf(e.getMessage()).strip();
        String cause = inner == e ? "" : inner.getClass().getSimpleName() + ": " + inner.getMessage();
        return cause.isEmpty() || own.contains(String.valueOf(inner.getMessage())) ? own : own + " (" + cause + ")";
    }

    /** The IAM action that is missing, such as {@code autoscaling:UpdateAutoScalingGroup}; empty where AWS does not say. */
    public String missingAction() {
        Matcher matcher = ACTION.matcher(reason);
        return kind == Kind.DENIED && matcher.find() ? matcher.group(1) : "";
    }

    /** Whether AWS says that the thing does not exist, which just after its creation means "not yet". */
    public boolean notFound() {
        return code.contains("NotFound")
                || code.equals("TargetGroupNotFound")
                || reason.contains("does not exist")
                || reason.contains("not found")
                || reason.contains("ould not find");
    }

    @Override
    public String toString() {
        return reason + " (" + code + ")";
    }
}
