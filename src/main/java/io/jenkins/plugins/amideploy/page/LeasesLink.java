package io.jenkins.plugins.amideploy.page;

import hudson.Extension;
import hudson.model.Failure;
import hudson.model.ManagementLink;
import io.jenkins.plugins.amideploy.driver.LeasePlace;
import io.jenkins.plugins.amideploy.driver.Restores;
import jenkins.model.Jenkins;
import jenkins.security.stapler.StaplerNotDispatchable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Manage Jenkins » AMI Deploy leases: the groups that deployments hold, and Restore for those that were left behind. */
@Extension
public final class LeasesLink extends ManagementLink implements StaplerProxy {
    @Override
    public String getIconFileName() {
        return "symbol-lock-closed";
    }

    @Override
    public String getDisplayName() {
        return Messages.LeasesLink_displayName();
    }

    @Override
    public String getDescription() {
        return Messages.LeasesLink_description();
    }

    @Override
    public String getUrlName() {
        return "ami-deploy-leases";
    }

    @Override
    public Category getCategory() {
        return Category.STATUS;
    }

    /** Nobody but an administrator gets any further. */
    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return this;
    }

    /** What there is to see; takes some seconds at most. */
    @StaplerNotDispatchable
    @Restricted(NoExternalUse.class)
    public LeaseBoard getBoard() throws InterruptedException {
        return LeaseBoard.look();
    }

    /** The group that the page is asked to restore; null where it is not left behind, or not any more. */
    @StaplerNotDispatchable
    @Restricted(NoExternalUse.class)
    public LeaseRow getAsked() throws InterruptedException {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        return LeaseBoard.look()
                .left(
                        String.valueOf(request.getParameter("region")),
                        String.valueOf(request.getParameter("group")),
                        String.valueOf(request.getParameter("deployment")))
                .orElse(null);
    }

    /**
     * Restores a group that was left behind, in the background.
     *
     * @throws Failure where it is not, or not any more
     */
    @POST
    public HttpResponse doRestore(
            @QueryParameter String region, @QueryParameter String group, @QueryParameter String deployment)
            throws InterruptedException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        LeaseRow row = LeaseBoard.lookAgain()
                .left(region, group, deployment)
                .orElseThrow(() -> new Failure(Messages.LeasesLink_notLeft(group, region)));
        LeasePlace place = row.place().orElseThrow();
        Restores.get().begin(group, place.aws(), place.build().orElse(row.build()));
        return new HttpRedirect(".");
    }
}
