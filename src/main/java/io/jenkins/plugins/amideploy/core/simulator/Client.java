package io.jenkins.plugins.amideploy.core.simulator;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;

/**
 * The front of one service's SDK client. Requests go to the gate; what the SDK interface itself builds on them (request
 * builders as lambdas, paginators) is left to the interface.
 */
final class Client implements InvocationHandler {
    private final Service service;
    private final Door door;

    /** Where requests go. */
    interface Door {
        AwsResponse call(AwsRequest request);
    }

    private Client(Service service, Door door) {
        this.service = service;
        this.door = door;
    }

    static <C> C of(Class<C> type, Service service, Door door) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new Client(service, door)));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, arguments);
        }
        if (AwsResponse.class.isAssignableFrom(method.getReturnType())
                && arguments != null
                && arguments.length == 1
                && arguments[0] instanceof AwsRequest request) {
            return door.call(request);
        }
        return switch (method.getName()) {
            case "close" -> null;
            case "serviceName" -> service.serviceName();
            case "waiter", "serviceClientConfiguration" ->
                throw new UnsupportedOperationException("The simulator does not model " + method.getName());
            default -> InvocationHandler.invokeDefault(proxy, method, arguments);
        };
    }

    private Object ofObject(Object proxy, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "simulated " + service.serviceName();
        };
    }
}
