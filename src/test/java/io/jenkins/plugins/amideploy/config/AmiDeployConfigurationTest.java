package io.jenkins.plugins.amideploy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Failure;
import hudson.util.FormValidation;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.beans.Introspector;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.DataBoundSetter;
import org.yaml.snakeyaml.Yaml;

@WithJenkins
class AmiDeployConfigurationTest {
    private static final Path EXAMPLE = Path.of("docs/examples/jcasc.yaml");

    /** What a file, or an export, says of this plugin. */
    private static Map<?, ?> ours(String yaml) {
        Map<?, ?> all = new Yaml().load(yaml);
        return (Map<?, ?>) ((Map<?, ?>) all.get("aws")).get("amiDeploy");
    }

    private static String export() throws Exception {
        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);
        return exported.toString(StandardCharsets.UTF_8);
    }

    @Test
    void exampleOfConfigurationAsCodeSetsEveryField(JenkinsRule jenkins) throws Exception {
        Set<String> fields = Arrays.stream(AmiDeployConfiguration.class.getMethods())
                .filter(method -> method.isAnnotationPresent(DataBoundSetter.class))
                .map(method -> Introspector.decapitalize(method.getName().substring("set".length())))
                .collect(Collectors.toSet());
        assertEquals(fields, ours(Files.readString(EXAMPLE)).keySet());

        ConfigurationAsCode.get().configure(EXAMPLE.toString());
        AmiDeployConfiguration configuration = AmiDeployConfiguration.get();
        assertEquals("eu-central-1", configuration.getRegion());
        assertEquals("aws-deploy", configuration.getCredentialsId());
        assertEquals("arn:aws:iam::123456789012:role/ami-deploy", configuration.getRoleArn());
        assertEquals("jenkins-production", configuration.getExternalId());
        assertEquals(
                URI.create("https://cloud.example.com"),
                configuration.endpointUrl().orElseThrow());
        assertTrue(configuration.allows("ops/web/deploy") && configuration.allows("web/deploy-eu"));
        assertFalse(configuration.allows("web/build"));
        assertTrue(configuration.doFillCredentialsIdItems(null, "").stream()
                .anyMatch(option -> option.value.equals("aws-deploy")));
    }

    @Test
    void exportIsWhatWasImported(JenkinsRule jenkins, @TempDir Path directory) throws Exception {
        ConfigurationAsCode.get().configure(EXAMPLE.toString());
        Map<?, ?> exported = ours(export());
        assertEquals(ours(Files.readString(EXAMPLE)), exported);

        AmiDeployConfiguration configuration = AmiDeployConfiguration.get();
        configuration.setRegion("");
        configuration.setCredentialsId("");
        configuration.setRoleArn("");
        configuration.setExternalId("");
        configuration.setAllowedJobs("");
        configuration.setEndpoint("");
        Path again = Files.writeString(
                directory.resolve("again.yaml"), new Yaml().dump(Map.of("aws", Map.of("amiDeploy", exported))));
        ConfigurationAsCode.get().configure(again.toString());
        assertEquals(exported, ours(export()));
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
