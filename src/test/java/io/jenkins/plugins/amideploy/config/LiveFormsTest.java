package io.jenkins.plugins.amideploy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.sun.net.httpserver.HttpServer;
import hudson.model.Item;
import io.jenkins.plugins.amideploy.fake.SimulatedRegion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import jenkins.model.Jenkins;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What forms learn from AWS while they are filled in, who learns it, and what they say where they learn nothing. */
@WithJenkins
@Timeout(600)
class LiveFormsTest {
    private static final String STEP = "io.jenkins.plugins.amideploy.pipeline.RollingAmiDeployStep";
    private static final String DENIED = """
            <ErrorResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/"><Error><Type>Sender</Type>
            <Code>AccessDenied</Code><Message>User deploy is not authorized to perform:
            autoscaling:DescribeAutoScalingGroups</Message></Error><RequestId>1</RequestId></ErrorResponse>""";
    private static final String NO_GROUPS = """
            <DescribeAutoScalingGroupsResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/">
            <DescribeAutoScalingGroupsResult><AutoScalingGroups/></DescribeAutoScalingGroupsResult>
            </DescribeAutoScalingGroupsResponse>""";

    private final Map<String, JenkinsRule.WebClient> clients = new HashMap<>();
    private JenkinsRule jenkins;

    @BeforeEach
    void letUsersIn(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.createFreeStyleProject("job");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.EXTENDED_READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("author"));
    }

    @AfterEach
    void closeClients() {
        clients.values().forEach(JenkinsRule.WebClient::close);
    }

    private String ask(String user, String method, Map<String, String> fields) throws Exception {
        JenkinsRule.WebClient client = clients.get(user);
        if (client == null) {
            client = jenkins.createWebClient().login(user);
            clients.put(user, client);
        }
        URL url = new URL(jenkins.getURL(), "job/job/descriptorByName/" + STEP + "/" + method);
        WebRequest request = new WebRequest(url, HttpMethod.POST);
        request.setRequestParameters(fields.entrySet().stream()
                .map(field -> new NameValuePair(field.getKey(), field.getValue()))
                .toList());
        return client.getPage(client.addCrumb(request)).getWebResponse().getContentAsString();
    }

    /** The proposals, each as its value and what is shown of it. */
    private List<String> proposals(String user, String field, Map<String, String> fields) throws Exception {
        JSONArray values = JSONObject.fromObject(ask(user, "fill" + field + "Items", fields))
                .getJSONArray("values");
        return values.stream()
                .map(JSONObject.class::cast)
                .map(value -> value.getString("value") + ": " + value.getString("name"))
                .toList();
    }

    private static Map<String, String> simulated(String... more) {
        Map<String, String> fields = new HashMap<>(Map.of("region", SimulatedRegion.NAME));
        if (more.length > 0) {
            fields.put("value", more[0]);
        }
        return fields;
    }

    /** An own access to the AWS at that port of this machine. */
    private static Map<String, String> own(int port) throws Exception {
        CredentialsProvider.lookupStores(Jenkins.get())
                .iterator()
                .next()
                .addCredentials(
                        Domain.global(), new AWSCredentialsImpl(CredentialsScope.GLOBAL, "own", "AKIA", "x", ""));
        AmiDeployConfiguration.get().setEndpoint("http://127.0.0.1:" + port);
        return Map.of("region", "eu-central-1", "credentialsId", "own");
    }

    private static HttpServer aws(int status, String answer, AtomicInteger calls) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void whatTheAccountHasIsProposedToWhoConfigures() throws Exception {
        SimulatedRegion.begin();
        SimulatedRegion.createGroup("web", 3);
        SimulatedRegion.createGroup("api", 2);
        assertEquals(
                List.of("api: api, 1 to 4 instances, desired 2", "web: web, 1 to 5 instances, desired 3"),
                proposals("author", "Group", simulated()));
        List<String> images = proposals("author", "Ami", simulated());
        assertTrue(
                images.stream().anyMatch(image -> image.startsWith(SimulatedRegion.goodImage() + ": web 2, 20")),
                images::toString);
        assertTrue(images.stream().noneMatch(image -> image.startsWith(SimulatedRegion.sourceImage())), "Amazon's");
        assertEquals(List.of(), proposals("reader", "Group", simulated()));
        assertEquals(List.of(), proposals("reader", "Ami", simulated()));
    }

    @Test
    void whatDoesNotExistIsSaidToWhoConfigures() throws Exception {
        SimulatedRegion.begin();
        SimulatedRegion.createGroup("web", 3);
        assertTrue(ask("author", "checkGroup", simulated("web")).contains("1 to 5 instances, desired 3"));
        String missing = ask("author", "checkGroup", simulated("wbe"));
        assertTrue(missing.contains("warning") && missing.contains("no Auto Scaling group"), missing);
        assertTrue(ask("author", "checkAmi", simulated("ami-0fffffffffffffff0")).contains("shows no image"));
        assertTrue(ask("author", "checkAmi", simulated(SimulatedRegion.goodImage()))
                .contains("web 2"));
        assertEquals("<div/>", ask("reader", "checkGroup", simulated("wbe")));
        assertEquals("<div/>", ask("reader", "checkGroup", simulated("web")));
        assertEquals("<div/>", ask("author", "checkGroup", Map.of("value", "web")));
        assertEquals("<div/>", ask("author", "checkGroup", simulated("$GROUP")));
    }

    @Test
    void whyNothingIsProposedIsTheOnlyEntry() throws Exception {
        assertEquals(
                List.of(": Nothing can be proposed: no region is chosen, and the administrator has set no default."),
                proposals("author", "Group", Map.of()));
        String none =
                proposals("author", "Group", Map.of("region", "eu-central-1")).toString();
        assertTrue(none.contains("the job 'job' names none, and is not among the jobs that may use"), none);
        String others = proposals("author", "Group", Map.of("region", "eu-central-1", "credentialsId", "x"))
                .toString();
        assertTrue(others.contains("'job' may use no AWS credentials with the id 'x'"), others);
        String host =
                proposals("author", "Group", Map.of("region", "x.example.org/")).toString();
        assertTrue(host.contains("Not a region"), host);
        String variable =
                proposals("author", "Group", Map.of("region", "${REGION}")).toString();
        assertTrue(variable.contains("a variable that only a build can resolve"), variable);
    }

    @Test
    void administratorsCredentialsAreForTheJobsThatMayUseThem() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        HttpServer server = aws(200, NO_GROUPS, calls);
        try {
            own(server.getAddress().getPort());
            AmiDeployConfiguration.get().setCredentialsId("own");
            proposals("author", "Group", Map.of("region", "eu-central-1"));
            assertEquals(0, calls.get());
            AmiDeployConfiguration.get().setAllowedJobs("job");
            assertEquals(
                    List.of(": AWS shows no Auto Scaling groups in eu-central-1."),
                    proposals("author", "Group", Map.of("region", "eu-central-1")));
            proposals("reader", "Group", Map.of("region", "eu-central-1"));
            proposals("author", "Group", Map.of("region", "eu-central-1"));
            assertEquals(1, calls.get(), "asked again");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void refusalIsSaidInTheWordsOfAws() throws Exception {
        HttpServer server = aws(403, DENIED, new AtomicInteger());
        try {
            String why = proposals("author", "Group", own(server.getAddress().getPort()))
                    .toString();
            assertTrue(why.contains("AWS says: User deploy is not authorized"), why);
            assertTrue(why.contains("(AccessDenied)"), why);
        } finally {
            server.stop(0);
        }
    }

    /** Long before the call itself gives up, which would be told in other words. */
    @Test
    void awsThatDoesNotAnswerKeepsNobodyWaiting() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String why =
                    proposals("author", "Group", own(silent.getLocalPort())).toString();
            assertTrue(why.contains("AWS has not answered within 4 seconds"), why);
        }
    }
}
