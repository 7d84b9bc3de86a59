package io.jenkins.plugins.amideploy.pipeline;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.amideploy.config.BlueVioletForm;
import io.jenkins.plugins.amideploy.driver.BlueVioletProcedure;
import java.util.Map;
import java.util.TreeMap;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code blueVioletDeploy}: puts a group with another image beside the live one, then retires the old one. */
public final class BlueVioletDeployStep extends DeploymentStep {
    private final String group;
    private String ami;
    private boolean terminateRelative = true;
    private String keepOld;
    private Integer warmup;
    private Integer bake;
    private Integer healthTimeout;
    private Integer timeout;
    private String alarms;
    private String onFailure;
    private Integer minSize;
    private Integer desiredCapacity;
    private Integer maxSize;
    private boolean convertToLaunchTemplate;
    private boolean plan;

    @DataBoundConstructor
    public BlueVioletDeployStep(String group) {
        this.group = Util.fixEmptyAndTrim(group);
    }

    @Override
    String procedure() {
        return BlueVioletProcedure.NAME;
    }

    @Override
    Map<String, String> parameters() {
        Map<String, String> given = new TreeMap<>();
        given.put("group", group);
        given.put("ami", ami);
        given.put("terminateRelative", terminateRelative ? null : "false");
        given.put("keepOld", keepOld);
        given.put("warmup", text(warmup));
        given.put("bake", text(bake));
        given.put("healthTimeout", text(healthTimeout));
        given.put("timeout", text(timeout));
        given.put("alarms", alarms);
        given.put("onFailure", onFailure);
        given.put("minSize", text(minSize));
        given.put("desiredCapacity", text(desiredCapacity));
        given.put("maxSize", text(maxSize));
        given.put("convertToLaunchTemplate", text(convertToLaunchTemplate));
        given.put("plan", text(plan));
        return given;
    }

    public String getGroup() {
        return group;
    }

    public String getAmi() {
        return ami;
    }

    @DataBoundSetter
    public void setAmi(String ami) {
        this.ami = Util.fixEmptyAndTrim(ami);
    }

    public boolean isTerminateRelative() {
        return terminateRelative;
    }

    @DataBoundSetter
    public void setTerminateRelative(boolean terminateRelative) {
        this.terminateRelative = terminateRelative;
    }

    public String getKeepOld() {
        return keepOld;
    }

    @DataBoundSetter
    public void setKeepOld(String keepOld) {
        this.keepOld = Util.fixEmptyAndTrim(keepOld);
    }

    public Integer getWarmup() {
        return warmup;
    }

    @DataBoundSetter
    public void setWarmup(Integer warmup) {
        this.warmup = warmup;
    }

    public Integer getBake() {
        return bake;
    }

    @DataBoundSetter
    public void setBake(Integer bake) {
        this.bake = bake;
    }

    public Integer getHealthTimeout() {
        return healthTimeout;
    }

    @DataBoundSetter
    public void setHealthTimeout(Integer healthTimeout) {
        this.healthTimeout = healthTimeout;
    }

    public Integer getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(Integer timeout) {
        this.timeout = timeout;
    }

    public String getAlarms() {
        return alarms;
    }

    @DataBoundSetter
    public void setAlarms(String alarms) {
        this.alarms = Util.fixEmptyAndTrim(alarms);
    }

    public String getOnFailure() {
        return onFailure;
    }

    @DataBoundSetter
    public void setOnFailure(String onFailure) {
        this.onFailure = Util.fixEmptyAndTrim(onFailure);
    }

    public Integer getMinSize() {
        return minSize;
    }

    @DataBoundSetter
    public void setMinSize(Integer minSize) {
        this.minSize = minSize;
    }

    public Integer getDesiredCapacity() {
        return desiredCapacity;
    }

    @DataBoundSetter
    public void setDesiredCapacity(Integer desiredCapacity) {
        this.desiredCapacity = desiredCapacity;
    }

    public Integer getMaxSize() {
        return maxSize;
    }

    @DataBoundSetter
    public void setMaxSize(Integer maxSize) {
        this.maxSize = maxSize;
    }

    public boolean isConvertToLaunchTemplate() {
        return convertToLaunchTemplate;
    }

    @DataBoundSetter
    public void setConvertToLaunchTemplate(boolean convertToLaunchTemplate) {
        this.convertToLaunchTemplate = convertToLaunchTemplate;
    }

    public boolean isPlan() {
        return plan;
    }

    @DataBoundSetter
    public void setPlan(boolean plan) {
        this.plan = plan;
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
