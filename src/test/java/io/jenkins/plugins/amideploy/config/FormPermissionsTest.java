package io.jenkins.plugins.amideploy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.Descriptor;
import hudson.model.Item;
import java.lang.reflect.Method;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.verb.POST;

/** Who asks the fields of the forms without being allowed to configure anything learns nothing. */
@WithJenkins
class FormPermissionsTest {
    private static final List<String> DESCRIPTORS = List.of(
            "io.jenkins.plugins.amideploy.pipeline.RollingAmiDeployStep",
            "io.jenkins.plugins.amideploy.pipeline.RestoreAutoScalingGroupStep",
            "io.jenkins.plugins.amideploy.pipeline.BuildAmiStep",
            "io.jenkins.plugins.amideploy.pipeline.BlueVioletDeployStep",
            "io.jenkins.plugins.amideploy.pipeline.CfnUpdatePolicyDeployStep",
            "io.jenkins.plugins.amideploy.freestyle.BuildAmiBuilder",
            "io.jenkins.plugins.amideploy.freestyle.BlueVioletDeployBuilder",
            "io.jenkins.plugins.amideploy.freestyle.CfnUpdatePolicyDeployBuilder",
            "io.jenkins.plugins.amideploy.freestyle.RollingAmiDeployBuilder",
            "io.jenkins.plugins.amideploy.config.AmiDeployConfiguration");

    private final Map<String, JenkinsRule.WebClient> clients = new HashMap<>();
    private JenkinsRule jenkins;

    @BeforeEach
    void letUsersIn(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.createFreeStyleProject("job");
        CredentialsProvider.lookupStores(jenkins.jenkins)
                .iterator()
                .next()
                .addCredentials(
                        Domain.global(), new AWSCredentialsImpl(CredentialsScope.GLOBAL, "secret-id", "AKIA", "x", ""));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("author")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
    }

    private static List<Method> methods(String descriptor) {
        Descriptor<?> found = Jenkins.get().getDescriptorByName(descriptor);
        assertNotNull(found, descriptor);
        return Arrays.stream(found.getClass().getMethods())
                .filter(method -> method.getName().matches("do(Fill|Check)[A-Z].*"))
                .filter(method -> method.getDeclaringClass().getName().startsWith("io.jenkins.plugins.amideploy"))
                .filter(method -> !method.isBridge())
                .toList();
    }

    /** Asks as that user, who stays logged in for the test. */
    private WebResponse ask(String user, HttpMethod verb, String path) throws Exception {
        JenkinsRule.WebClient client = clients.get(user);
        if (client == null) {
            client = jenkins.createWebClient();
            client.login(user);
            client.setThrowExceptionOnFailingStatusCode(false);
            clients.put(user, client);
        }
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), path), verb);
        return client.getPage(client.addCrumb(request)).getWebResponse();
    }

    @AfterEach
    void closeClients() {
        clients.values().forEach(JenkinsRule.WebClient::close);
    }

    private static String path(String where, String descriptor, Method method, String value) {
        String name = Character.toLowerCase(method.getName().charAt(2))
                + method.getName().substring(3);
        return where + "descriptorByName/" + descriptor + "/" + name + "?value=" + value;
    }

    @Test
    void everyMethodWantsAPost() throws Exception {
        for (String descriptor : DESCRIPTORS) {
            assertTrue(methods(descriptor).size() >= 6, descriptor);
            for (Method method : methods(descriptor)) {
                assertNotNull(method.getAnnotation(POST.class), method.toString());
                assertEquals(
                        HttpURLConnection.HTTP_NOT_FOUND,
                        ask("admin", HttpMethod.GET, path("job/job/", descriptor, method, "x"))
                                .getStatusCode(),
                        method.toString());
            }
        }
    }

    @Test
    void readerLearnsNothing() throws Exception {
        for (String descriptor : DESCRIPTORS) {
            for (Method method : methods(descriptor)) {
                for (String where : List.of("job/job/", "")) {
                    WebResponse answer = ask("reader", HttpMethod.POST, path(where, descriptor, method, "%C3%A4"));
                    String text = answer.getContentAsString();
                    boolean silent = answer.getStatusCode() == HttpURLConnection.HTTP_FORBIDDEN
                            || text.equals("<div/>")
                            || text.contains("\"values\":[]")
                            || !text.contains("secret-id") && !text.contains("eu-central-1") && !text.contains("error");
                    assertTrue(silent, method + " at '" + where + "' says " + text);
                }
            }
        }
    }

    @Test
    void authorOfAJobIsHelped() throws Exception {
        assertTrue(fill("author", "job/job/", "CredentialsId").contains("secret-id"));
        assertTrue(fill("author", "job/job/", "Region").contains("eu-central-1"));
        assertTrue(check("author", "Ami", "image").contains("is not an image id such as"));
        assertTrue(check("author", "BatchSize", "0").contains("must be 1 or more"));
        assertTrue(check("author", "CredentialsId", "other").contains("There are no AWS credentials"));
        assertTrue(check("author", "RoleArn", "admin").contains("Not the ARN of a role"));
        assertEquals("<div/>", check("author", "CredentialsId", "secret-id"));
        assertEquals("<div/>", check("author", "BatchSize", "$%7BSIZE%7D"));
    }

    @Test
    void authorOfAJobDoesNotSeeTheAdministratorsList() throws Exception {
        assertTrue(!fill("author", "", "CredentialsId").contains("secret-id"));
        assertTrue(fill("admin", "", "CredentialsId").contains("secret-id"));
    }

    private String fill(String user, String where, String field) throws Exception {
        return ask(user, HttpMethod.POST, where + "descriptorByName/" + DESCRIPTORS.get(0) + "/fill" + field + "Items")
                .getContentAsString();
    }

    private String check(String user, String field, String value) throws Exception {
        return ask(
                        user,
                        HttpMethod.POST,
                        "job/job/descriptorByName/" + DESCRIPTORS.get(0) + "/check" + field + "?value=" + value)
                .getContentAsString();
    }
}
