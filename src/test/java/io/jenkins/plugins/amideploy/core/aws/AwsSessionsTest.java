package io.jenkins.plugins.amideploy.core.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;

class AwsSessionsTest {
    private static final AwsCredentialsProvider KEYS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAKEYS", "secret"));
    private static final String ROLE = "arn:aws:iam::123456789012:role/deploy";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final AwsSessions sessions =
            new AwsSessions(now::get, ApacheHttpClient.builder().build());

    /** The requests that came in, each with the header of its signature. */
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(URLDecoder.decode(body, StandardCharsets.UTF_8) + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + exchange.getRequestHeaders().getFirst("User-Agent"));
            byte[] answer = (body.contains("AssumeRole") ? ASSUMED : NO_GROUPS).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        sessions.close();
        server.stop(0);
    }

    private static final String NO_GROUPS =
            "<DescribeAutoScalingGroupsResponse><DescribeAutoScalingGroupsResult><AutoScalingGroups/>"
                    + "</DescribeAutoScalingGroupsResult></DescribeAutoScalingGroupsResponse>";
    private static final String ASSUMED = "<AssumeRoleResponse><AssumeRoleResult><Credentials>"
            + "<AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>"
            + "<Expiration>2100-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>";

    private AwsTarget target(String region, String role, String externalId) {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new AwsTarget(region, Optional.of(endpoint), role, externalId, "ami-deploy@ci.example.com");
    }

    @Test
    void sameCredentialsAndTargetShareASession() {
        AwsSession one = sessions.session("keys", KEYS, target("eu-central-1", "", ""));
        assertSame(one, sessions.session("keys", KEYS, target("eu-central-1", "", "")));
        assertNotSame(one, sessions.session("keys", KEYS, target("eu-west-1", "", "")));
        assertNotSame(one, sessions.session("keys", KEYS, target("eu-central-1", ROLE, "")));
        assertNotSame(one, sessions.session("other keys", KEYS, target("eu-central-1", "", "")));
        assertEquals(4, sessions.size());
    }

    @Test
    void sessionsThatNobodyAsksForAreClosed() {
        sessions.session("keys", KEYS, target("eu-central-1", "", ""));
        sessions.session("keys", KEYS, target("eu-west-1", ROLE, ""));
        now.set(now.get().plus(Duration.ofMinutes(20)));
        AwsSession asked = sessions.session("keys", KEYS, target("eu-central-1", "", ""));
        now.set(now.get().plus(Duration.ofMinutes(20)));
        sessions.closeIdle();
        assertEquals(1, sessions.size());
        assertSame(asked, sessions.session("keys", KEYS, target("eu-central-1", "", "")));
    }

    @Test
    void callsAreSignedAndSayWhoMakesThem() {
        AwsSession session = sessions.session("keys", KEYS, target("eu-central-1", "", ""));
        session.autoScaling().describeAutoScalingGroups(r -> r.autoScalingGroupNames("web"));
        assertEquals(1, requests.size());
        assertTrue(requests.get(0).contains("AKIAKEYS") && requests.get(0).contains("/eu-central-1/autoscaling/"));
        assertTrue(requests.get(0).contains("ami-deploy"), requests.get(0));
    }

    @Test
    void roleIsAssumedOnceForManyCalls() {
        AwsSession session = sessions.session("keys", KEYS, target("eu-central-1", ROLE, "x-1"));
        session.autoScaling().describeAutoScalingGroups(r -> r.autoScalingGroupNames("web"));
        session.autoScaling().describeAutoScalingGroups(r -> r.autoScalingGroupNames("web"));
        assertEquals(3, requests.size());
        assertTrue(requests.get(0).contains("RoleSessionName=ami-deploy@ci.example.com"), requests.get(0));
        assertTrue(requests.get(0).contains("ExternalId=x-1"), requests.get(0));
        assertTrue(requests.get(1).contains("ASIAROLE"), requests.get(1));
    }

    @Test
    void aFurtherRoleIsAssumedWithWhatTheFirstOneGives() {
        AwsSession session = sessions.session("keys", KEYS, target("eu-central-1", ROLE, ""));
        AwsSession further = session.as("arn:aws:iam::210987654321:role/dns");
        further.autoScaling().describeAutoScalingGroups(r -> r.autoScalingGroupNames("web"));
        assertEquals(3, requests.size());
        assertTrue(requests.get(0).contains(ROLE) && requests.get(0).contains("AKIAKEYS"), requests.get(0));
        assertTrue(requests.get(1).contains(":role/dns") && requests.get(1).contains("ASIAROLE"), requests.get(1));
        assertSame(session, session.as(""));
        assertSame(further, session.as("arn:aws:iam::210987654321:role/dns"));
    }

    @Test
    void nameOfARoleSessionIsMadeOfWhatAwsAllows() {
        assertEquals("jenkins-web-1", new AwsTarget("r", Optional.empty(), ROLE, "", "jenkins web/1").sessionName());
        assertEquals("ami-deploy", new AwsTarget("r", Optional.empty(), ROLE, "", "").sessionName());
        assertEquals(
                64,
                new AwsTarget("r", Optional.empty(), ROLE, "", "x".repeat(99))
                        .sessionName()
                        .length());
    }
}
