package io.jenkins.plugins.amideploy.core.deployment;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who deploys.
 *
 * @param controller names the Jenkins controller, for people and for telling our leases from other controllers'
 * @param build names the build, for people, such as {@code web/deploy 42}
 * @param deployment unique for each deployment; client tokens and names of what it creates are made of it
 */
public record Owner(String controller, String build, String deployment) {
    /** In the keys of all tags that this plugin sets. */
    public static final String TAG_PREFIX = "ami-deploy:";

    static final String CONTROLLER = TAG_PREFIX + "controller";
    static final String BUILD = TAG_PREFIX + "build";
    static final String DEPLOYMENT = TAG_PREFIX + "deployment";

    /** As tags, by key: on whatever a deployment makes in AWS, so that it can be found again by them. */
    public Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(CONTROLLER, Words.tagValue(controller));
        tags.put(BUILD, Words.tagValue(build));
        tags.put(DEPLOYMENT, deployment);
        return tags;
    }

    /** Who made a thing with those tags; empty where no deployment of this plugin did. */
    public static Optional<Owner> in(Map<String, String> tags) {
        return Optional.ofNullable(tags.get(DEPLOYMENT))
                .map(id -> new Owner(tags.getOrDefault(CONTROLLER, ""), tags.getOrDefault(BUILD, ""), id));
    }

    @Override
    public String toString() {
        return build + " on " + controller;
    }
}
