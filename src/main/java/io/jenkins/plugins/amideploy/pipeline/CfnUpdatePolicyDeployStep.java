package io.jenkins.plugins.amideploy.pipeline;

import hudson.Extension;
import io.jenkins.plugins.amideploy.config.CfnForm;
import io.jenkins.plugins.amideploy.driver.CfnProcedure;
import java.util.Set;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code cfnUpdatePolicyDeploy}: changes the image in a stack, whose update policy then replaces the instances. */
public final class CfnUpdatePolicyDeployStep extends DeploymentStep {
    public final String stack;

    public final String ami;

    @DataBoundSetter
    public String amiParameter;

    @DataBoundSetter
    public String template;

    @DataBoundSetter
    public String parameters;

    @DataBoundSetter
    public String capabilities;

    @DataBoundSetter
    public String tags;

    @DataBoundSetter
    public String cfnRoleArn;

    @DataBoundSetter
    public String notificationArns;

    @DataBoundSetter
    public String rollbackAlarms;

    @DataBoundSetter
    public Integer monitoringMinutes;

    @DataBoundSetter
    public String onMissing;

    @DataBoundSetter
    public boolean disableRollback;

    @DataBoundSetter
    public boolean allowReplacements;

    @DataBoundSetter
    public Integer timeout;

    @DataBoundSetter
    public boolean plan;

    @DataBoundConstructor
    public CfnUpdatePolicyDeployStep(String stack, String ami) {
        this.stack = stack;
        this.ami = ami;
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
