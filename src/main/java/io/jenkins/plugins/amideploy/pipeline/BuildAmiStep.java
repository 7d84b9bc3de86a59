package io.jenkins.plugins.amideploy.pipeline;

import hudson.Extension;
import io.jenkins.plugins.amideploy.config.BuildAmiForm;
import io.jenkins.plugins.amideploy.driver.BuildAmiProcedure;
import java.util.Set;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code buildAmi}: launches an instance, provisions it and makes an image of it. */
public final class BuildAmiStep extends AmiProvisionStep {
    public final String sourceAmi;

    @DataBoundSetter
    public String name;

    @DataBoundSetter
    public String family;

    @DataBoundSetter
    public String description;

    @DataBoundSetter
    public String tags;

    @DataBoundSetter
    public boolean noReboot;

    @DataBoundSetter
    public Integer imageTimeout;

    @DataBoundSetter
    public String copyTo;

    @DataBoundSetter
    public String shareWith;

    @DataBoundSetter
    public String shareWithOrganizations;

    @DataBoundSetter
    public Integer deprecateAfter;

    @DataBoundSetter
    public String imdsSupport;

    @DataBoundSetter
    public Integer keep;

    @DataBoundSetter
    public boolean skipIfExists;

    @DataBoundSetter
    public String onFailure;

    @DataBoundSetter
    public Integer timeout;

    @DataBoundSetter
    public boolean plan;

    @DataBoundConstructor
    public BuildAmiStep(String sourceAmi) {
        this.sourceAmi = sourceAmi;
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
