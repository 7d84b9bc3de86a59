package io.jenkins.plugins.amideploy.core.simulator;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;

/** What the simulator models: each operation by the type of its request. */
final class Operations {
    private final Map<Class<?>, Operation> byRequest = new HashMap<>();

    /** One operation of a service; its name is the API's, as IAM and CloudTrail write it. */
    record Operation(Service service, String name, Function<AwsRequest, AwsResponse> handler) {
        boolean reads() {
            return name.startsWith("Describe") || name.startsWith("Get") || name.startsWith("List");
        }
    }

    <Q extends AwsRequest> void on(Service service, Class<Q> request, Function<Q, ? extends AwsResponse> handler) {
        String name = request.getSimpleName().replaceFirst("Request$", "");
        byRequest.put(request, new Operation(service, name, any -> handler.apply(request.cast(any))));
    }

    Operation of(Class<?> request) {
        Operation operation = byRequest.get(request);
        if (operation == null) {
            throw new UnsupportedOperationException(
                    "The simulator does not model " + request.getSimpleName().replaceFirst("Request$", ""));
        }
        return operation;
    }
}
