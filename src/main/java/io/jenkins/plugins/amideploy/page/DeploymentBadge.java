package io.jenkins.plugins.amideploy.page;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.BuildBadgeAction;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.amideploy.driver.DeploymentList;
import io.jenkins.plugins.amideploy.driver.DeploymentList.Entry;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import jenkins.model.TransientActionFactory;

/** Marks a build with deployments in the history of builds. */
public final class DeploymentBadge extends InvisibleAction implements BuildBadgeAction {
    private static final int MOST = 5;

    private final Run<?, ?> run;

    private DeploymentBadge(Run<?, ?> run) {
        this.run = run;
    }

    /** Where it leads, from the root of Jenkins. */
    public String getUrl() {
        return run.getUrl() + DeploymentPage.URL + "/";
    }

    /** What was deployed where. */
    public String getText() {
        return text(run);
    }

    static String text(Run<?, ?> run) {
        List<Entry> entries = DeploymentList.of(run);
        String text = entries.stream().limit(MOST).map(DeploymentBadge::text).collect(Collectors.joining(", "));
        return entries.size() > MOST ? text + ", …" : text;
    }

    private static String text(Entry entry) {
        String text =
                entry.image().isEmpty() ? entry.target() : Messages.DeploymentBadge_text(entry.image(), entry.target());
        return entry.plan() ? Messages.DeploymentBadge_plan(text) : text;
    }

    /** Makes it. */
    @Extension
    @SuppressWarnings("rawtypes") // as the type of the runs is
    public static final class Factory extends TransientActionFactory<Run> {
        @Override
        public Class<Run> type() {
            return Run.class;
        }

        @Override
        public Class<? extends Action> actionType() {
            return DeploymentBadge.class;
        }

        @Override
        public Collection<? extends Action> createFor(Run run) {
            return DeploymentList.of(run).isEmpty() ? List.of() : List.of(new DeploymentBadge(run));
        }
    }
}
