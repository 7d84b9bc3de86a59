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
    private String credentialsId;
    private String region;
    private String roleArn;
    private String externalId;

    /** The name of the procedure. */
    abstract String procedure();

    /** The parameters of the procedure that were given, by name. */
    abstract Map<String, String> parameters();

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
        String where = region == null ? AwsAccess.defaultRegion() : variables.expand(region);
        if (where.isEmpty()) {
            throw new AbortException("No region: name one in the build step, or have an administrator set a default:"
                    + " Manage Jenkins, AWS, AMI Deploy.");
        }
        Map<String, String> expanded = new TreeMap<>();
        parameters().forEach((name, value) -> {
            if (value != null) {
                expanded.put(name, variables.expand(value));
            }
        });
        AwsSettings aws = new AwsSettings(
                Util.fixNull(variables.expand(credentialsId)),
                where,
                Util.fixNull(variables.expand(roleArn)),
                Util.fixNull(variables.expand(externalId)));
        return new DeploymentOrder(procedure(), expanded, false, aws);
    }

    /** A flag as a parameter; absent where it is not set. */
    static String text(boolean flag) {
        return flag ? "true" : null;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    public String getRegion() {
        return region;
    }

    @DataBoundSetter
    public void setRegion(String region) {
        this.region = Util.fixEmptyAndTrim(region);
    }

    public String getRoleArn() {
        return roleArn;
    }

    @DataBoundSetter
    public void setRoleArn(String roleArn) {
        this.roleArn = Util.fixEmptyAndTrim(roleArn);
    }

    public String getExternalId() {
        return externalId;
    }

    @DataBoundSetter
    public void setExternalId(String externalId) {
        this.externalId = Util.fixEmptyAndTrim(externalId);
    }
}
