package io.jenkins.plugins.amideploy.freestyle;

import org.kohsuke.stapler.DataBoundSetter;

/** What all build steps that give an Auto Scaling group another image have in common. */
public abstract class GroupDeploymentBuilder extends DeploymentBuilder {
    public final String group;

    @DataBoundSetter
    public String warmup;

    @DataBoundSetter
    public String healthTimeout;

    @DataBoundSetter
    public String timeout;

    @DataBoundSetter
    public String alarms;

    @DataBoundSetter
    public String onFailure;

    @DataBoundSetter
    public boolean convertToLaunchTemplate;

    @DataBoundSetter
    public boolean plan;

    GroupDeploymentBuilder(String group) {
        this.group = group;
    }
}
