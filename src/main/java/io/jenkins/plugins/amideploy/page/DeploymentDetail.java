package io.jenkins.plugins.amideploy.page;

import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.amideploy.driver.DeploymentList;
import io.jenkins.plugins.amideploy.driver.DeploymentList.Entry;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.details.Detail;
import jenkins.model.details.DetailFactory;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/** A fact in the header of a build: the group, or the image that is deployed to it. */
public final class DeploymentDetail extends Detail {
    private static final int ORDER = 20;

    private final String icon;
    private final String text;

    private DeploymentDetail(Run<?, ?> run, String icon, String text) {
        super(run);
        this.icon = icon;
        this.text = text;
    }

    @Override
    public String getIconClassName() {
        return icon;
    }

    @Override
    public String getDisplayName() {
        return text;
    }

    @Override
    public String getLink() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        String root = request == null ? "" : request.getContextPath();
        return root + "/" + ((Run<?, ?>) getObject()).getUrl() + DeploymentPage.URL + "/";
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    /** Makes them. */
    @Extension
    @SuppressWarnings("rawtypes") // as the type of the runs is
    public static final class Factory extends DetailFactory<Run> {
        private static final int MOST = 3;

        @Override
        public Class<Run> type() {
            return Run.class;
        }

        @Override
        public List<? extends Detail> createFor(Run run) {
            return DeploymentList.of(run).stream()
                    .limit(MOST)
                    .flatMap(entry -> of(run, entry))
                    .toList();
        }

        private static Stream<Detail> of(Run<?, ?> run, Entry entry) {
            return Stream.of(
                            new DeploymentDetail(run, "symbol-server", entry.target()),
                            new DeploymentDetail(run, "symbol-cube", entry.image()))
                    .filter(detail -> !detail.text.isEmpty())
                    .map(Detail.class::cast);
        }
    }
}
