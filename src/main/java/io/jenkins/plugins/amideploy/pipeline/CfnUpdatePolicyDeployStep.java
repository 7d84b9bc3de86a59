package io.jenkins.plugins.amideploy.pipeline;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.amideploy.config.CfnForm;
import io.jenkins.plugins.amideploy.driver.CfnProcedure;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code cfnUpdatePolicyDeploy}: changes the image in a stack, whose update policy then replaces the instances. */
public final class CfnUpdatePolicyDeployStep extends DeploymentStep {
    private final String stack;
    private final String ami;
    private String amiParameter;
    private String template;
    private String parameters;
    private String capabilities;
    private String tags;
    private String cfnRoleArn;
    private String notificationArns;
    private String rollbackAlarms;
    private Integer monitoringMinutes;
    private String onMissing;
    private boolean disableRollback;
    private boolean allowReplacements;
    private Integer timeout;
    private boolean plan;

    @DataBoundConstructor
    public CfnUpdatePolicyDeployStep(String stack, String ami) {
        this.stack = Util.fixEmptyAndTrim(stack);
        this.ami = Util.fixEmptyAndTrim(ami);
    }

    @Override
    String procedure() {
        return CfnProcedure.NAME;
    }

    @Override
    Map<String, String> parameters() {
        Map<String, String> given = new TreeMap<>();
        given.put("stack", stack);
        given.put("ami", ami);
        given.put("amiParameter", amiParameter);
        given.put("template", template);
        given.put("parameters", parameters);
        given.put("capabilities", capabilities);
        given.put("tags", tags);
        given.put("cfnRoleArn", cfnRoleArn);
        given.put("notificationArns", notificationArns);
        given.put("rollbackAlarms", rollbackAlarms);
        given.put("monitoringMinutes", text(monitoringMinutes));
        given.put("onMissing", onMissing);
        given.put("disableRollback", text(disableRollback));
        given.put("allowReplacements", text(allowReplacements));
        given.put("timeout", text(timeout));
        given.put("plan", text(plan));
        return given;
    }

    public String getStack() {
        return stack;
    }

    public String getAmi() {
        return ami;
    }

    public String getAmiParameter() {
        return amiParameter;
    }

    @DataBoundSetter
    public void setAmiParameter(String amiParameter) {
        this.amiParameter = Util.fixEmptyAndTrim(amiParameter);
    }

    public String getTemplate() {
        return template;
    }

    @DataBoundSetter
    public void setTemplate(String template) {
        this.template = Util.fixEmptyAndTrim(template);
    }

    public String getParameters() {
        return parameters;
    }

    @DataBoundSetter
    public void setParameters(String parameters) {
        this.parameters = Util.fixEmptyAndTrim(parameters);
    }

    public String getCapabilities() {
        return capabilities;
    }

    @DataBoundSetter
    public void setCapabilities(String capabilities) {
        this.capabilities = Util.fixEmptyAndTrim(capabilities);
    }

    public String getTags() {
        return tags;
    }

    @DataBoundSetter
    public void setTags(String tags) {
        this.tags = Util.fixEmptyAndTrim(tags);
    }

    public String getCfnRoleArn() {
        return cfnRoleArn;
    }

    @DataBoundSetter
    public void setCfnRoleArn(String cfnRoleArn) {
        this.cfnRoleArn = Util.fixEmptyAndTrim(cfnRoleArn);
    }

    public String getNotificationArns() {
        return notificationArns;
    }

    @DataBoundSetter
    public void setNotificationArns(String notificationArns) {
        this.notificationArns = Util.fixEmptyAndTrim(notificationArns);
    }

    public String getRollbackAlarms() {
        return rollbackAlarms;
    }

    @DataBoundSetter
    public void setRollbackAlarms(String rollbackAlarms) {
        this.rollbackAlarms = Util.fixEmptyAndTrim(rollbackAlarms);
    }

    public Integer getMonitoringMinutes() {
        return monitoringMinutes;
    }

    @DataBoundSetter
    public void setMonitoringMinutes(Integer monitoringMinutes) {
        this.monitoringMinutes = monitoringMinutes;
    }

    public String getOnMissing() {
        return onMissing;
    }

    @DataBoundSetter
    public void setOnMissing(String onMissing) {
        this.onMissing = Util.fixEmptyAndTrim(onMissing);
    }

    public boolean isDisableRollback() {
        return disableRollback;
    }

    @DataBoundSetter
    public void setDisableRollback(boolean disableRollback) {
        this.disableRollback = disableRollback;
    }

    public boolean isAllowReplacements() {
        return allowReplacements;
    }

    @DataBoundSetter
    public void setAllowReplacements(boolean allowReplacements) {
        this.allowReplacements = allowReplacements;
    }

    public Integer getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(Integer timeout) {
        this.timeout = timeout;
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
    public static final class DescriptorImpl extends DeploymentStepDescriptor implements CfnForm {
        /** Parameters with commas of their own. */
        private static final Set<String> LINES = Set.of("parameters", "tags", "rollbackAlarms");

        @Override
        public String getFunctionName() {
            return CfnProcedure.NAME;
        }

        @Override
        public String getDisplayName() {
            return Messages.CfnUpdatePolicyDeployStep_displayName();
        }

        @Override
        String separator(String parameter) {
            return LINES.contains(parameter) ? "\n" : ",";
        }

        /** As CloudFormation takes lists. */
        @Override
        String separatorInside(String parameter) {
            return ",";
        }
    }
}
