package io.jenkins.plugins.amideploy.pipeline;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.amideploy.config.BuildAmiForm;
import io.jenkins.plugins.amideploy.driver.BuildAmiProcedure;
import java.util.Map;
import java.util.Set;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code buildAmi}: launches an instance, provisions it and makes an image of it. */
public final class BuildAmiStep extends AmiProvisionStep {
    private final String sourceAmi;
    private String name;
    private String family;
    private String description;
    private String tags;
    private boolean noReboot;
    private Integer imageTimeout;
    private String copyTo;
    private String shareWith;
    private String shareWithOrganizations;
    private Integer deprecateAfter;
    private String imdsSupport;
    private Integer keep;
    private boolean skipIfExists;
    private String onFailure;
    private Integer timeout;
    private boolean plan;

    @DataBoundConstructor
    public BuildAmiStep(String sourceAmi) {
        this.sourceAmi = Util.fixEmptyAndTrim(sourceAmi);
    }

    @Override
    String procedure() {
        return BuildAmiProcedure.NAME;
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
        given.put("imageTimeout", text(imageTimeout));
        given.put("copyTo", copyTo);
        given.put("shareWith", shareWith);
        given.put("shareWithOrganizations", shareWithOrganizations);
        given.put("deprecateAfter", text(deprecateAfter));
        given.put("imdsSupport", imdsSupport);
        given.put("keep", text(keep));
        given.put("skipIfExists", text(skipIfExists));
        given.put("onFailure", onFailure);
        given.put("timeout", text(timeout));
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

    public Integer getImageTimeout() {
        return imageTimeout;
    }

    @DataBoundSetter
    public void setImageTimeout(Integer imageTimeout) {
        this.imageTimeout = imageTimeout;
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

    public Integer getDeprecateAfter() {
        return deprecateAfter;
    }

    @DataBoundSetter
    public void setDeprecateAfter(Integer deprecateAfter) {
        this.deprecateAfter = deprecateAfter;
    }

    public String getImdsSupport() {
        return imdsSupport;
    }

    @DataBoundSetter
    public void setImdsSupport(String imdsSupport) {
        this.imdsSupport = Util.fixEmptyAndTrim(imdsSupport);
    }

    public Integer getKeep() {
        return keep;
    }

    @DataBoundSetter
    public void setKeep(Integer keep) {
        this.keep = keep;
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

    public Integer getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(Integer timeout) {
        this.timeout = timeout;
    }

    public boolean isPlan() {
        return plan;
    }

    @DataBoundSetter
    public void setPlan(boolean plan) {
        this.plan = plan;
    }

    /** What the snippet generator and Pipeline know of the step. */
    @Extension
    public static final class DescriptorImpl extends DeploymentStepDescriptor implements BuildAmiForm {
        /** Parameters with commas of their own. */
        private static final Set<String> LINES = Set.of("commands", "tags", "runTags");

        @Override
        public String getFunctionName() {
            return BuildAmiProcedure.NAME;
        }

        @Override
        public String getDisplayName() {
            return Messages.BuildAmiStep_displayName();
        }

        @Override
        String separator(String parameter) {
            return LINES.contains(parameter) ? "\n" : ",";
        }
    }
}
