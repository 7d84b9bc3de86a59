package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.autoscaling.model.CreateAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.MixedInstancesPolicy;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;

/** Groups as resources of a stack: Template Reference, "AWS::AutoScaling::AutoScalingGroup". */
final class StackGroups {
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final World world;
    private final Stacks stacks;
    private final Clients clients;

    StackGroups(World world, Stacks stacks, Clients clients) {
        this.world = world;
        this.stacks = stacks;
        this.clients = clients;
    }

    void create(StackRun run, SimulatedStack.Resource resource, Consumer<Optional<String>> done) {
        Map<?, ?> p = resource.properties;
        CreateAutoScalingGroupRequest.Builder request = CreateAutoScalingGroupRequest.builder()
                .autoScalingGroupName(resource.physicalId)
                .minSize(number(p, "MinSize", 0))
                .maxSize(number(p, "MaxSize", 0))
                .desiredCapacity(number(p, "DesiredCapacity", number(p, "MinSize", 0)))
                .healthCheckType(StackProvisioner.text(p, "HealthCheckType"))
                .targetGroupARNs(texts(p.get("TargetGroupARNs")))
                .launchConfigurationName(StackProvisioner.text(p, "LaunchConfigurationName"))
                .launchTemplate(template(p.get("LaunchTemplate")))
                .mixedInstancesPolicy(mixed(p.get("MixedInstancesPolicy")));
        List<String> zones = texts(p.get("AvailabilityZones"));
        if (zones.isEmpty()) {
            request.vpcZoneIdentifier(String.join(",", texts(p.get("VPCZoneIdentifier"))));
        } else {
            request.availabilityZones(zones);
        }
        clients.autoScaling().createAutoScalingGroup(request.build());
        run.event(resource, run.verb() + "_IN_PROGRESS", "Resource creation Initiated");
        SimulatedGroup group = world.groups.get(resource.physicalId);
        Map<?, ?> signal = StackTemplate.map(
                StackTemplate.map(resource.body.get("CreationPolicy")).get("ResourceSignal"));
        if (signal.isEmpty()) {
            world.clock.after(LOOK, () -> done.accept(Optional.empty()));
            return;
        }
        new StackSignals(world, stacks, run, resource, group, List.of())
                .await(
                        number(signal, "Count", 1),
                        100,
                        Duration.parse(Objects.requireNonNullElse(StackProvisioner.text(signal, "Timeout"), "PT5M")),
                        done);
    }

    void update(StackRun run, SimulatedStack.Resource resource, Map<?, ?> before, Consumer<Optional<String>> done) {
        Map<?, ?> p = resource.properties;
        SimulatedGroup group = world.groups.get(resource.physicalId);
        if (group == null) {
            done.accept(Optional.of("AutoScalingGroup name not found - null"));
            return;
        }
        int desired = Math.max(number(p, "MinSize", 0), Math.min(number(p, "MaxSize", 0), group.desired));
        clients.autoScaling()
                .updateAutoScalingGroup(UpdateAutoScalingGroupRequest.builder()
                        .autoScalingGroupName(resource.physicalId)
                        .minSize(number(p, "MinSize", 0))
                        .maxSize(number(p, "MaxSize", 0))
                        .desiredCapacity(number(p, "DesiredCapacity", desired))
                        .launchConfigurationName(StackProvisioner.text(p, "LaunchConfigurationName"))
                        .launchTemplate(template(p.get("LaunchTemplate")))
                        .mixedInstancesPolicy(mixed(p.get("MixedInstancesPolicy")))
                        .build());
        Map<?, ?> policy = StackTemplate.map(resource.body.get("UpdatePolicy"));
        Map<?, ?> rolling = StackTemplate.map(policy.get("AutoScalingRollingUpdate"));
        Map<?, ?> refresh = StackTemplate.map(policy.get("AutoScalingInstanceRefresh"));
        boolean launches = List.of("LaunchTemplate", "LaunchConfigurationName", "MixedInstancesPolicy").stream()
                .anyMatch(name -> !Objects.equals(before.get(name), p.get(name)));
        if (!launches || rolling.isEmpty() && refresh.isEmpty()) {
            world.clock.after(LOOK, () -> done.accept(Optional.empty()));
            return;
        }
        Map<?, ?> preferences = StackTemplate.map(refresh.get("Preferences"));
        new StackRollingUpdate(
                        world,
                        stacks,
                        run,
                        resource,
                        group,
                        rolling.isEmpty()
                                ? StackRollingUpdate.Rules.refresh(preferences, group.desired)
                                : StackRollingUpdate.Rules.rolling(rolling, group.max),
                        clients,
                        done)
                .start();
    }

    /** Whether a change of what it launches from makes a second group: User Guide, "AutoScalingReplacingUpdate policy". */
    static boolean replaces(Map<?, ?> body) {
        return "true"
                .equals(String.valueOf(StackTemplate.map(
                                StackTemplate.map(body.get("UpdatePolicy")).get("AutoScalingReplacingUpdate"))
                        .get("WillReplace")));
    }

    void delete(String name, Runnable done) {
        if (world.groups.containsKey(name)) {
            if (!world.groups.get(name).deleting) {
                clients.autoScaling()
                        .deleteAutoScalingGroup(
                                r -> r.autoScalingGroupName(name).forceDelete(true));
            }
            world.clock.after(LOOK, () -> delete(name, done));
        } else {
            done.run();
        }
    }

    static int number(Map<?, ?> properties, String name, int otherwise) {
        Object value = properties.get(name);
        return value == null ? otherwise : Integer.parseInt(String.valueOf(value));
    }

    private static List<String> texts(Object value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(item -> texts.add(String.valueOf(item)));
        }
        return texts;
    }

    private static LaunchTemplateSpecification template(Object value) {
        Map<?, ?> map = StackTemplate.map(value);
        return map.isEmpty()
                ? null
                : LaunchTemplateSpecification.builder()
                        .launchTemplateId(StackProvisioner.text(map, "LaunchTemplateId"))
                        .launchTemplateName(StackProvisioner.text(map, "LaunchTemplateName"))
                        .version(StackProvisioner.text(map, "Version"))
                        .build();
    }

    private static MixedInstancesPolicy mixed(Object value) {
        Map<?, ?> launch = StackTemplate.map(StackTemplate.map(value).get("LaunchTemplate"));
        return launch.isEmpty()
                ? null
                : MixedInstancesPolicy.builder()
                        .instancesDistribution(d -> d.onDemandPercentageAboveBaseCapacity(100))
                        .launchTemplate(
                                t -> t.launchTemplateSpecification(template(launch.get("LaunchTemplateSpecification"))))
                        .build();
    }
}
