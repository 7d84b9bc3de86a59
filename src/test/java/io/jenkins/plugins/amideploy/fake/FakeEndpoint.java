package io.jenkins.plugins.amideploy.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An AWS on a loopback port that answers each call as the test says, over the wire. */
public final class FakeEndpoint implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Function<Call, Answer> answers;

    /** A call by its action, with the parameters of the Query protocol. */
    public record Call(String action, Map<String, String> parameters) {}

    /** What is answered. */
    public record Answer(int status, String body) {
        /** An answer of the Query protocol with that content. */
        public static Answer of(Call call, String result) {
            String name = call.action();
            return new Answer(
                    200,
                    "<" + name + "Response><" + name + "Result>" + result + "</" + name + "Result></" + name
                            + "Response>");
        }

        public static Answer error(int status, String code, String message) {
            return new Answer(
                    status,
                    "<ErrorResponse><Error><Code>" + code + "</Code><Message>" + message
                            + "</Message></Error></ErrorResponse>");
        }

        /** An error as EC2 writes it. */
        public static Answer ec2Error(int status, String code, String message) {
            return new Answer(
                    status,
                    "<Response><Errors><Error><Code>" + code + "</Code><Message>" + message
                            + "</Message></Error></Errors></Response>");
        }
    }

    public FakeEndpoint(Function<Call, Answer> answers) throws IOException {
        this.answers = answers;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Call call = call(exchange);
            calls.add(call);
            Answer answer = answers.apply(call);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Call call(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String path = exchange.getRequestURI().getPath();
        if (target != null) {
            return new Call(target.substring(target.lastIndexOf('.') + 1), Map.of());
        }
        if (path.contains("/operation/")) {
            return new Call(path.substring(path.lastIndexOf('/') + 1), Map.of());
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : body.split("&")) {
            int equals = pair.indexOf('=');
            parameters.put(
                    URLDecoder.decode(pair.substring(0, Math.max(0, equals)), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return new Call(parameters.getOrDefault("Action", ""), parameters);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The calls so far of that action. */
    public List<Call> calls(String action) {
        return calls.stream().filter(call -> call.action().equals(action)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
