package io.jenkins.plugins.amideploy.pipeline;

import org.kohsuke.stapler.DataBoundSetter;

/** What all steps that give an Auto Scaling group another image have in common. */
public abstract class GroupDeploymentStep extends DeploymentStep {
    public final String group;

    @DataBoundSetter
    public Integer warmup;

    @DataBoundSetter
    public Integer healthTimeout;

    @DataBoundSetter
    public Integer timeout;

    @DataBoundSetter
    public String alarms;

    @DataBoundSetter
    public String onFailure;

    @DataBoundSetter
    public boolean convertToLaunchTemplate;

    @DataBoundSetter
    public boolean plan;

    GroupDeploymentStep(String group) {
        this.group = group;
    }
}
