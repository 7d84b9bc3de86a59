package io.jenkins.plugins.amideploy.freestyle;

import hudson.Extension;
import io.jenkins.plugins.amideploy.config.BuildAmiForm;
import io.jenkins.plugins.amideploy.driver.BuildAmiProcedure;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Launches an instance, provisions it and makes an image of it. */
public final class BuildAmiBuilder extends AmiProvisionBuilder {
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
    public String imageTimeout;

    @DataBoundSetter
    public String copyTo;

    @DataBoundSetter
    public String shareWith;

    @DataBoundSetter
    public String shareWithOrganizations;

    @DataBoundSetter
    public String deprecateAfter;

    @DataBoundSetter
    public String imdsSupport;

    @DataBoundSetter
    public String keep;

    @DataBoundSetter
    public boolean skipIfExists;

    @DataBoundSetter
    public String onFailure;

    @DataBoundSetter
    public String timeout;

    @DataBoundSetter
    public boolean plan;

    @DataBoundConstructor
    public BuildAmiBuilder(String sourceAmi) {
        this.sourceAmi = sourceAmi;
    }

    @Override
    String variables() {
        return "AMI_BUILD_";
    }

    /** The build step in the list of build steps. */
    @Extension
    @Symbol("amiBuild")
    public static final class DescriptorImpl extends DeploymentBuilderDescriptor implements BuildAmiForm {
        public DescriptorImpl() {
            super(BuildAmiProcedure.NAME);
        }
    }
}
