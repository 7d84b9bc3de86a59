package io.jenkins.plugins.amideploy.freestyle;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Launcher;
import hudson.Util;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.tasks.Builder;
import io.jenkins.plugins.amideploy.config.AwsAccess;
import io.jenkins.plugins.amideploy.config.AwsSettings;
import io.jenkins.plugins.amideploy.config.GivenParameters;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.driver.DeploymentOrder;
import io.jenkins.plugins.amideploy.driver.Deployments;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * What all build steps that run a procedure have in common. A build step holds its executor until the deployment has
 * ended, and an aborted one until it is unwound; aborted once more it leaves that to the background.
 */
public abstract class DeploymentBuilder extends Builder {
    @DataBoundSetter
    public String credentialsId;

    @DataBoundSetter
    public String region;

    @DataBoundSetter
    public String roleArn;

    @DataBoundSetter
    public String externalId;

    /** The parameters of the procedure that were given, by name. */
    Map<String, String> parameters() {
        return GivenParameters.of(this, DeploymentBuilder.class);
    }

    /** With what the names of the result's variables begin. */
    String variables() {
        return "AMI_DEPLOY_";
    }

    @Override
    public final boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        DeploymentOrder order = order(build.getEnvironment(listener));
        String id = Deployments.newId();
        WaitingBuild waiting = new WaitingBuild(listener, build.getWorkspace());
        Deployments.get().attend(build, id, order, waiting);
        Outcome outcome = waiting.outcome(() -> Deployments.get().wake(id));
        if (outcome instanceof Outcome.Failed failed) {
            throw new AbortException(failed.message());
        }
        build.addAction(DeploymentVariables.of(variables(), ((Outcome.Succeeded) outcome).result()));
        return true;
    }

    private DeploymentOrder order(EnvVars variables) throws AbortException {
        String own = Util.fixEmptyAndTrim(region);
        String where = own == null ? AwsAccess.defaultRegion() : variables.expand(own);
        if (where.isEmpty()) {
            throw new AbortException("No region: name one in the build step, or have an administrator set a default:"
                    + " Manage Jenkins, AWS, AMI Deploy.");
        }
        Map<String, String> expanded = new TreeMap<>(parameters());
        expanded.replaceAll((name, value) -> variables.expand(value));
        AwsSettings aws = AwsSettings.of(
                variables.expand(credentialsId), where, variables.expand(roleArn), variables.expand(externalId));
        return new DeploymentOrder(getDescriptor().procedure(), expanded, false, aws);
    }

    @Override
    public DeploymentBuilderDescriptor getDescriptor() {
        return (DeploymentBuilderDescriptor) super.getDescriptor();
    }
}
