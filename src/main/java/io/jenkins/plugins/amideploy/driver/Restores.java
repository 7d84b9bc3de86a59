package io.jenkins.plugins.amideploy.driver;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.amideploy.config.AwsSettings;
import io.jenkins.plugins.amideploy.config.BuildReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** The restorations that administrators have ordered since the controller started, or that went on then. */
@Extension
public final class Restores {
    private static final int KEPT = 50;

    /** The latest first. */
    private final Deque<Restore> restores = new ArrayDeque<>();

    public static Restores get() {
        return ExtensionList.lookupSingleton(Restores.class);
    }

    /**
     * Restores a group in the background, with the authority of the administrator who asks for it. Does no call to AWS
     * and never blocks.
     *
     * @param aws with the region of the group
     * @param build the one whose deployment left the group as it is
     */
    public void begin(String group, AwsSettings aws, BuildReference build) {
        Deployments.get()
                .begin(
                        build,
                        new DeploymentOrder(RestoreProcedure.NAME, Map.of("group", group), false, aws)
                                .byAdministrator());
    }

    synchronized Restore attendant(DeploymentRecord record) {
        Restore restore = new Restore(record);
        restores.addFirst(restore);
        if (restores.size() > KEPT) {
            restores.removeLast();
        }
        return restore;
    }

    /** The latest first. */
    public synchronized List<Restore> all() {
        return List.copyOf(restores);
    }
}
