package io.jenkins.plugins.amideploy.pipeline;

import hudson.AbortException;
import hudson.Util;
import io.jenkins.plugins.amideploy.config.AwsAccess;
import io.jenkins.plugins.amideploy.config.AwsSettings;
import io.jenkins.plugins.amideploy.config.GivenParameters;
import io.jenkins.plugins.amideploy.driver.DeploymentOrder;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundSetter;

/** What all steps that run a procedure have in common: with what to call AWS. */
public abstract class DeploymentStep extends Step {
    @DataBoundSetter
    public String credentialsId;

    @DataBoundSetter
    public String region;

    @DataBoundSetter
    public String roleArn;

    @DataBoundSetter
    public String externalId;

    /**
     * Arguments that are no parameter of the step, or not of a parameter's type: passed on by name, so that the procedure
     * complains about them together with all else that is wrong.
     */
    private transient Map<String, String> impossible = Map.of();

    /** The parameters of the procedure that were given, by name. */
    Map<String, String> parameters() {
        return GivenParameters.of(this, DeploymentStep.class);
    }

    @Override
    public final StepExecution start(StepContext context) throws AbortException {
        String own = Util.fixEmptyAndTrim(region);
        String where = own == null ? AwsAccess.defaultRegion() : own;
        if (where.isEmpty()) {
            throw new AbortException("No region: name one in the step (region: 'eu-central-1'), or have an"
                    + " administrator set a default: Manage Jenkins, AWS, AMI Deploy.");
        }
        AwsSettings aws = AwsSettings.of(credentialsId, where, roleArn, externalId);
        Map<String, String> all = new TreeMap<>(impossible);
        all.putAll(parameters());
        String procedure = getDescriptor().getFunctionName();
        return new DeploymentExecution(context, new DeploymentOrder(procedure, all, context.hasBody(), aws));
    }

    final void impossible(Map<String, String> arguments) {
        impossible = arguments;
    }
}
