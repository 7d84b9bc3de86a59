package io.jenkins.plugins.amideploy.core.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;

/**
 * Makes, changes and deletes the resources of stacks: groups with what they launch from and serve behind are real,
 * others mere names.
 */
final class StackProvisioner {
    static final String LAUNCH_TEMPLATE = "AWS::EC2::LaunchTemplate";
    static final String LAUNCH_CONFIGURATION = "AWS::AutoScaling::LaunchConfiguration";
    static final String GROUP = "AWS::AutoScaling::AutoScalingGroup";
    private static final Span WORK = Span.seconds(2, 8);

    private final World world;
    private final Stacks stacks;
    private final Clients clients;
    private final StackGroups groups;
    private final StackNetwork network;

    StackProvisioner(World world, Stacks stacks, Clients clients) {
        this.world = world;
        this.stacks = stacks;
        this.clients = clients;
        this.groups = new StackGroups(world, stacks, clients);
        this.network = new StackNetwork(world);
    }

    /** @param done takes why it failed, or nothing */
    void create(StackRun run, SimulatedStack.Resource resource, Consumer<Optional<String>> done) {
        attempt(done, () -> {
            switch (resource.type) {
                case LAUNCH_TEMPLATE -> {
                    resource.physicalId = clients.ec2()
                            .createLaunchTemplate(r -> r.launchTemplateName(name(run, resource, "LaunchTemplateName"))
                                    .launchTemplateData(data(resource.properties)))
                            .launchTemplate()
                            .launchTemplateId();
                    later(() -> done.accept(Optional.empty()));
                }
                case LAUNCH_CONFIGURATION -> {
                    resource.physicalId = name(run, resource, "LaunchConfigurationName");
                    clients.autoScaling()
                            .createLaunchConfiguration(r -> r.launchConfigurationName(resource.physicalId)
                                    .imageId(text(resource.properties, "ImageId"))
                                    .instanceType(text(resource.properties, "InstanceType")));
                    later(() -> done.accept(Optional.empty()));
                }
                case GROUP -> {
                    resource.physicalId = name(run, resource, "AutoScalingGroupName");
                    later(() -> attempt(done, () -> {
                        if (!run.abandoned()) {
                            groups.create(run, resource, done);
                        }
                    }));
                }
                case SimulatedStack.TYPE -> nested(run, resource, done);
                default -> {
                    String name = run.stack().name + "-" + resource.logicalId + "-" + world.ids.hex();
                    resource.physicalId = network.create(resource, name).orElse(name);
                    later(() -> done.accept(Optional.empty()));
                }
            }
        });
    }

    void update(StackRun run, SimulatedStack.Resource resource, Map<?, ?> before, Consumer<Optional<String>> done) {
        attempt(done, () -> {
            switch (resource.type) {
                case LAUNCH_TEMPLATE -> {
                    clients.ec2()
                            .createLaunchTemplateVersion(r -> r.launchTemplateId(resource.physicalId)
                                    .launchTemplateData(data(resource.properties)));
                    later(() -> done.accept(Optional.empty()));
                }
                case GROUP -> groups.update(run, resource, before, done);
                case SimulatedStack.TYPE -> nested(run, resource, done);
                default -> later(() -> done.accept(Optional.empty()));
            }
        });
    }

    private void nested(StackRun run, SimulatedStack.Resource resource, Consumer<Optional<String>> done) {
        SimulatedStack child = resource.physicalId == null ? null : stacks.byId(resource.physicalId);
        if (child == null) {
            child = new SimulatedStack(world, run.stack().name + "-" + resource.logicalId + "-" + world.ids.hex());
            child.template = StackTemplate.of("Resources: {}");
            stacks.add(child);
            resource.physicalId = child.id;
            run.event(resource, "CREATE_IN_PROGRESS", "Resource creation Initiated");
        }
        if (run.rollsBack() && "UPDATE_ROLLBACK_COMPLETE".equals(child.status)) {
            later(() -> done.accept(Optional.empty())); // it has come back by itself
            return;
        }
        StackTemplate text = stacks.fetched(text(resource.properties, "TemplateURL"));
        Map<String, String> given = new LinkedHashMap<>();
        StackTemplate.map(resource.properties.get("Parameters"))
                .forEach((key, value) -> given.put(String.valueOf(key), String.valueOf(value)));
        StackPlan plan = new StackPlan(stacks, child, text, text.parameters(given, Map.of()));
        StackRun inner = run.inner(
                child,
                plan,
                ended -> done.accept(
                        ended.endsWith("UPDATE_COMPLETE") || ended.endsWith("CREATE_COMPLETE") || run.rollsBack()
                                ? Optional.empty()
                                : Optional.of("Embedded stack " + resource.physicalId + " was not successfully "
                                        + (ended.startsWith("UPDATE") ? "updated" : "created")
                                        + ". Currently in " + ended
                                        + " with reason: The following resource(s) failed")));
        inner.start();
    }

    void delete(String type, String physicalId, Runnable done) {
        switch (type) {
            case LAUNCH_TEMPLATE -> clients.ec2().deleteLaunchTemplate(r -> r.launchTemplateId(physicalId));
            case LAUNCH_CONFIGURATION ->
                clients.autoScaling().deleteLaunchConfiguration(r -> r.launchConfigurationName(physicalId));
            case GROUP -> {
                groups.delete(physicalId, done);
                return;
            }
            default -> network.delete(type, physicalId);
        }
        later(done);
    }

    String attribute(SimulatedStack.Resource resource, String attribute) {
        if (resource == null) {
            return null;
        }
        if (attribute.isEmpty()) {
            return resource.physicalId;
        }
        if (attribute.startsWith("Outputs.")) {
            return stacks.byId(resource.physicalId).outputs.get(attribute.substring("Outputs.".length()));
        }
        if (resource.type.equals(LAUNCH_TEMPLATE)) {
            var template = clients.ec2()
                    .describeLaunchTemplates(r -> r.launchTemplateIds(resource.physicalId))
                    .launchTemplates()
                    .get(0);
            return String.valueOf(
                    attribute.startsWith("Latest") ? template.latestVersionNumber() : template.defaultVersionNumber());
        }
        return resource.physicalId + "." + attribute;
    }

    /** Whether the alarm of that ARN is in ALARM. */
    boolean rings(String arn) {
        String name = arn.substring(arn.lastIndexOf(":alarm:") + ":alarm:".length());
        return clients.cloudWatch().describeAlarms(r -> r.alarmNames(name)).metricAlarms().stream()
                .anyMatch(alarm -> alarm.stateValue() == StateValue.ALARM);
    }

    void later(Runnable action) {
        world.clock.after(world.draws.span("stack resources", WORK), action);
    }

    private static void attempt(Consumer<Optional<String>> done, Runnable action) {
        try {
            action.run();
        } catch (Rejection e) {
            done.accept(Optional.of(e.getMessage()));
        }
    }

    private String name(StackRun run, SimulatedStack.Resource resource, String property) {
        String own = text(resource.properties, property);
        return own != null ? own : run.stack().name + "-" + resource.logicalId + "-" + world.ids.hex();
    }

    private static RequestLaunchTemplateData data(Map<?, ?> properties) {
        Map<?, ?> data = StackTemplate.map(properties.get("LaunchTemplateData"));
        return RequestLaunchTemplateData.builder()
                .imageId(text(data, "ImageId"))
                .instanceType(text(data, "InstanceType"))
                .build();
    }

    static String text(Map<?, ?> properties, String name) {
        Object value = properties.get(name);
        return value == null ? null : String.valueOf(value);
    }
}
