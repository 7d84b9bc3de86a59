package io.jenkins.plugins.amideploy.pipeline;

import com.sun.net.httpserver.HttpServer;
import hudson.slaves.DumbSlave;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.amideploy.fake.FakeWorld;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What an agent is asked about the network that it sees. */
@WithJenkins
@Timeout(180)
class WorkplaceTest {
    private static final String CHECKIP = "io.jenkins.plugins.amideploy.checkip";

    private JenkinsRule jenkins;
    private String usual;

    @BeforeEach
    void keep(JenkinsRule rule) {
        jenkins = rule;
        usual = System.getProperty(CHECKIP);
    }

    @AfterEach
    void asUsual() {
        System.setProperty(CHECKIP, usual);
    }

    private WorkflowRun start(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "build");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private static String build(String agent, String rest) {
        return "node('" + agent + "') { semaphore 'before'; buildAmi(region: 'fake-1', sourceAmi: 'ami-1', name: 'web'"
                + rest + ") { echo 'in the block' } }";
    }

    private WorkflowRun goOn(String script) throws Exception {
        WorkflowRun run = start(script);
        SemaphoreStep.success("before/1", null);
        return run;
    }

    private static ServerSocket onLoopback() throws IOException {
        return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @Test
    void agentTellsItsAddressInTheInternet() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream answer = exchange.getResponseBody()) {
                answer.write("203.0.113.7\n".getBytes(StandardCharsets.UTF_8));
            }
        });
        server.start();
        try {
            System.setProperty(
                    CHECKIP, "http://127.0.0.1:" + server.getAddress().getPort() + "/");
            WorkflowRun run = goOn(build(jenkins.createOnlineSlave().getNodeName(), ""));
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("Machine: true Addresses[own=[", run);
            jenkins.assertLogContains("internet=203.0.113.7]", run);
            jenkins.assertLogNotContains("127.0.0.1", run);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void agentWithoutInternetTellsItsOwnAddresses() throws Exception {
        System.setProperty(CHECKIP, "http://127.0.0.1:1/");
        WorkflowRun run = goOn(build(jenkins.createOnlineSlave().getNodeName(), ""));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("internet=]", run);
    }

    @Test
    void sshServerIsAskedUntilItAnswers() throws Exception {
        int port;
        try (ServerSocket free = onLoopback()) {
            port = free.getLocalPort();
        }
        WorkflowRun run = goOn(build(jenkins.createOnlineSlave().getNodeName(), ", waitFor: 'ssh', sshPort: " + port));
        jenkins.waitForMessage("SSH: Greeting[answered=false, text=Connection refused", run);
        try (ServerSocket server = new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
                Socket client = server.accept()) {
            client.getOutputStream().write("SSH-2.0-test\r\n".getBytes(StandardCharsets.US_ASCII));
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        }
        jenkins.assertLogContains("SSH: Greeting[answered=true, text=SSH-2.0-test]", run);
        jenkins.assertLogContains("in the block", run);
    }

    @Test
    void agentThatIsAwayIsWaitedFor() throws Exception {
        DumbSlave agent = jenkins.createOnlineSlave();
        WorkflowRun run = start(build(agent.getNodeName(), ""));
        SemaphoreStep.waitForStart("before/1", run);
        agent.toComputer().disconnect(new OfflineCause.ByCLI("for the test")).get();
        SemaphoreStep.success("before/1", null);
        while (FakeWorld.instances("web") == 0) {
            Thread.sleep(50);
        }
        Thread.sleep(1000);
        jenkins.assertLogNotContains("Machine", run);
        agent.toComputer().connect(true).get();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("in the block", run);
    }
}
