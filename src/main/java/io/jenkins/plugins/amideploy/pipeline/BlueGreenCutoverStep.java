package io.jenkins.plugins.amideploy.pipeline;

import hudson.Extension;
import io.jenkins.plugins.amideploy.config.BlueGreenForm;
import io.jenkins.plugins.amideploy.driver.BlueGreenProcedure;
import java.util.Map;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code blueGreenCutover}: moves traffic to a new group behind a new load balancer, then retires the old side. */
public final class BlueGreenCutoverStep extends GroupDeploymentStep {
    @DataBoundSetter
    public String ami;

    @DataBoundSetter
    public String loadBalancer;

    @DataBoundSetter
    public String mode;

    @DataBoundSetter
    public String recordName;

    @DataBoundSetter
    public String hostedZone;

    @DataBoundSetter
    public String dnsRoleArn;

    @DataBoundSetter
    public String listener;

    @DataBoundSetter
    public String steps;

    @DataBoundSetter
    public Integer interval;

    @DataBoundSetter
    public String prewarm;

    @DataBoundSetter
    public boolean bridge = true;

    @DataBoundSetter
    public Integer drainQuiet;

    @DataBoundSetter
    public Integer drainTimeout;

    @DataBoundSetter
    public String onDrainTimeout;

    @DataBoundSetter
    public boolean retireOld = true;

    @DataBoundSetter
    public Integer minSize;

    @DataBoundSetter
    public Integer desiredCapacity;

    @DataBoundSetter
    public Integer maxSize;

    @DataBoundConstructor
    public BlueGreenCutoverStep(String group) {
        super(group);
    }

    @Override
    Map<String, String> parameters() {
        Map<String, String> given = super.parameters();
        given.compute("bridge", (name, text) -> bridge ? null : "false");
        given.compute("retireOld", (name, text) -> retireOld ? null : "false");
        return given;
    }

    /** What the snippet generator and Pipeline know of the step. */
    @Extension
    public static final class DescriptorImpl extends DeploymentStepDescriptor implements BlueGreenForm {
        @Override
        public String getFunctionName() {
            return BlueGreenProcedure.NAME;
        }

        @Override
        public String getDisplayName() {
            return Messages.BlueGreenCutoverStep_displayName();
        }
    }
}
