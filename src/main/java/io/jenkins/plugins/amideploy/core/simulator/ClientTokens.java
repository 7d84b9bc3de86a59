package io.jenkins.plugins.amideploy.core.simulator;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequest;

/**
 * What was made with which client token: Amazon EC2 Developer Guide, "Ensuring idempotency in Amazon EC2 API requests".
 */
final class ClientTokens {
    private final Map<String, Use> uses = new HashMap<>();

    private record Use(AwsRequest request, Object made) {}

    /** What the same request made before; empty without a token, and at its first use. */
    <T> Optional<T> made(String token, AwsRequest request, Class<T> type) {
        Use use = token == null ? null : uses.get(key(token, request));
        if (use != null && !use.request.equals(request)) {
            throw Service.EC2.rejection(
                    "IdempotentParameterMismatch",
                    "The client token '" + token + "' was used with other parameters: arguments on this idempotent"
                            + " request are inconsistent with arguments used in previous request(s).");
        }
        return Optional.ofNullable(use).map(one -> type.cast(one.made));
    }

    void used(String token, AwsRequest request, Object made) {
        if (token != null) {
            uses.put(key(token, request), new Use(request, made));
        }
    }

    private static String key(String token, AwsRequest request) {
        return request.getClass().getSimpleName() + " " + token;
    }
}
