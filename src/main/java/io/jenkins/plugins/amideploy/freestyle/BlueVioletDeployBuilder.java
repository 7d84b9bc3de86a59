package io.jenkins.plugins.amideploy.freestyle;

import hudson.Extension;
import io.jenkins.plugins.amideploy.config.BlueVioletForm;
import io.jenkins.plugins.amideploy.driver.BlueVioletProcedure;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Puts a group with another image beside the live one, behind the same balancers, then retires the old one. */
public final class BlueVioletDeployBuilder extends GroupDeploymentBuilder {
    @DataBoundSetter
    public String ami;

    @DataBoundSetter
    public boolean terminateRelative = true;

    @DataBoundSetter
    public String keepOld;

    @DataBoundSetter
    public String bake;

    @DataBoundSetter
    public String minSize;

    @DataBoundSetter
    public String desiredCapacity;

    @DataBoundSetter
    public String maxSize;

    @DataBoundConstructor
    public BlueVioletDeployBuilder(String group) {
        super(group);
    }

    @Override
    Map<String, String> parameters() {
        Map<String, String> given = super.parameters();
        given.compute("terminateRelative", (name, text) -> terminateRelative ? null : "false");
        return given;
    }

    /** The build step in the list of build steps. */
    @Extension
    @Symbol("blueVioletDeployment")
    public static final class DescriptorImpl extends DeploymentBuilderDescriptor implements BlueVioletForm {
        public DescriptorImpl() {
            super(BlueVioletProcedure.NAME);
        }
    }
}
