package io.jenkins.plugins.amideploy.freestyle;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractProject;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.amideploy.config.CfnForm;
import io.jenkins.plugins.amideploy.driver.CfnProcedure;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Changes the image in a CloudFormation stack, whose update policy then replaces the instances. */
public final class CfnUpdatePolicyDeployBuilder extends DeploymentBuilder {
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
    private String monitoringMinutes;
    private String onMissing;
    private boolean disableRollback;
    private boolean allowReplacements;
    private String timeout;
    private boolean plan;

    @DataBoundConstructor
    public CfnUpdatePolicyDeployBuilder(String stack, String ami) {
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
        given.put("monitoringMinutes", monitoringMinutes);
        given.put("onMissing", onMissing);
        given.put("disableRollback", text(disableRollback));
        given.put("allowReplacements", text(allowReplacements));
        given.put("timeout", timeout);
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

    public String getMonitoringMinutes() {
        return monitoringMinutes;
    }

    @DataBoundSetter
    public void setMonitoringMinutes(String monitoringMinutes) {
        this.monitoringMinutes = Util.fixEmptyAndTrim(monitoringMinutes);
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

    public String getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(String timeout) {
        this.timeout = Util.fixEmptyAndTrim(timeout);
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
    @Symbol("cfnUpdatePolicyDeployment")
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> implements CfnForm {
        @Override
        public String getDisplayName() {
            return Messages.CfnUpdatePolicyDeployBuilder_displayName();
        }

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        /** The fields mean what they mean in the step, and are explained once. */
        @Override
        public String getHelpFile(String field) {
            StepDescriptor step = StepDescriptor.byFunctionName(CfnProcedure.NAME);
            return step == null ? null : step.getHelpFile(field);
        }
    }
}
