package io.jenkins.plugins.amideploy.pipeline;

import hudson.Extension;
import io.jenkins.plugins.amideploy.config.RestoreForm;
import io.jenkins.plugins.amideploy.driver.RestoreProcedure;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code restoreAutoScalingGroup}: gives a group its sizes and processes back after a deployment that died. */
public final class RestoreAutoScalingGroupStep extends DeploymentStep {
    public final String group;

    @DataBoundSetter
    public boolean force;

    @DataBoundConstructor
    public RestoreAutoScalingGroupStep(String group) {
        this.group = group;
    }

    /** What the snippet generator and Pipeline know of the step. */
    @Extension
    public static final class DescriptorImpl extends DeploymentStepDescriptor implements RestoreForm {
        @Override
        public String getFunctionName() {
            return RestoreProcedure.NAME;
        }

        @Override
        public String getDisplayName() {
            return Messages.RestoreAutoScalingGroupStep_displayName();
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return false;
        }

        @Override
        boolean procedureChecksNames() {
            return false;
        }
    }
}
