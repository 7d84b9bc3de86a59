package io.jenkins.plugins.amideploy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.util.FormValidation;
import io.jenkins.plugins.amideploy.core.wire.MotoServer;
import io.jenkins.plugins.amideploy.fake.FakeEndpoint;
import io.jenkins.plugins.amideploy.fake.FakeEndpoint.Answer;
import io.jenkins.plugins.amideploy.fake.FakeEndpoint.Call;
import io.jenkins.plugins.amideploy.fake.SimulatedRegion;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** "Test connection" on the administrator's page, over the wire. */
@WithJenkins
@Timeout(180)
class ConnectionTestTest {
    private static final String LATE = "has not answered within";
    private static final String ROLE = "arn:aws:iam::123456789012:role/ci/deploy";

    private JenkinsRule jenkins;

    @BeforeEach
    void addCredentials(JenkinsRule rule) throws Exception {
        jenkins = rule;
        CredentialsProvider.lookupStores(jenkins.jenkins)
                .iterator()
                .next()
                .addCredentials(
                        Domain.global(),
                        new AWSCredentialsImpl(CredentialsScope.SYSTEM, "deploy", "AKIA", "a-secret", ""));
    }

    private static FormValidation once(String endpoint) throws Exception {
        return AmiDeployConfiguration.get().doTestConnection("deploy", "eu-west-1", "", "", endpoint);
    }

    /** Asks again where this machine was too slow: the first call of all loads much of the SDK. */
    private static FormValidation test(String role, String externalId, String endpoint) throws Exception {
        FormValidation answer;
        do {
            answer = AmiDeployConfiguration.get().doTestConnection("deploy", "eu-west-1", role, externalId, endpoint);
        } while (answer.renderHtml().contains(LATE));
        return answer;
    }

    /** A caller who is that, and whose other calls are answered so. */
    private static FakeEndpoint aws(String arn, Function<Call, Answer> others) throws Exception {
        return new FakeEndpoint(call -> switch (call.action()) {
            case "GetCallerIdentity" ->
                Answer.of(call, "<Arn>" + arn + "</Arn><UserId>AIDA</UserId><Account>123456789012</Account>");
            case "AssumeRole" ->
                Answer.of(
                        call,
                        "<Credentials><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>s</SecretAccessKey>"
                                + "<SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>"
                                + "</Credentials>");
            default -> others.apply(call);
        });
    }

    private static Answer denied(Call call, String action) {
        return Answer.error(
                403,
                "AccessDenied",
                "User: me is not authorized to perform: " + action + " because no policy allows it");
    }

    /** IAM's answer where all that is asked about is allowed but for one action. */
    private static Answer simulate(Call call, String missing) {
        String results = call.parameters().entrySet().stream()
                .filter(parameter -> parameter.getKey().startsWith("ActionNames.member."))
                .map(parameter -> "<member><EvalActionName>" + parameter.getValue() + "</EvalActionName><EvalDecision>"
                        + (parameter.getValue().equals(missing) ? "implicitDeny" : "allowed")
                        + "</EvalDecision></member>")
                .collect(Collectors.joining());
        return Answer.of(
                call, "<IsTruncated>false</IsTruncated><EvaluationResults>" + results + "</EvaluationResults>");
    }

    @Test
    void iamTellsWhatIsMissing() throws Exception {
        String session = "arn:aws:sts::123456789012:assumed-role/deploy/ami-deploy@jenkins";
        try (FakeEndpoint aws = aws(session, call -> simulate(call, "ec2:CopyImage"))) {
            FormValidation answer = test(ROLE, "four eyes", aws.url().toString());
            assertEquals(FormValidation.Kind.WARNING, answer.kind);
            String text = answer.renderHtml();
            assertTrue(text.contains(session) && text.contains("123456789012"), text);
            assertTrue(text.contains("<code>rollingAmiDeploy</code>: all "), text);
            assertTrue(text.contains("<strong>Missing:</strong> <code>ec2:CopyImage</code>"), text);
            Call assume = aws.calls("AssumeRole").get(0);
            assertEquals(ROLE, assume.parameters().get("RoleArn"));
            assertEquals("four eyes", assume.parameters().get("ExternalId"));
            Call asked = aws.calls("SimulatePrincipalPolicy").get(0);
            assertEquals(
                    ROLE, asked.parameters().get("PolicySourceArn"), "the role's path is not in the session's ARN");
        }
    }

    @Test
    void allThatIsNeededIsAllowed() throws Exception {
        try (FakeEndpoint aws = aws("arn:aws:iam::123456789012:user/ci/deploy", call -> simulate(call, "none"))) {
            FormValidation answer = test("", "", aws.url().toString());
            assertEquals(FormValidation.Kind.OK, answer.kind, answer.renderHtml());
            assertEquals(0, aws.calls("AssumeRole").size());
        }
    }

    @Test
    void whereIamMayNotBeAskedHarmlessCallsTell() throws Exception {
        try (FakeEndpoint aws = aws("arn:aws:iam::123456789012:user/deploy", ConnectionTestTest::partly)) {
            FormValidation answer = test("", "", aws.url().toString());
            assertEquals(FormValidation.Kind.WARNING, answer.kind);
            String text = answer.renderHtml();
            assertTrue(text.contains("iam:SimulatePrincipalPolicy because no policy allows it"), text);
            assertTrue(
                    text.contains("<strong>Missing:</strong> <code>autoscaling:DescribeLifecycleHooks,"
                            + " ec2:CreateLaunchTemplate</code>"),
                    text);
            assertTrue(text.contains("could not be checked without changing something"), text);
            assertEquals(0, aws.calls("UpdateAutoScalingGroup").size());
            aws.calls("CreateLaunchTemplate")
                    .forEach(call -> assertEquals("true", call.parameters().get("DryRun")));
        }
    }

    private static Answer partly(Call call) {
        return switch (call.action()) {
            case "SimulatePrincipalPolicy" -> denied(call, "iam:SimulatePrincipalPolicy");
            case "DescribeLifecycleHooks" -> denied(call, "autoscaling:DescribeLifecycleHooks");
            case "CreateLaunchTemplate" ->
                Answer.ec2Error(403, "UnauthorizedOperation", "You are not authorized to perform this operation.");
            case "DescribeStacks" -> Answer.error(400, "ValidationError", "Stack with id x does not exist");
            default ->
                call.parameters().containsKey("DryRun")
                        ? Answer.ec2Error(
                                412, "DryRunOperation", "Request would have succeeded, but DryRun flag is set.")
                        : Answer.of(call, "");
        };
    }

    @Test
    void wrongCredentialsAreToldInAwssWords() throws Exception {
        try (FakeEndpoint aws = new FakeEndpoint(call ->
                Answer.error(403, "InvalidClientTokenId", "The security token included in the request is invalid."))) {
            FormValidation answer = test("", "", aws.url().toString());
            assertEquals(FormValidation.Kind.ERROR, answer.kind);
            assertTrue(answer.getMessage().contains("The security token included in the request is invalid"));
        }
    }

    @Test
    void roleThatMayNotBeAssumedIsTold() throws Exception {
        try (FakeEndpoint aws = new FakeEndpoint(call -> denied(call, "sts:AssumeRole"))) {
            FormValidation answer = test(ROLE, "wrong", aws.url().toString());
            assertEquals(FormValidation.Kind.ERROR, answer.kind);
            assertTrue(answer.getMessage().contains("sts:AssumeRole"), answer.getMessage());
            assertTrue(answer.getMessage().contains("trust policy"), answer.getMessage());
        }
    }

    @Test
    void serverThatDoesNotAnswerHoldsThePageForSecondsOnly() throws Exception {
        try (FakeEndpoint aws = new FakeEndpoint(call -> {
            try {
                Thread.sleep(Duration.ofMinutes(2).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Answer.of(call, "");
        })) {
            Instant before = Instant.now();
            FormValidation answer = once(aws.url().toString());
            assertEquals(FormValidation.Kind.ERROR, answer.kind);
            assertTrue(Duration.between(before, Instant.now()).toSeconds() < 30);
        }
    }

    @Test
    void whatIsWrongInTheFormIsToldFirst() throws Exception {
        FormValidation answer =
                AmiDeployConfiguration.get().doTestConnection("deploy", "", "role", "", "ftp://example.com");
        assertEquals(FormValidation.Kind.ERROR, answer.kind);
        String text = answer.renderHtml();
        assertTrue(text.contains("Region: fill one in") && text.contains("Not the ARN of a role"), text);
        assertTrue(text.contains("is not an http or https URL"), text);
    }

    @Test
    void simulatedRegionNeedsNoConnection() throws Exception {
        FormValidation answer = AmiDeployConfiguration.get().doTestConnection("", SimulatedRegion.NAME, "", "", "");
        assertEquals(FormValidation.Kind.OK, answer.kind);
    }

    @Test
    void buttonTestsWhatIsFilledInAndSavesNothing() throws Exception {
        try (FakeEndpoint aws = aws("arn:aws:iam::123456789012:user/deploy", call -> simulate(call, "none"));
                JenkinsRule.WebClient client = jenkins.createWebClient()) {
            HtmlPage page = client.goTo("manage/aws/");
            HtmlForm form = page.getFormByName("config");
            form.getSelectByName("_.credentialsId").setSelectedAttribute("deploy", true);
            form.getInputByName("_.region").setValue("eu-west-1");
            form.getInputByName("_.endpoint").setValue(aws.url().toString());
            HtmlButton button = form.getFirstByXPath(".//button[contains(., 'Test connection')]");
            do {
                button.click();
                client.waitForBackgroundJavaScript(20_000);
            } while (page.asNormalizedText().contains(LATE));
            assertTrue(page.asNormalizedText().contains("AWS accepts the credentials"), page.asNormalizedText());
            assertTrue(AmiDeployConfiguration.get().endpointUrl().isEmpty());
        }
    }

    /** moto has GetCallerIdentity and AssumeRole, and does not simulate policies. */
    @Nested
    class OnMoto {
        @RegisterExtension
        static final MotoServer MOTO = new MotoServer();

        @Test
        void testServerIsTried() throws Exception {
            FormValidation answer = test(ROLE, "x", MOTO.endpoint().toString());
            String text = answer.renderHtml();
            assertTrue(text.contains("arn:aws:sts::123456789012:assumed-role/"), text);
            assertTrue(text.contains("could not be checked"), text);
            assertFalse(text.contains("a-secret"), text);
        }
    }
}
