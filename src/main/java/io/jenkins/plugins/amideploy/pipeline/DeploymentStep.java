package io.jenkins.plugins.amideploy.pipeline;

import hudson.AbortException;
import hudson.Util;
import io.jenkins.plugins.amideploy.config.AwsAccess;
import io.jenkins.plugins.amideploy.config.AwsSettings;
import io.jenkins.plugins.amideploy.driver.DeploymentOrder;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundSetter;

/** What all steps that run a procedure have in common: with what to call AWS. */
public abstract class DeploymentStep extends Step {
    private String credentialsId;
    private String region;
    private String roleArn;
    private String externalId;

    /**
     * Arguments that are no parameter of the step, or not of a parameter's type: passed on by name, so that the procedure
     * complains about them together with all else that is wrong.
     */
    private transient Map<String, String> impossible = Map.of();

    /** The name of the procedure. */
    abstract String procedure();

    /** The parameters of the procedure that were given, by name. */
    abstract Map<String, String> parameters();

    @Override
    public final StepExecution start(StepContext context) throws AbortException {
        String where = region == null ? AwsAccess.defaultRegion() : region;
        if (where.isEmpty()) {
            throw new AbortException("No region: name one in the step (region: 'eu-central-1'), or have an"
                    + " administrator set a default: Manage Jenkins, AWS, AMI Deploy.");
        }
        AwsSettings aws =
                new AwsSettings(Util.fixNull(credentialsId), where, Util.fixNull(roleArn), Util.fixNull(externalId));
        Map<String, String> all = new TreeMap<>(impossible);
        parameters().forEach((name, value) -> {
            if (value != null) {
                all.put(name, value);
            }
        });
        return new DeploymentExecution(context, new DeploymentOrder(procedure(), all, context.hasBody(), aws));
    }

    final void impossible(Map<String, String> arguments) {
        impossible = arguments;
    }

    /** A flag as a parameter; absent where it is not set. */
    static String text(boolean flag) {
        return flag ? "true" : null;
    }

    /** A choice between yes and no; absent where none was made. */
    static String text(Boolean choice) {
        return choice == null ? null : choice.toString();
    }

    /** A number as a parameter; absent where there is none. */
    static String text(Integer number) {
        return number == null ? null : number.toString();
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
