package io.jenkins.plugins.amideploy.pipeline;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.amideploy.config.RollingForm;
import io.jenkins.plugins.amideploy.driver.RollingProcedure;
import java.util.Map;
import java.util.TreeMap;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code rollingAmiDeploy}: replaces the instances of an Auto Scaling group by ones with another image. */
public final class RollingAmiDeployStep extends DeploymentStep {
    private final String group;
    private final String ami;
    private String batchSize;
    private Integer minHealthyPercentage;
    private Integer warmup;
    private Integer healthTimeout;
    private Integer timeout;
    private String checkpoints;
    private String alarms;
    private String onFailure;
    private boolean replaceMatching;
    private String scaleInProtected;
    private String standby;
    private boolean convertToLaunchTemplate;
    private boolean plan;

    @DataBoundConstructor
    public RollingAmiDeployStep(String group, String ami) {
        this.group = Util.fixEmptyAndTrim(group);
        this.ami = Util.fixEmptyAndTrim(ami);
    }

    @Override
    String procedure() {
        return RollingProcedure.NAME;
    }

    @Override
    Map<String, String> parameters() {
        Map<String, String> given = new TreeMap<>();
        given.put("group", group);
        given.put("ami", ami);
        given.put("batchSize", batchSize);
        given.put("minHealthyPercentage", text(minHealthyPercentage));
        given.put("warmup", text(warmup));
        given.put("healthTimeout", text(healthTimeout));
        given.put("timeout", text(timeout));
        given.put("checkpoints", checkpoints);
        given.put("alarms", alarms);
        given.put("onFailure", onFailure);
        given.put("replaceMatching", text(replaceMatching));
        given.put("scaleInProtected", scaleInProtected);
        given.put("standby", standby);
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

    public String getBatchSize() {
        return batchSize;
    }

    @DataBoundSetter
    public void setBatchSize(String batchSize) {
        this.batchSize = Util.fixEmptyAndTrim(batchSize);
    }

    public Integer getMinHealthyPercentage() {
        return minHealthyPercentage;
    }

    @DataBoundSetter
    public void setMinHealthyPercentage(Integer minHealthyPercentage) {
        this.minHealthyPercentage = minHealthyPercentage;
    }

    public Integer getWarmup() {
        return warmup;
    }

    @DataBoundSetter
    public void setWarmup(Integer warmup) {
        this.warmup = warmup;
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

    public String getCheckpoints() {
        return checkpoints;
    }

    @DataBoundSetter
    public void setCheckpoints(String checkpoints) {
        this.checkpoints = Util.fixEmptyAndTrim(checkpoints);
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

    public boolean isReplaceMatching() {
        return replaceMatching;
    }

    @DataBoundSetter
    public void setReplaceMatching(boolean replaceMatching) {
        this.replaceMatching = replaceMatching;
    }

    public String getScaleInProtected() {
        return scaleInProtected;
    }

    @DataBoundSetter
    public void setScaleInProtected(String scaleInProtected) {
        this.scaleInProtected = Util.fixEmptyAndTrim(scaleInProtected);
    }

    public String getStandby() {
        return standby;
    }

    @DataBoundSetter
    public void setStandby(String standby) {
        this.standby = Util.fixEmptyAndTrim(standby);
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
