package io.jenkins.plugins.amideploy.page;

import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.amideploy.driver.DeploymentList;
import io.jenkins.plugins.amideploy.driver.DeploymentList.Entry;
import io.jenkins.plugins.amideploy.driver.Deployments;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.Tab;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;

/** Shows the deployments of a build, while they run and for as long as the build is kept. */
public final class DeploymentPage extends Tab {
    static final String URL = "ami-deploy";
    /** Seconds between two looks. */
    private static final int WHILE_LIVE = 3;
    /** The same while the build may still begin a deployment. */
    private static final int WHILE_BUILDING = 15;

    private final Run<?, ?> run;

    DeploymentPage(Run<?, ?> run) {
        super(run);
        this.run = run;
    }

    @Override
    public String getIconFileName() {
        return "symbol-swap";
    }

    @Override
    public String getDisplayName() {
        return Messages.DeploymentPage_displayName();
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    public Run<?, ?> getRun() {
        return run;
    }

    /** What was deployed where, in a line. */
    public String getSummary() {
        return DeploymentBadge.text(run);
    }

    /** The deployments that are to be shown. */
    public List<DeploymentView> getShown() throws IOException {
        run.checkPermission(Item.READ);
        List<DeploymentView> views = new ArrayList<>();
        for (Entry entry : DeploymentList.of(run)) {
            if (!over().contains(entry.id())) {
                views.add(DeploymentView.of(run, entry));
            }
        }
        return views;
    }

    /** Those that the browser has shown to their end. */
    private static Set<String> over() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        String over = request == null ? null : request.getParameter("over");
        return over == null ? Set.of() : Arrays.stream(over.split(",")).collect(Collectors.toSet());
    }

    /** When to look again; 0 where nothing will change any more. */
    public int getSecondsToNext() {
        boolean live = DeploymentList.of(run).stream()
                .anyMatch(entry -> Deployments.get().now(entry.id()).isPresent());
        return live ? WHILE_LIVE : run.isBuilding() ? WHILE_BUILDING : 0;
    }

    /** The part of the page that is about the deployments, as they are now. */
    @GET
    public void doLive(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        run.checkPermission(Item.READ);
        response.setHeader("Cache-Control", "no-store");
        request.getView(this, "live.jelly").forward(request, response);
    }
}
