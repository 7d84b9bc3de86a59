package io.jenkins.plugins.amideploy.freestyle;

import hudson.Extension;
import io.jenkins.plugins.amideploy.config.BlueGreenForm;
import io.jenkins.plugins.amideploy.driver.BlueGreenProcedure;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Moves traffic to a new group behind a new load balancer, then retires the old side. */
public final class BlueGreenCutoverBuilder extends GroupDeploymentBuilder {
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
    public String interval;

    @DataBoundSetter
    public String prewarm;

    @DataBoundSetter
    public boolean bridge = true;

    @DataBoundSetter
    public String drainQuiet;

    @DataBoundSetter
    public String drainTimeout;

    @DataBoundSetter
    public String onDrainTimeout;

    @DataBoundSetter
    public boolean retireOld = true;

    @DataBoundSetter
    public String minSize;

    @DataBoundSetter
    public String desiredCapacity;

    @DataBoundSetter
    public String maxSize;

    @DataBoundConstructor
    public BlueGreenCutoverBuilder(String group) {
        super(group);
    }

    @Override
    Map<String, String> parameters() {
        Map<String, String> given = super.parameters();
        given.compute("bridge", (name, text) -> bridge ? null : "false");
        given.compute("retireOld", (name, text) -> retireOld ? null : "false");
        return given;
    }

    /** The build step in the list of build steps. */
    @Extension
    @Symbol("blueGreenCutoverDeployment")
    public static final class DescriptorImpl extends DeploymentBuilderDescriptor implements BlueGreenForm {
        public DescriptorImpl() {
            super(BlueGreenProcedure.NAME);
        }
    }
}
