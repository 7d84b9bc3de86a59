package io.jenkins.plugins.amideploy.freestyle;

import hudson.model.AbstractProject;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.amideploy.config.AwsForm;
import io.jenkins.plugins.amideploy.config.GivenParameters;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * A build step in the list of build steps. Its fields mean what they mean in the Pipeline step of the same procedure, so
 * it has that step's name, form and explanations.
 */
public abstract class DeploymentBuilderDescriptor extends BuildStepDescriptor<Builder> implements AwsForm {
    private final String procedure;

    /** @param procedure its name, which is that of the step, too */
    DeploymentBuilderDescriptor(String procedure) {
        this.procedure = procedure;
    }

    final String procedure() {
        return procedure;
    }

    private StepDescriptor step() {
        return StepDescriptor.byFunctionName(procedure);
    }

    @Override
    public final String getDisplayName() {
        return step().getDisplayName();
    }

    @Override
    @SuppressWarnings("rawtypes")
    public final boolean isApplicable(Class<? extends AbstractProject> jobType) {
        return true;
    }

    @Override
    public final String getHelpFile(String field) {
        return step().getHelpFile(field);
    }

    @Override
    public final String getConfigPage() {
        return step().getConfigPage();
    }

    @Override
    public final Builder newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
        GivenParameters.tidy(form);
        return super.newInstance(request, form);
    }
}
