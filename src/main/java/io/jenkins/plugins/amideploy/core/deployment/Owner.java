package io.jenkins.plugins.amideploy.core.deployment;

/**
 * Who deploys.
 *
 * @param controller names the Jenkins controller, for people and for telling our leases from other controllers'
 * @param build names the build, for people, such as {@code web/deploy 42}
 * @param deployment unique for each deployment; client tokens and names of what it creates are made of it
 */
public record Owner(String controller, String build, String deployment) {
    @Override
    public String toString() {
        return build + " on " + controller;
    }
}
