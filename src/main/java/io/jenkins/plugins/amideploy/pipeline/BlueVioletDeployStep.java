package io.jenkins.plugins.amideploy.pipeline;

import hudson.Extension;
import io.jenkins.plugins.amideploy.config.BlueVioletForm;
import io.jenkins.plugins.amideploy.driver.BlueVioletProcedure;
import java.util.Map;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code blueVioletDeploy}: puts a group with another image beside the live one, then retires the old one. */
public final class BlueVioletDeployStep extends GroupDeploymentStep {
    @DataBoundSetter
    public String ami;

    @DataBoundSetter
    public boolean terminateRelative = true;

    @DataBoundSetter
    public String keepOld;

    @DataBoundSetter
    public Integer bake;

    @DataBoundSetter
    public Integer minSize;

    @DataBoundSetter
    public Integer desiredCapacity;

    @DataBoundSetter
    public Integer maxSize;

    @DataBoundConstructor
    public BlueVioletDeployStep(String group) {
        super(group);
    }

    @Override
    Map<String, String> parameters() {
        Map<String, String> given = super.parameters();
        given.compute("terminateRelative", (name, text) -> terminateRelative ? null : "false");
        return given;
    }

    /** What the snippet generator and Pipeline know of the step. */
    @Extension
    public static final class DescriptorImpl extends DeploymentStepDescriptor implements BlueVioletForm {
        @Override
        public String getFunctionName() {
            return BlueVioletProcedure.NAME;
        }

        @Override
        public String getDisplayName() {
            return Messages.BlueVioletDeployStep_displayName();
        }
    }
}
