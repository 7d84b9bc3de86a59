package io.jenkins.plugins.amideploy.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.amideploy.fake.SimulatedRegion;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.shell.ProcessShellFactory;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * The documented way to provision by Ansible, from an agent over SSH. The instance is a simulated one; a server on this
 * machine stands for its SSH server and lets in whoever has the key that AWS would have put on the instance.
 */
@WithJenkins
@Timeout(300)
class AnsibleBlockTest {
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final SshServer server = SshServer.setUpDefaultServer();

    @TempDir
    private Path directory;

    @BeforeEach
    void startServer() throws IOException {
        SimulatedRegion.beginOnLoopback(keys);
        server.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        server.setKeyPairProvider(new SimpleGeneratorHostKeyProvider(directory.resolve("host-key")));
        server.setPublickeyAuthenticator((user, key, session) -> keys.stream().anyMatch(known -> same(known, key)));
        server.setCommandFactory(
                (channel, command) -> new ProcessShellFactory(command, "/bin/sh", "-c", command).createShell(channel));
        server.start();
    }

    @AfterEach
    void stopServer() throws IOException {
        server.stop(true);
    }

    private static boolean same(String known, PublicKey offered) {
        try {
            PublicKey key = AuthorizedKeyEntry.parseAuthorizedKeyEntry(known)
                    .resolvePublicKey(null, PublicKeyEntryResolver.IGNORING);
            return KeyUtils.compareKeys(key, offered);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(known, e);
        }
    }

    private static boolean installed(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private WorkflowRun build(JenkinsRule jenkins, String block) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "node('" + jenkins.createOnlineSlave().getNodeName()
                        + "') { buildAmi(region: 'simulated-1', sourceAmi: '"
                        + SimulatedRegion.sourceImage() + "', sshUser: '" + System.getProperty("user.name")
                        + "', sshPort: " + server.getPort() + ", sshFrom: '127.0.0.1/32') {\n" + block + "\n} }",
                true));
        return job.scheduleBuild2(0).waitForStart();
    }

    @Test
    void blockAppliesAPlaybook(JenkinsRule jenkins) throws Exception {
        assumeTrue(installed("ansible-playbook"), "ansible-playbook is not on the PATH");
        Path effect = directory.resolve("effect");
        String playbook = """
                - hosts: all
                  gather_facts: false
                  tasks:
                    - name: leave a trace
                      ansible.builtin.copy:
                        content: "provisioned {{ inventory_hostname }}"
                        dest: "%s"
                """.formatted(effect);
        WorkflowRun run = build(
                jenkins,
                "writeFile file: 'site.yml', text: '''" + playbook + "'''\n"
                        + "withEnv(['ANSIBLE_HOST_KEY_CHECKING=False']) {\n"
                        + "  sh 'ansible-playbook -i \"$AMI_BUILD_HOST,\" -u \"$AMI_BUILD_USER\""
                        + " --private-key \"$AMI_BUILD_KEY_FILE\" -e ansible_port=" + server.getPort() + " site.yml'\n"
                        + "}");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertEquals("provisioned 127.0.0.1", Files.readString(effect));
        assertEquals(List.of(), SimulatedRegion.leftovers());
    }

    @Test
    void blockLogsInWithItsKey(JenkinsRule jenkins) throws Exception {
        assumeTrue(installed("ssh"), "ssh is not on the PATH");
        WorkflowRun run = build(
                jenkins,
                "sh 'ssh -n -F none -o BatchMode=yes -o IdentitiesOnly=yes -o StrictHostKeyChecking=no"
                        + " -o UserKnownHostsFile=known_hosts -i \"$AMI_BUILD_KEY_FILE\" -p " + server.getPort()
                        + " \"$AMI_BUILD_USER@$AMI_BUILD_HOST\" \"echo provisioned > " + directory.resolve("effect")
                        + "\"'");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertEquals(
                "provisioned", Files.readString(directory.resolve("effect")).strip());
    }
}
