package io.jenkins.plugins.amideploy.freestyle;

import hudson.Extension;
import io.jenkins.plugins.amideploy.config.RollingForm;
import io.jenkins.plugins.amideploy.driver.RollingProcedure;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Replaces the instances of an Auto Scaling group by ones with another image. */
public final class RollingAmiDeployBuilder extends GroupDeploymentBuilder {
    public final String ami;

    @DataBoundSetter
    public String batchSize;

    @DataBoundSetter
    public String minHealthyPercentage;

    @DataBoundSetter
    public boolean replaceMatching;

    @DataBoundSetter
    public String scaleInProtected;

    @DataBoundSetter
    public String standby;

    @DataBoundConstructor
    public RollingAmiDeployBuilder(String group, String ami) {
        super(group);
        this.ami = ami;
    }

    /** The build step in the list of build steps. */
    @Extension
    @Symbol("rollingAmiDeployment")
    public static final class DescriptorImpl extends DeploymentBuilderDescriptor implements RollingForm {
        public DescriptorImpl() {
            super(RollingProcedure.NAME);
        }
    }
}
