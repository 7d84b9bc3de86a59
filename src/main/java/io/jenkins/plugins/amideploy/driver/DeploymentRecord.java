package io.jenkins.plugins.amideploy.driver;

import hudson.util.Secret;
import io.jenkins.plugins.amideploy.config.BuildReference;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A deployment that has not ended, as its file holds it: all that is needed to go on after a crash. */
final class DeploymentRecord {
    private final String id;
    private final String controller;
    private final BuildReference build;
    private final DeploymentOrder order;
    private final TreeMap<String, String> state;

    /** Encrypted in the file. Null in files of versions that had none. */
    private final TreeMap<String, Secret> secrets;

    /** Where secrets lie in clear; null where they do not. */
    private final FilePlace place;

    private DeploymentRecord(
            String id,
            String controller,
            BuildReference build,
            DeploymentOrder order,
            Map<String, String> state,
            Map<String, Secret> secrets,
            FilePlace place) {
        this.id = id;
        this.controller = controller;
        this.build = build;
        this.order = order;
        this.state = new TreeMap<>(state);
        this.secrets = secrets == null ? new TreeMap<>() : new TreeMap<>(secrets);
        this.place = place;
    }

    static DeploymentRecord of(String id, BuildReference build, DeploymentOrder order) {
        return new DeploymentRecord(id, Controller.name(), build, order, Map.of(), Map.of(), null);
    }

    DeploymentRecord with(Map<String, String> newState) {
        return new DeploymentRecord(id, controller, build, order, newState, secrets, place);
    }

    DeploymentRecord with(BuildReference newBuild) {
        return new DeploymentRecord(id, controller, newBuild, order, state, secrets, place);
    }

    DeploymentRecord withSecret(String name, String value) {
        Map<String, Secret> more = secrets == null ? new TreeMap<>() : new TreeMap<>(secrets);
        more.put(name, Secret.fromString(value));
        return new DeploymentRecord(id, controller, build, order, state, more, place);
    }

    /** @param newPlace null where secrets lie nowhere in clear any more */
    DeploymentRecord with(FilePlace newPlace) {
        return new DeploymentRecord(id, controller, build, order, state, secrets, newPlace);
    }

    Optional<FilePlace> place() {
        return Optional.ofNullable(place);
    }

    Optional<String> secret(String name) {
        return Optional.ofNullable(secrets).map(all -> all.get(name)).map(Secret::getPlainText);
    }

    String id() {
        return id;
    }

    BuildReference build() {
        return build;
    }

    DeploymentOrder order() {
        return order;
    }

    Map<String, String> state() {
        return state;
    }

    Owner owner() {
        return new Owner(controller, build.toString(), id);
    }
}
