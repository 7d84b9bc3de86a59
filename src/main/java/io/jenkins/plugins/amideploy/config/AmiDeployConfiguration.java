package io.jenkins.plugins.amideploy.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.Failure;
import hudson.util.FormValidation;
import io.jenkins.plugins.aws.global_configuration.AbstractAwsGlobalConfiguration;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * What an administrator sets for all deployments: the region where a job names none, and the access to AWS that jobs
 * without credentials of their own may use, if they are named here.
 */
@Extension
@Symbol("amiDeploy")
public final class AmiDeployConfiguration extends AbstractAwsGlobalConfiguration implements AwsForm {
    private String region;
    private String credentialsId;
    private String roleArn;
    private String externalId;
    private String endpoint;
    private String allowedJobs;

    public AmiDeployConfiguration() {
        load();
    }

    public static AmiDeployConfiguration get() {
        return ExtensionList.lookupSingleton(AmiDeployConfiguration.class);
    }

    @Override
    public String getDisplayName() {
        return Messages.AmiDeployConfiguration_displayName();
    }

    public String getRegion() {
        return region;
    }

    @DataBoundSetter
    public void setRegion(String region) {
        this.region = Util.fixEmptyAndTrim(region);
        save();
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
        save();
    }

    public String getRoleArn() {
        return roleArn;
    }

    @DataBoundSetter
    public void setRoleArn(String roleArn) {
        this.roleArn = Util.fixEmptyAndTrim(roleArn);
        save();
    }

    public String getExternalId() {
        return externalId;
    }

    @DataBoundSetter
    public void setExternalId(String externalId) {
        this.externalId = Util.fixEmptyAndTrim(externalId);
        save();
    }

    public String getEndpoint() {
        return endpoint;
    }

    /** @throws Failure where it is no http or https URL */
    @DataBoundSetter
    public void setEndpoint(String endpoint) {
        String text = Util.fixEmptyAndTrim(endpoint);
        if (text != null && url(text).isEmpty()) {
            throw new Failure(Messages.AmiDeployConfiguration_noUrl(text));
        }
        this.endpoint = text;
        save();
    }

    /** See {@link AllowedJobs} for the patterns. */
    public String getAllowedJobs() {
        return allowedJobs;
    }

    @DataBoundSetter
    public void setAllowedJobs(String allowedJobs) {
        this.allowedJobs = Util.fixEmptyAndTrim(allowedJobs);
        save();
    }

    /** Whether that job may use the access given here. */
    boolean allows(String job) {
        return new AllowedJobs(Util.fixNull(allowedJobs)).contains(job);
    }

    /** The access given here, in the form in which a build gives its own. */
    AwsSettings settings() {
        return new AwsSettings(
                Util.fixNull(credentialsId), Util.fixNull(region), Util.fixNull(roleArn), Util.fixNull(externalId));
    }

    /** Where AWS is called instead of at its own endpoints. */
    Optional<URI> endpointUrl() {
        return endpoint == null ? Optional.empty() : url(endpoint);
    }

    @POST
    public FormValidation doCheckEndpoint(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        String text = Util.fixEmptyAndTrim(value);
        return text == null || url(text).isPresent()
                ? FormValidation.ok()
                : FormValidation.error(Messages.AmiDeployConfiguration_noUrl(text));
    }

    /** Tries what is filled in, saved or not; see {@link ConnectionTest}. */
    @POST
    public FormValidation doTestConnection(
            @QueryParameter String credentialsId,
            @QueryParameter String region,
            @QueryParameter String roleArn,
            @QueryParameter String externalId,
            @QueryParameter String endpoint)
            throws InterruptedException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        AwsSettings given = new AwsSettings(
                Util.fixNull(credentialsId).strip(),
                Util.fixNull(region).strip(),
                Util.fixNull(roleArn).strip(),
                Util.fixNull(externalId).strip());
        List<FormValidation> wrong = Stream.of(
                        given.region().isEmpty()
                                ? FormValidation.error(Messages.ConnectionTest_noRegion())
                                : doCheckRegion(null, given.region()),
                        doCheckRoleArn(null, given.roleArn()),
                        doCheckEndpoint(endpoint))
                .filter(check -> check.kind != FormValidation.Kind.OK)
                .toList();
        if (!wrong.isEmpty()) {
            return FormValidation.aggregate(wrong);
        }
        String text = Util.fixEmptyAndTrim(endpoint);
        return new ConnectionTest(given, text == null ? Optional.empty() : url(text)).run();
    }

    private static Optional<URI> url(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return web && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
