package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.autoscaling.model.AlreadyExistsException;
import software.amazon.awssdk.services.autoscaling.model.CreateLaunchConfigurationRequest;
import software.amazon.awssdk.services.autoscaling.model.CreateLaunchConfigurationResponse;
import software.amazon.awssdk.services.autoscaling.model.DeleteLaunchConfigurationRequest;
import software.amazon.awssdk.services.autoscaling.model.DeleteLaunchConfigurationResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeLaunchConfigurationsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeLaunchConfigurationsResponse;
import software.amazon.awssdk.services.autoscaling.model.LaunchConfiguration;
import software.amazon.awssdk.services.autoscaling.model.ResourceInUseException;

/** Amazon EC2 Auto Scaling User Guide, "Auto Scaling launch configurations". */
final class LaunchConfigurationOperations {
    private final World world;

    LaunchConfigurationOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.AUTO_SCALING, CreateLaunchConfigurationRequest.class, this::create);
        operations.on(Service.AUTO_SCALING, DeleteLaunchConfigurationRequest.class, this::delete);
        operations.on(Service.AUTO_SCALING, DescribeLaunchConfigurationsRequest.class, this::describe);
    }

    private CreateLaunchConfigurationResponse create(CreateLaunchConfigurationRequest request) {
        String name = request.launchConfigurationName();
        if (!world.behaviour.launchConfigurationsAllowed() && world.actor.kind() != Actor.Kind.SETUP) {
            throw Service.AUTO_SCALING.rejection(
                    "UnsupportedOperation",
                    "The Launch Configuration creation operation is not available in your account. Use launch templates"
                            + " to create configuration templates for your Auto Scaling groups.");
        }
        if (world.launchConfigurations.containsKey(name)) {
            throw new Rejection(
                    AlreadyExistsException.builder(),
                    400,
                    "AlreadyExists",
                    "Launch Configuration by this name already exists - A launch configuration already exists with the"
                            + " name " + name);
        }
        try {
            world.image(request.imageId());
        } catch (World.MissingImage e) {
            throw Rejection.validation("AMI cannot be described: " + e.getMessage());
        }
        LaunchConfiguration configuration = Pojos.copy(request, LaunchConfiguration.builder())
                .launchConfigurationARN(Service.AUTO_SCALING.arn(
                        world.region, "launchConfiguration:" + world.ids.uuid() + ":launchConfigurationName/" + name))
                .createdTime(world.clock.now())
                .build();
        world.launchConfigurations.put(name, new World.Created<>(configuration, world.actor));
        return CreateLaunchConfigurationResponse.builder().build();
    }

    private DeleteLaunchConfigurationResponse delete(DeleteLaunchConfigurationRequest request) {
        String name = request.launchConfigurationName();
        if (!world.launchConfigurations.containsKey(name)) {
            throw Rejection.validation(
                    "Launch configuration name not found - Launch configuration " + name + " not found");
        }
        for (SimulatedGroup group : world.groups.values()) {
            if (name.equals(group.launchConfigurationName)) {
                throw new Rejection(
                        ResourceInUseException.builder(),
                        400,
                        "ResourceInUse",
                        "Cannot delete launch configuration " + name + " because it is attached to AutoScalingGroup "
                                + group.name);
            }
        }
        world.launchConfigurations.remove(name);
        for (SimulatedInstance instance : world.instances.values()) {
            if (name.equals(instance.launchConfigurationName)) {
                instance.launchConfigurationName = null;
            }
        }
        return DeleteLaunchConfigurationResponse.builder().build();
    }

    private DescribeLaunchConfigurationsResponse describe(DescribeLaunchConfigurationsRequest request) {
        List<World.Created<LaunchConfiguration>> found = new ArrayList<>();
        if (!request.launchConfigurationNames().isEmpty()) {
            request.launchConfigurationNames().stream()
                    .map(world.launchConfigurations::get)
                    .filter(Objects::nonNull)
                    .forEach(found::add);
        } else {
            found.addAll(world.launchConfigurations.values());
        }
        Pages<World.Created<LaunchConfiguration>> page =
                Pages.of(found, request.nextToken(), request.maxRecords(), 100, Groups.badToken());
        return DescribeLaunchConfigurationsResponse.builder()
                .launchConfigurations(
                        page.items().stream().map(World.Created::resource).toList())
                .nextToken(page.nextToken())
                .build();
    }
}
