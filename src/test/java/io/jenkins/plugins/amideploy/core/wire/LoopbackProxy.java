package io.jenkins.plugins.amideploy.core.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands before moto: lets one call through at a time, because moto cannot take two at once, counts them, and answers
 * what moto cannot. Everything else passes as it is.
 */
final class LoopbackProxy implements AutoCloseable {
    /** Calls signed by this key are those of the test itself: they are not counted. */
    static final String OPERATOR_KEY = "OPERATOR";

    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(30);
    private static final int SERVER_ERROR = 500;
    /** The JDK's client sets these by itself. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("host", "connection", "content-length", "expect", "upgrade", "transfer-encoding");

    private final URI moto;
    private final MotoGaps gaps = new MotoGaps();
    private final Calls calls = new Calls();
    private final List<String> unanswered = new CopyOnWriteArrayList<>();
    /** One in so many answers is lost; none where it is 0. */
    private volatile int losing;

    private volatile int changes;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService oneByOne;
    private final HttpServer server;

    LoopbackProxy(URI moto) throws IOException {
        this.moto = moto;
        this.oneByOne = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "proxy to moto");
            thread.setDaemon(true);
            return thread;
        });
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(oneByOne);
        server.createContext("/", this::handle);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    Calls calls() {
        return calls;
    }

    MotoGaps gaps() {
        return gaps;
    }

    /** Calls that moto answered by an error of its own: it does not know them, or it stumbled over them. */
    List<String> unanswered() {
        return unanswered;
    }

    /** One in so many calls that change something is done and not answered; 0 for none. */
    void loseAnswers(int every) {
        losing = every;
        changes = 0;
    }

    int answersLost() {
        return losing == 0 ? 0 : changes / losing;
    }

    private boolean loses(HttpExchange exchange, Call call) {
        boolean looks = exchange.getRequestMethod().equals("GET")
                || call.action().startsWith("Describe")
                || call.action().startsWith("Get");
        if (losing == 0 || looks || call.accessKey().equals(OPERATOR_KEY)) {
            return false;
        }
        changes++;
        return changes % losing == 0;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Call call = Call.of(
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    exchange.getRequestHeaders().getFirst("X-Amz-Target"),
                    body);
            if (!call.accessKey().equals(OPERATOR_KEY)) {
                calls.count(call.toString());
            }
            Optional<String> own = gaps.answer(call);
            if (own.isPresent()) {
                String type = own.get().startsWith("{") ? "application/x-amz-json-1.1" : "text/xml";
                exchange.getResponseHeaders().set("Content-Type", type);
                answer(exchange, 200, own.get().getBytes(StandardCharsets.UTF_8));
            } else {
                forward(exchange, call, body);
            }
        }
    }

    private void forward(HttpExchange exchange, Call call, byte[] body) throws IOException {
        String form = new String(body, StandardCharsets.UTF_8);
        String amended = gaps.amend(call, form);
        HttpResponse<byte[]> response =
                send(exchange, amended.equals(form) ? body : amended.getBytes(StandardCharsets.UTF_8));
        if (response.statusCode() >= SERVER_ERROR) {
            unanswered.add(call + " " + call.parameters() + ": HTTP " + response.statusCode());
        }
        if (loses(exchange, call)) {
            return;
        }
        response.headers()
                .firstValue("Content-Type")
                .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
        answer(exchange, response.statusCode(), gaps.complete(call, response.body()));
    }

    private HttpResponse<byte[]> send(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(moto.resolve(exchange.getRequestURI()))
                .timeout(ANSWERED_WITHIN)
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("Interrupted", e));
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        oneByOne.shutdownNow();
    }
}
