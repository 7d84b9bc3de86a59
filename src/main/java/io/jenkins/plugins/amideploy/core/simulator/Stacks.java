package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The CloudFormation stacks of a simulated AWS, what goes wrong with them, and templates that can be had by URL. */
public final class Stacks {
    private static final String STORED = "AWS::SSM::Parameter::Value";

    private final World world;
    private final StackProvisioner provisioner;
    private final Map<String, SimulatedStack> byId = new LinkedHashMap<>();
    private final Map<String, String> templates = new HashMap<>();
    private final Map<String, String> failures = new HashMap<>();
    private final Map<String, String> rollbackFailures = new HashMap<>();
    private final Set<String> deaf = new HashSet<>();

    Stacks(World world, Clients clients) {
        this.world = world;
        this.provisioner = new StackProvisioner(world, this, clients);
    }

    /** A template that can be had by that URL. */
    public void template(String url, String text) {
        world.clock.locked(() -> templates.put(url, text));
    }

    /** The next change of that resource fails for that reason. */
    public void fail(String stack, String logicalId, String reason) {
        world.clock.locked(() -> failures.put(stack + "/" + logicalId, reason));
    }

    /** That resource cannot be brought back, until this is taken back by {@link #mend}. */
    public void failRollback(String stack, String logicalId, String reason) {
        world.clock.locked(() -> rollbackFailures.put(stack + "/" + logicalId, reason));
    }

    public void mend(String stack, String logicalId) {
        world.clock.locked(() -> rollbackFailures.remove(stack + "/" + logicalId));
    }

    /** Signals of the instances of that image never reach CloudFormation. */
    public void loseSignals(String imageId) {
        world.clock.locked(() -> deaf.add(imageId));
    }

    String region() {
        return world.region;
    }

    boolean signals(SimulatedInstance instance) {
        return instance.answers() && !deaf.contains(instance.image.id);
    }

    StackProvisioner provisioner() {
        return provisioner;
    }

    Optional<String> failure(SimulatedStack stack, String logicalId) {
        return Optional.ofNullable(failures.remove(stack.name + "/" + logicalId));
    }

    Optional<String> rollbackFailure(SimulatedStack stack, String logicalId) {
        return Optional.ofNullable(rollbackFailures.get(stack.name + "/" + logicalId));
    }

    void add(SimulatedStack stack) {
        byId.put(stack.id, stack);
    }

    SimulatedStack byId(String id) {
        return byId.get(id);
    }

    List<SimulatedStack> all() {
        return new ArrayList<>(byId.values());
    }

    /** By ARN also one that is deleted, by name only one that is not. */
    SimulatedStack find(String nameOrId) {
        return existing(nameOrId)
                .orElseThrow(() -> Service.CLOUD_FORMATION.rejection(
                        "ValidationError", "Stack with id " + nameOrId + " does not exist"));
    }

    Optional<SimulatedStack> existing(String nameOrId) {
        return byId.values().stream()
                .filter(stack -> stack.id.equals(nameOrId) || stack.name.equals(nameOrId) && !stack.deleted())
                .filter(stack -> stack.lag.visible())
                .findFirst();
    }

    StackTemplate fetched(String url) {
        String text = templates.get(url);
        if (text == null) {
            throw Service.CLOUD_FORMATION.rejection("ValidationError", "S3 error: Access Denied");
        }
        return StackTemplate.of(text);
    }

    /** Parameters as resources see them: a stored value instead of its name. */
    Map<String, String> resolved(StackTemplate template, Map<String, String> parameters) {
        Map<String, String> resolved = new LinkedHashMap<>();
        parameters.forEach((key, value) -> {
            String type = String.valueOf(
                    StackTemplate.map(template.section("Parameters").get(key)).get("Type"));
            resolved.put(key, type.startsWith(STORED) ? stored(value) : value);
        });
        return resolved;
    }

    private String stored(String name) {
        String value = world.parameters.get(name);
        if (value == null) {
            throw Service.CLOUD_FORMATION.rejection(
                    "ValidationError",
                    "Unable to fetch parameters [" + name + "] from parameter store for this account.");
        }
        return value;
    }
}
