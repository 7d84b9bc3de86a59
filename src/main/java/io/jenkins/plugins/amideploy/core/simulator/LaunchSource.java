package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import software.amazon.awssdk.services.autoscaling.model.InstancesDistribution;
import software.amazon.awssdk.services.autoscaling.model.LaunchConfiguration;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateOverrides;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.MixedInstancesPolicy;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;

/**
 * What a group launches its next instance from. Where a mixed instances policy allows several types, the group takes
 * them in turn: AWS chooses by price and capacity, which a deployer cannot foresee either.
 *
 * @param template with the version as a number, as AWS shows it on the instance; null for a launch configuration
 */
record LaunchSource(
        String imageId,
        String type,
        LaunchTemplateSpecification template,
        String launchConfigurationName,
        String weight,
        boolean spot) {

    static LaunchSource next(World world, SimulatedGroup group) {
        if (group.launchConfigurationName != null) {
            LaunchConfiguration configuration = world.launchConfigurations
                    .get(group.launchConfigurationName)
                    .resource();
            return new LaunchSource(
                    configuration.imageId(),
                    configuration.instanceType(),
                    null,
                    configuration.launchConfigurationName(),
                    null,
                    configuration.spotPrice() != null);
        }
        return group.mixed == null
                ? fromTemplate(world, group.template, null, null, false)
                : fromPolicy(world, group, group.mixed);
    }

    /** Of an instance of a group: those that its template or configuration names, or else the VPC's default one. */
    static List<String> securityGroups(World world, SimulatedInstance instance) {
        List<String> named = List.of();
        if (instance.template != null && world.templates.containsKey(instance.template.launchTemplateId())) {
            named = world.templates
                    .get(instance.template.launchTemplateId())
                    .securityGroups(instance.template.version());
        } else if (world.launchConfigurations.containsKey(instance.launchConfigurationName)) {
            named = world.launchConfigurations
                    .get(instance.launchConfigurationName)
                    .resource()
                    .securityGroups();
        }
        return named.isEmpty() ? List.of(SimulatedSecurityGroup.DEFAULT) : named;
    }

    private static LaunchSource fromPolicy(World world, SimulatedGroup group, MixedInstancesPolicy policy) {
        List<LaunchTemplateOverrides> overrides = policy.launchTemplate().overrides();
        LaunchTemplateSpecification common = policy.launchTemplate().launchTemplateSpecification();
        boolean spot = spotNext(group, policy.instancesDistribution());
        if (overrides.isEmpty()) {
            return fromTemplate(world, common, null, null, spot);
        }
        LaunchTemplateOverrides override = overrides.get(group.launches % overrides.size());
        LaunchTemplateSpecification own = override.launchTemplateSpecification();
        return fromTemplate(
                world, own == null ? common : own, override.instanceType(), override.weightedCapacity(), spot);
    }

    private static boolean spotNext(SimulatedGroup group, InstancesDistribution distribution) {
        if (distribution == null) {
            return false;
        }
        int base = distribution.onDemandBaseCapacity() == null ? 0 : distribution.onDemandBaseCapacity();
        int percent = distribution.onDemandPercentageAboveBaseCapacity() == null
                ? 100
                : distribution.onDemandPercentageAboveBaseCapacity();
        long onDemand = group.counting().filter(instance -> !instance.spot).count();
        long above = Math.max(0, group.desired - base);
        return onDemand >= base + Math.round(Math.ceil(above * percent / 100.0));
    }

    private static LaunchSource fromTemplate(
            World world, LaunchTemplateSpecification specification, String type, String weight, boolean spot) {
        SimulatedTemplate template =
                SimulatedTemplate.find(world, specification.launchTemplateId(), specification.launchTemplateName());
        LaunchTemplateVersion version = template.resolve(specification.version());
        return new LaunchSource(
                world.resolveImage(version.launchTemplateData().imageId()),
                type == null ? version.launchTemplateData().instanceTypeAsString() : type,
                LaunchTemplateSpecification.builder()
                        .launchTemplateId(template.id)
                        .launchTemplateName(template.name)
                        .version(Long.toString(version.versionNumber()))
                        .build(),
                null,
                weight,
                spot);
    }
}
