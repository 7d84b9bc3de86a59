package io.jenkins.plugins.amideploy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider.FolderCredentialsProperty;
import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.model.ModifiableTopLevelItemGroup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

@WithJenkins
class GrantsTest {
    private static final AwsSettings NOTHING = new AwsSettings("", "eu-central-1", "", "");
    private static final String ROLE = "arn:aws:iam::123456789012:role/deploy";

    private JenkinsRule jenkins;
    private AmiDeployConfiguration configuration;
    private Grants grants;

    @BeforeEach
    void keep(JenkinsRule rule) {
        jenkins = rule;
        configuration = AmiDeployConfiguration.get();
        grants = new Grants(configuration, AnonymousCredentialsProvider.create());
    }

    private FreeStyleBuild build(ModifiableTopLevelItemGroup parent, String job) throws Exception {
        return jenkins.buildAndAssertSuccess((FreeStyleProject) parent.createProject(
                jenkins.jenkins.getDescriptorByType(FreeStyleProject.DescriptorImpl.class), job, true));
    }

    private BuildReference build(String job) throws Exception {
        return BuildReference.of(build(jenkins.jenkins, job));
    }

    private static AWSCredentialsImpl keys(CredentialsScope scope, String id, String key) {
        return new AWSCredentialsImpl(scope, id, key, "secret", "");
    }

    private static void addGlobally(AWSCredentialsImpl credentials) throws Exception {
        CredentialsProvider.lookupStores(Jenkins.get()).iterator().next().addCredentials(Domain.global(), credentials);
    }

    private static String keyOf(Grant grant) {
        return grant.credentials().resolveCredentials().accessKeyId();
    }

    private String refusal(AwsSettings wanted, BuildReference build) {
        SdkClientException e = assertThrows(SdkClientException.class, () -> grants.grant(wanted, build));
        assertEquals(AwsFailure.Kind.CREDENTIALS, AwsFailure.of(e).kind(), "can be mended while the deployment waits");
        return e.getMessage();
    }

    @Test
    void jobUsesTheCredentialsItNames() throws Exception {
        addGlobally(keys(CredentialsScope.GLOBAL, "aws", "AKIAGLOBAL"));
        Grant grant = grants.grant(new AwsSettings("aws", "eu-central-1", ROLE, "x"), build("any"));
        assertEquals("AKIAGLOBAL", keyOf(grant));
        assertEquals(ROLE, grant.role());
        assertEquals("x", grant.externalId());
    }

    @Test
    void credentialsOfAFolderAreForItsJobsOnly() throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "ops");
        folder.addProperty(new FolderCredentialsProperty(List.of(keys(CredentialsScope.GLOBAL, "aws", "AKIAFOLDER"))));
        AwsSettings named = new AwsSettings("aws", "eu-central-1", "", "");

        assertEquals("AKIAFOLDER", keyOf(grants.grant(named, BuildReference.of(build(folder, "in")))));
        assertTrue(refusal(named, build("out")).contains("the job 'out' may use no AWS credentials with the id 'aws'"));
    }

    @Test
    void administratorsSystemCredentialsCannotBeNamedByAJob() throws Exception {
        addGlobally(keys(CredentialsScope.SYSTEM, "admin", "AKIASYSTEM"));
        configuration.setCredentialsId("admin");
        configuration.setAllowedJobs("other");
        assertTrue(refusal(new AwsSettings("admin", "eu-central-1", "", ""), build("job"))
                .contains("may use no AWS credentials with the id 'admin'"));
    }

    @Test
    void administratorsCredentialsAreForAllowedJobs() throws Exception {
        addGlobally(keys(CredentialsScope.SYSTEM, "admin", "AKIASYSTEM"));
        configuration.setCredentialsId("admin");
        configuration.setRoleArn(ROLE);
        BuildReference web = build("web");
        assertTrue(refusal(NOTHING, web).contains("is not among the jobs that may use the administrator's"));

        configuration.setAllowedJobs("web");
        Grant grant = grants.grant(NOTHING, web);
        assertEquals("AKIASYSTEM", keyOf(grant));
        assertEquals(ROLE, grant.role());
        assertTrue(refusal(NOTHING, build("web2")).contains("'web2'"));
    }

    @Test
    void administratorsRoleCannotBeEscaped() throws Exception {
        configuration.setRoleArn(ROLE);
        configuration.setAllowedJobs("**");
        AwsSettings other = new AwsSettings("", "eu-central-1", ROLE + "-of-others", "");
        assertTrue(refusal(other, build("web")).contains("are for the role " + ROLE + " alone"));
        assertEquals(
                ROLE,
                grants.grant(new AwsSettings("", "eu-central-1", ROLE, ""), build("web2"))
                        .role());
    }

    @Test
    void controllersOwnIdentityIsForAllowedJobs() throws Exception {
        assertTrue(refusal(NOTHING, build("web")).contains("names none"));
        configuration.setAllowedJobs("web2");
        assertEquals(
                "the controller's own", grants.grant(NOTHING, build("web2")).identity());
    }

    @Test
    void deletedBuildUsesWhatItsJobMayUse() throws Exception {
        addGlobally(keys(CredentialsScope.GLOBAL, "aws", "AKIAGLOBAL"));
        FreeStyleBuild build = build(jenkins.jenkins, "web");
        BuildReference reference = BuildReference.of(build);
        build.delete();
        assertEquals("AKIAGLOBAL", keyOf(grants.grant(new AwsSettings("aws", "eu-central-1", "", ""), reference)));
    }

    @Test
    void changedCredentialsHaveAnotherIdentity() throws Exception {
        AWSCredentialsImpl before = keys(CredentialsScope.GLOBAL, "aws", "AKIAOLD");
        addGlobally(before);
        AwsSettings named = new AwsSettings("aws", "eu-central-1", "", "");
        BuildReference build = build("web");
        Object identity = grants.grant(named, build).identity();
        assertEquals(identity, grants.grant(named, build).identity());

        CredentialsProvider.lookupStores(Jenkins.get())
                .iterator()
                .next()
                .updateCredentials(Domain.global(), before, keys(CredentialsScope.GLOBAL, "aws", "AKIANEW"));
        assertNotEquals(identity, grants.grant(named, build).identity());
        assertEquals("AKIANEW", keyOf(grants.grant(named, build)));
    }

    @Test
    void credentialsWithoutKeysAreRefusedInWords() throws Exception {
        addGlobally(new AWSCredentialsImpl(CredentialsScope.GLOBAL, "blank", "", "", ""));
        Grant grant = grants.grant(new AwsSettings("blank", "eu-central-1", "", ""), build("web"));
        SdkClientException e =
                assertThrows(SdkClientException.class, () -> grant.credentials().resolveCredentials());
        assertTrue(e.getMessage().contains("'blank' has no access key"));
    }
}
