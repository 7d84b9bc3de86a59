package io.jenkins.plugins.amideploy.pipeline;

import hudson.Extension;
import io.jenkins.plugins.amideploy.config.RollingForm;
import io.jenkins.plugins.amideploy.driver.RollingProcedure;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code rollingAmiDeploy}: replaces the instances of an Auto Scaling group by ones with another image. */
public final class RollingAmiDeployStep extends GroupDeploymentStep {
    public final String ami;

    @DataBoundSetter
    public String batchSize;

    @DataBoundSetter
    public Integer minHealthyPercentage;

    @DataBoundSetter
    public String checkpoints;

    @DataBoundSetter
    public boolean replaceMatching;

    @DataBoundSetter
    public String scaleInProtected;

    @DataBoundSetter
    public String standby;

    @DataBoundConstructor
    public RollingAmiDeployStep(String group, String ami) {
        super(group);
        this.ami = ami;
    }

    /** What the snippet generator and Pipeline know of the step. */
    @Extension
    public static final class DescriptorImpl extends DeploymentStepDescriptor implements RollingForm {
        @Override
        public String getFunctionName() {
            return RollingProcedure.NAME;
        }

        @Override
        public String getDisplayName() {
            return Messages.RollingAmiDeployStep_displayName();
        }
    }
}
