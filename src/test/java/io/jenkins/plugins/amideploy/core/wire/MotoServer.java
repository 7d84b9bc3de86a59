package io.jenkins.plugins.amideploy.core.wire;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * moto's server on a loopback port of its own, for one test class: register it as an extension in a static field. Where
 * it is not installed, the tests of the class are skipped, each of them, so that they are counted.
 */
public final class MotoServer implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback, AutoCloseable {
    /** The images that this AWS knows, see images.json: the one that groups run, and the one to be deployed. */
    public static final String FORMER_AMI = "ami-0f0000000000000a1";

    public static final String NEW_AMI = "ami-0f0000000000000b2";
    public static final String PENDING_AMI = "ami-0f0000000000000c3";
    public static final String ARM_AMI = "ami-0f0000000000000d4";

    private static final String PROGRAM = "moto_server";
    private static final String MISSING = PROGRAM
            + " is not on the path, so nothing is tried over the wire. To install it: pip install 'moto[server]'";
    private static final Duration UP_WITHIN = Duration.ofSeconds(60);
    private static final int TRIES = 3;

    private final Thread lastResort = new Thread(this::end, "end of moto");
    private Path log;
    private Process process;
    private LoopbackProxy proxy;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        if (program().isPresent()) {
            start();
        } else {
            System.err.println("Skipping " + context.getDisplayName() + ": " + MISSING);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        assumeTrue(program().isPresent(), MISSING);
        proxy.loseAnswers(0);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    /** Starts it and waits until it answers. */
    private void start() throws IOException, InterruptedException, URISyntaxException {
        log = Files.createTempFile("moto", ".log");
        Runtime.getRuntime().addShutdownHook(lastResort);
        proxy = new LoopbackProxy(launch(program().orElseThrow()));
    }

    /** Whether it runs: not where it is not installed. */
    public boolean started() {
        return proxy != null;
    }

    /** The address to give to SDK clients. */
    public URI endpoint() {
        return proxy.endpoint();
    }

    /** The calls that were made to this AWS, but for those that the test itself made. */
    public Calls calls() {
        return proxy.calls();
    }

    /** From now on, to the end of the test, one in so many calls that change something is done and not answered. */
    void loseAnswers(int every) {
        proxy.loseAnswers(every);
    }

    int answersLost() {
        return proxy.answersLost();
    }

    MotoGaps gaps() {
        return proxy.gaps();
    }

    List<String> unanswered() {
        return proxy.unanswered();
    }

    private static Optional<Path> program() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> Stream.of(Path.of(folder, PROGRAM), Path.of(folder, PROGRAM + ".exe")))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A free port may be taken by someone else before moto has it; then there is another one. */
    private URI launch(Path program) throws IOException, InterruptedException, URISyntaxException {
        for (int i = 0; i < TRIES; i++) {
            int port = freePort();
            URI address = URI.create("http://127.0.0.1:" + port);
            ProcessBuilder builder = new ProcessBuilder(
                            program.toString(), "--host", "127.0.0.1", "--port", Integer.toString(port))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put("MOTO_AMIS_PATH", images().toString());
            process = builder.start();
            if (answers(address)) {
                return address;
            }
            end();
        }
        throw new IOException(PROGRAM + " does not answer:\n" + Files.readString(log));
    }

    private static Path images() throws URISyntaxException {
        return Path.of(MotoServer.class.getResource("images.json").toURI());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean answers(URI address) throws InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/moto-api/"))
                .timeout(Duration.ofSeconds(10))
                .build();
        long deadline = System.nanoTime() + UP_WITHIN.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            try {
                client.send(request, HttpResponse.BodyHandlers.discarding());
                return process.isAlive();
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        return false;
    }

    @Override
    public void close() {
        if (proxy != null) {
            proxy.close();
        }
        if (process == null) {
            return;
        }
        end();
        Runtime.getRuntime().removeShutdownHook(lastResort);
        log.toFile().delete();
    }

    /** Ends what was started here and nothing else. */
    private void end() {
        if (process == null) {
            return;
        }
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        children.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
