package io.jenkins.plugins.amideploy.core.simulator;

import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.MixedInstancesPolicy;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;

/**
 * What a group shall launch from now on; exactly one of them. Auto Scaling tries a launch template before it accepts it:
 * Amazon EC2 Auto Scaling API Reference, "UpdateAutoScalingGroup".
 */
record LaunchSettings(
        LaunchTemplateSpecification template, String launchConfigurationName, MixedInstancesPolicy mixed) {

    boolean given() {
        return count() > 0;
    }

    private long count() {
        return Stream.of(template, launchConfigurationName, mixed)
                .filter(Objects::nonNull)
                .count();
    }

    void apply(World world, SimulatedGroup group) {
        if (count() != 1) {
            throw Rejection.validation("Valid requests must contain either LaunchTemplate, LaunchConfigurationName,"
                    + " InstanceId or MixedInstancesPolicy parameter.");
        }
        if (launchConfigurationName != null && !world.launchConfigurations.containsKey(launchConfigurationName)) {
            throw Rejection.validation("Launch configuration name not found - Launch configuration "
                    + launchConfigurationName + " not found");
        }
        LaunchTemplateSpecification checked = template == null ? null : checked(world, template);
        MixedInstancesPolicy checkedPolicy = mixed == null ? null : checked(world, mixed);
        group.template = checked;
        group.launchConfigurationName = launchConfigurationName;
        group.mixed = checkedPolicy;
        group.forgetFailures();
    }

    private static MixedInstancesPolicy checked(World world, MixedInstancesPolicy policy) {
        LaunchTemplateSpecification common =
                checked(world, policy.launchTemplate().launchTemplateSpecification());
        policy.launchTemplate().overrides().stream()
                .filter(override -> override.launchTemplateSpecification() != null)
                .forEach(override -> checked(world, override.launchTemplateSpecification()));
        return policy.toBuilder()
                .launchTemplate(policy.launchTemplate().toBuilder()
                        .launchTemplateSpecification(common)
                        .build())
                .build();
    }

    private static LaunchTemplateSpecification checked(World world, LaunchTemplateSpecification asked) {
        String version = asked.version() == null ? "$Default" : asked.version();
        if (!version.matches("\\$Default|\\$Latest|\\d+")) {
            throw Rejection.validation("Invalid launch template version: either '$Default', '$Latest', or a numeric"
                    + " version are allowed.");
        }
        try {
            SimulatedTemplate template =
                    SimulatedTemplate.find(world, asked.launchTemplateId(), asked.launchTemplateName());
            LaunchTemplateVersion resolved = template.resolve(version);
            world.image(world.resolveImage(resolved.launchTemplateData().imageId()));
            return asked.toBuilder()
                    .launchTemplateId(template.id)
                    .launchTemplateName(template.name)
                    .version(version)
                    .build();
        } catch (Rejection | World.MissingImage e) {
            throw Rejection.validation("You must use a valid fully-formed launch template. " + e.getMessage());
        }
    }
}
