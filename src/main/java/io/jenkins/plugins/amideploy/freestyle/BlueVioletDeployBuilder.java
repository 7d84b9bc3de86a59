package io.jenkins.plugins.amideploy.freestyle;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractProject;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.amideploy.config.BlueVioletForm;
import io.jenkins.plugins.amideploy.driver.BlueVioletProcedure;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Puts a group with another image beside the live one, behind the same balancers, then retires the old one. */
public final class BlueVioletDeployBuilder extends DeploymentBuilder {
    private final String group;
    private String ami;
    private boolean terminateRelative = true;
    private String keepOld;
    private String warmup;
    private String bake;
    private String healthTimeout;
    private String timeout;
    private String alarms;
    private String onFailure;
    private String minSize;
    private String desiredCapacity;
    private String maxSize;
    private boolean convertToLaunchTemplate;
    private boolean plan;

    @DataBoundConstructor
    public BlueVioletDeployBuilder(String group) {
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
        given.put("warmup", warmup);
        given.put("bake", bake);
        given.put("healthTimeout", healthTimeout);
        given.put("timeout", timeout);
        given.put("alarms", alarms);
        given.put("onFailure", onFailure);
        given.put("minSize", minSize);
        given.put("desiredCapacity", desiredCapacity);
        given.put("maxSize", maxSize);
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

    public String getWarmup() {
        return warmup;
    }

    @DataBoundSetter
    public void setWarmup(String warmup) {
        this.warmup = Util.fixEmptyAndTrim(warmup);
    }

    public String getBake() {
        return bake;
    }

    @DataBoundSetter
    public void setBake(String bake) {
        this.bake = Util.fixEmptyAndTrim(bake);
    }

    public String getHealthTimeout() {
        return healthTimeout;
    }

    @DataBoundSetter
    public void setHealthTimeout(String healthTimeout) {
        this.healthTimeout = Util.fixEmptyAndTrim(healthTimeout);
    }

    public String getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(String timeout) {
        this.timeout = Util.fixEmptyAndTrim(timeout);
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

    public String getMinSize() {
        return minSize;
    }

    @DataBoundSetter
    public void setMinSize(String minSize) {
        this.minSize = Util.fixEmptyAndTrim(minSize);
    }

    public String getDesiredCapacity() {
        return desiredCapacity;
    }

    @DataBoundSetter
    public void setDesiredCapacity(String desiredCapacity) {
        this.desiredCapacity = Util.fixEmptyAndTrim(desiredCapacity);
    }

    public String getMaxSize() {
        return maxSize;
    }

    @DataBoundSetter
    public void setMaxSize(String maxSize) {
        this.maxSize = Util.fixEmptyAndTrim(maxSize);
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

    /** The build step in the list of build steps. */
    @Extension
    @Symbol("blueVioletDeployment")
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> implements BlueVioletForm {
        @Override
        public String getDisplayName() {
            return Messages.BlueVioletDeployBuilder_displayName();
        }

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        /** The fields mean what they mean in the step, and are explained once. */
        @Override
        public String getHelpFile(String field) {
            StepDescriptor step = StepDescriptor.byFunctionName(BlueVioletProcedure.NAME);
            return step == null ? null : step.getHelpFile(field);
        }
    }
}
