package io.jenkins.plugins.amideploy.freestyle;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractProject;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.amideploy.config.BuildAmiForm;
import io.jenkins.plugins.amideploy.driver.BuildAmiProcedure;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Launches an instance, provisions it and makes an image of it. */
public final class BuildAmiBuilder extends AmiProvisionBuilder {
    private final String sourceAmi;
    private String name;
    private String family;
    private String description;
    private String tags;
    private boolean noReboot;
    private String imageTimeout;
    private String copyTo;
    private String shareWith;
    private String shareWithOrganizations;
    private String deprecateAfter;
    private String imdsSupport;
    private String keep;
    private boolean skipIfExists;
    private String onFailure;
    private String timeout;
    private boolean plan;

    @DataBoundConstructor
    public BuildAmiBuilder(String sourceAmi) {
        this.sourceAmi = Util.fixEmptyAndTrim(sourceAmi);
    }

    @Override
    String procedure() {
        return BuildAmiProcedure.NAME;
    }

    @Override
    String variables() {
        return "AMI_BUILD_";
    }

    @Override
    Map<String, String> parameters() {
        Map<String, String> given = super.parameters();
        given.put("sourceAmi", sourceAmi);
        given.put("name", name);
        given.put("family", family);
        given.put("description", description);
        given.put("tags", tags);
        given.put("noReboot", text(noReboot));
        given.put("imageTimeout", imageTimeout);
        given.put("copyTo", copyTo);
        given.put("shareWith", shareWith);
        given.put("shareWithOrganizations", shareWithOrganizations);
        given.put("deprecateAfter", deprecateAfter);
        given.put("imdsSupport", imdsSupport);
        given.put("keep", keep);
        given.put("skipIfExists", text(skipIfExists));
        given.put("onFailure", onFailure);
        given.put("timeout", timeout);
        given.put("plan", text(plan));
        return given;
    }

    public String getSourceAmi() {
        return sourceAmi;
    }

    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    public String getFamily() {
        return family;
    }

    @DataBoundSetter
    public void setFamily(String family) {
        this.family = Util.fixEmptyAndTrim(family);
    }

    public String getDescription() {
        return description;
    }

    @DataBoundSetter
    public void setDescription(String description) {
        this.description = Util.fixEmptyAndTrim(description);
    }

    public String getTags() {
        return tags;
    }

    @DataBoundSetter
    public void setTags(String tags) {
        this.tags = Util.fixEmptyAndTrim(tags);
    }

    public boolean isNoReboot() {
        return noReboot;
    }

    @DataBoundSetter
    public void setNoReboot(boolean noReboot) {
        this.noReboot = noReboot;
    }

    public String getImageTimeout() {
        return imageTimeout;
    }

    @DataBoundSetter
    public void setImageTimeout(String imageTimeout) {
        this.imageTimeout = Util.fixEmptyAndTrim(imageTimeout);
    }

    public String getCopyTo() {
        return copyTo;
    }

    @DataBoundSetter
    public void setCopyTo(String copyTo) {
        this.copyTo = Util.fixEmptyAndTrim(copyTo);
    }

    public String getShareWith() {
        return shareWith;
    }

    @DataBoundSetter
    public void setShareWith(String shareWith) {
        this.shareWith = Util.fixEmptyAndTrim(shareWith);
    }

    public String getShareWithOrganizations() {
        return shareWithOrganizations;
    }

    @DataBoundSetter
    public void setShareWithOrganizations(String shareWithOrganizations) {
        this.shareWithOrganizations = Util.fixEmptyAndTrim(shareWithOrganizations);
    }

    public String getDeprecateAfter() {
        return deprecateAfter;
    }

    @DataBoundSetter
    public void setDeprecateAfter(String deprecateAfter) {
        this.deprecateAfter = Util.fixEmptyAndTrim(deprecateAfter);
    }

    public String getImdsSupport() {
        return imdsSupport;
    }

    @DataBoundSetter
    public void setImdsSupport(String imdsSupport) {
        this.imdsSupport = Util.fixEmptyAndTrim(imdsSupport);
    }

    public String getKeep() {
        return keep;
    }

    @DataBoundSetter
    public void setKeep(String keep) {
        this.keep = Util.fixEmptyAndTrim(keep);
    }

    public boolean isSkipIfExists() {
        return skipIfExists;
    }

    @DataBoundSetter
    public void setSkipIfExists(boolean skipIfExists) {
        this.skipIfExists = skipIfExists;
    }

    public String getOnFailure() {
        return onFailure;
    }

    @DataBoundSetter
    public void setOnFailure(String onFailure) {
        this.onFailure = Util.fixEmptyAndTrim(onFailure);
    }

    public String getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(String timeout) {
        this.timeout = Util.fixEmptyAndTrim(timeout);
    }

    public boolean isPlan() {
        return plan;
    }

    @DataBoundSetter
    public void setPlan(boolean plan) {
        this.plan = plan;
    }

    /** The build step in the list of build steps. */
    @Extension
    @Symbol("amiBuild")
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> implements BuildAmiForm {
        @Override
        public String getDisplayName() {
            return Messages.BuildAmiBuilder_displayName();
        }

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        /** The fields mean what they mean in the step, and are explained once. */
        @Override
        public String getHelpFile(String field) {
            StepDescriptor step = StepDescriptor.byFunctionName(BuildAmiProcedure.NAME);
            return step == null ? null : step.getHelpFile(field);
        }
    }
}
