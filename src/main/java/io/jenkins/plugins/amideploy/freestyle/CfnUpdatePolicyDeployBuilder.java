package io.jenkins.plugins.amideploy.freestyle;

import hudson.Extension;
import io.jenkins.plugins.amideploy.config.CfnForm;
import io.jenkins.plugins.amideploy.driver.CfnProcedure;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Changes the image in a CloudFormation stack, whose update policy then replaces the instances. */
public final class CfnUpdatePolicyDeployBuilder extends DeploymentBuilder {
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
    public String monitoringMinutes;

    @DataBoundSetter
    public String onMissing;

    @DataBoundSetter
    public boolean disableRollback;

    @DataBoundSetter
    public boolean allowReplacements;

    @DataBoundSetter
    public String timeout;

    @DataBoundSetter
    public boolean plan;

    @DataBoundConstructor
    public CfnUpdatePolicyDeployBuilder(String stack, String ami) {
        this.stack = stack;
        this.ami = ami;
    }

    /** The build step in the list of build steps. */
    @Extension
    @Symbol("cfnUpdatePolicyDeployment")
    public static final class DescriptorImpl extends DeploymentBuilderDescriptor implements CfnForm {
        public DescriptorImpl() {
            super(CfnProcedure.NAME);
        }
    }
}
