package io.jenkins.plugins.amideploy.driver;

import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.amideploy.config.BuildReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** The deployments of a build, kept with it: what they deploy, and where their histories are. */
public final class DeploymentList extends InvisibleAction {
    private static final Logger LOGGER = Logger.getLogger(DeploymentList.class.getName());

    /** Never changed, only replaced, because it may be written to disk at any time. */
    private volatile List<Entry> entries = new ArrayList<>();

    /** One deployment. */
    public static final class Entry {
        private final String id;
        private final String procedure;
        private final String target;
        private final String image;
        private final String region;
        private final boolean plan;

        Entry(String id, DeploymentOrder order) {
            Map<String, String> parameters = order.parameters();
            this.id = id;
            this.procedure = order.procedure();
            this.target = first(parameters, "group", "stack", "name");
            this.image = first(parameters, "ami", "sourceAmi");
            this.region = order.region();
            this.plan = Boolean.parseBoolean(parameters.get("plan"));
        }

        private static String first(Map<String, String> parameters, String... names) {
            return Stream.of(names)
                    .map(parameters::get)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("");
        }

        public String id() {
            return id;
        }

        /** The name of the procedure and of the Pipeline step. */
        public String procedure() {
            return procedure;
        }

        /** The group or the stack that is deployed to, or the name of the image that is built. */
        public String target() {
            return target;
        }

        /** The image that is deployed, or built from; empty where the order names none. */
        public String image() {
            return image;
        }

        public String region() {
            return region;
        }

        /** Whether it only tells what a deployment would be like. */
        public boolean plan() {
            return plan;
        }
    }

    /** Adds a deployment; where the build cannot be saved, the page is lost with the next restart. Does nothing where the build was deleted. */
    static void add(BuildReference build, String id, DeploymentOrder order) {
        build.run().ifPresent(run -> {
            try {
                add(run, new Entry(id, order));
                run.save();
            } catch (IOException | RuntimeException e) { // the deployment goes on without its page
                LOGGER.log(Level.WARNING, e, () -> "The deployment of " + run + " is not listed with its build");
            }
        });
    }

    private static synchronized void add(Run<?, ?> run, Entry entry) {
        DeploymentList list = run.getAction(DeploymentList.class);
        if (list == null) {
            list = new DeploymentList();
            run.addAction(list);
        }
        List<Entry> more = new ArrayList<>(list.entries);
        more.add(entry);
        list.entries = more;
    }

    /** The deployments of that build in the order in which they began; empty where it has none. */
    public static List<Entry> of(Run<?, ?> run) {
        DeploymentList list = run.getAction(DeploymentList.class);
        return list == null ? List.of() : List.copyOf(list.entries);
    }
}
