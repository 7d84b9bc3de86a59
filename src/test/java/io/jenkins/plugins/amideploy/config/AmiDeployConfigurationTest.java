package io.jenkins.plugins.amideploy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Failure;
import hudson.util.FormValidation;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class AmiDeployConfigurationTest {
    private static final String YAML = """
            aws:
              amiDeploy:
                allowedJobs: |-
                  ops/*
                  web
                credentialsId: "deploy"
                endpoint: "http://127.0.0.1:5000"
                externalId: "x"
                region: "eu-central-1"
                roleArn: "arn:aws:iam::123456789012:role/deploy"
            """;

    @Test
    void configurationAsCodeReadsAndWritesIt(JenkinsRule jenkins, @TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("jenkins.yaml"), YAML);
        ConfigurationAsCode.get().configure(file.toString());

        AmiDeployConfiguration configuration = AmiDeployConfiguration.get();
        assertEquals("eu-central-1", configuration.getRegion());
        assertEquals("deploy", configuration.getCredentialsId());
        assertEquals("arn:aws:iam::123456789012:role/deploy", configuration.getRoleArn());
        assertEquals("x", configuration.getExternalId());
        assertEquals(
                URI.create("http://127.0.0.1:5000"), configuration.endpointUrl().orElseThrow());
        assertTrue(configuration.allows("ops/deploy") && configuration.allows("web"));

        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);
        String text = exported.toString(StandardCharsets.UTF_8);
        for (String line : YAML.strip().lines().toList()) {
            assertTrue(text.contains(line.strip()), () -> line + " is not in\n" + text);
        }
    }

    @Test
    void formSavesEveryField(JenkinsRule jenkins) throws Exception {
        AmiDeployConfiguration configuration = AmiDeployConfiguration.get();
        configuration.setRegion("eu-central-1");
        configuration.setRoleArn("arn:aws:iam::123456789012:role/deploy");
        configuration.setExternalId("x");
        configuration.setEndpoint("https://cloud.example.com");
        configuration.setAllowedJobs("ops/*\nweb");
        HtmlPage page = jenkins.createWebClient().goTo("manage/aws/");
        HtmlForm form = page.getFormByName("config");
        form.getTextAreaByName("_.allowedJobs").setText("ops/**");
        jenkins.submit(form);

        assertEquals("eu-central-1", configuration.getRegion());
        assertEquals("arn:aws:iam::123456789012:role/deploy", configuration.getRoleArn());
        assertEquals("x", configuration.getExternalId());
        assertEquals("https://cloud.example.com", configuration.getEndpoint());
        assertEquals("ops/**", configuration.getAllowedJobs());
        assertNull(configuration.getCredentialsId());
    }

    @Test
    void endpointIsAWebAddress(JenkinsRule jenkins) {
        AmiDeployConfiguration configuration = AmiDeployConfiguration.get();
        assertThrows(Failure.class, () -> configuration.setEndpoint("file:///etc/passwd"));
        assertThrows(Failure.class, () -> configuration.setEndpoint("cloud.example.com"));
        assertEquals(FormValidation.Kind.ERROR, configuration.doCheckEndpoint("ftp://example.com").kind);
        assertEquals(FormValidation.Kind.OK, configuration.doCheckEndpoint("https://cloud.example.com").kind);
        configuration.setEndpoint(" ");
        assertNull(configuration.getEndpoint());
    }
}
