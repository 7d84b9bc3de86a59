package io.jenkins.plugins.amideploy.page;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Run;
import io.jenkins.plugins.amideploy.driver.DeploymentList;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;

/** Gives each build with deployments their page. */
@Extension
@SuppressWarnings("rawtypes") // as the type of the runs is
public final class DeploymentPageFactory extends TransientActionFactory<Run> {
    @Override
    public Class<Run> type() {
        return Run.class;
    }

    @Override
    public Class<? extends Action> actionType() {
        return DeploymentPage.class;
    }

    @Override
    public Collection<? extends Action> createFor(Run run) {
        return DeploymentList.of(run).isEmpty() ? List.of() : List.of(new DeploymentPage(run));
    }
}
