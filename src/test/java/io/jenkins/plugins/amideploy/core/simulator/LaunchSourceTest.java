package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.ResourceInUseException;

class LaunchSourceTest {
    private final TestWorld world = new TestWorld();

    private void createConfiguration(String name) {
        world.aws
                .autoScaling()
                .createLaunchConfiguration(request ->
                        request.launchConfigurationName(name).imageId(world.v2).instanceType("t3.small"));
    }

    private void deleteConfiguration(String name) {
        world.aws.autoScaling().deleteLaunchConfiguration(request -> request.launchConfigurationName(name));
    }

    @Test
    void aGroupOfALaunchConfigurationCanBeGivenAnother() {
        world.aws.createGroup(world.spec().source(GroupSpec.Source.LAUNCH_CONFIGURATION));
        assertEquals("web-configuration", world.instances().get(0).launchConfigurationName());
        createConfiguration("web-v2");
        world.aws
                .autoScaling()
                .updateAutoScalingGroup(
                        request -> request.autoScalingGroupName(TestWorld.GROUP).launchConfigurationName("web-v2"));
        world.desired(3);
        world.until(() -> world.aws.watch(TestWorld.GROUP).serving() == 3);
        assertEquals("web-v2", world.instances().get(2).launchConfigurationName());
        assertThrows(ResourceInUseException.class, () -> deleteConfiguration("web-v2"));
        deleteConfiguration("web-configuration");
        assertNull(world.instances().get(0).launchConfigurationName());
    }

    @Test
    void aGroupCanSwitchFromAConfigurationToATemplate() {
        world.aws.createGroup(world.spec().source(GroupSpec.Source.LAUNCH_CONFIGURATION));
        world.aws
                .ec2()
                .createLaunchTemplate(request -> request.launchTemplateName("new")
                        .launchTemplateData(data -> data.imageId(world.v2).instanceType("t3.small")));
        world.aws
                .autoScaling()
                .updateAutoScalingGroup(request -> request.autoScalingGroupName(TestWorld.GROUP)
                        .launchTemplate(template -> template.launchTemplateName("new")));
        assertNull(world.group().launchConfigurationName());
        assertEquals("new", world.group().launchTemplate().launchTemplateName());
    }

    @Test
    void aNewAccountCannotCreateLaunchConfigurations() {
        TestWorld newAccount = new TestWorld(Behaviour.immediate().withLaunchConfigurationsAllowed(false));
        AutoScalingException refusal = assertThrows(
                AutoScalingException.class,
                () -> newAccount
                        .aws
                        .autoScaling()
                        .createLaunchConfiguration(request -> request.launchConfigurationName("no")
                                .imageId(newAccount.v1)
                                .instanceType("t3.small")));
        assertEquals("UnsupportedOperation", refusal.awsErrorDetails().errorCode());
        assertTrue(refusal.getMessage()
                .startsWith("The Launch Configuration creation operation is not available in your account."));
    }

    @Test
    void mixedInstancesTakeTheirTypesInTurn() {
        world.aws.createGroup(world.spec()
                .sizes(1, 4, 8)
                .source(GroupSpec.Source.MIXED_INSTANCES)
                .instanceTypes("t3.small", "t3a.small"));
        assertEquals(
                Set.of("t3.small", "t3a.small"),
                world.instances().stream().map(Instance::instanceType).collect(Collectors.toSet()));
        assertNull(world.group().launchTemplate());
        assertEquals("1", world.instances().get(0).launchTemplate().version());
    }

    @Test
    void weightsCountTowardsTheDesiredCapacity() {
        world.aws.createGroup(world.spec()
                .sizes(0, 8, 20)
                .source(GroupSpec.Source.MIXED_INSTANCES)
                .instanceTypes("m5.large", "m5.xlarge")
                .weights(1, 3));
        assertEquals(4, world.instances().size());
        assertEquals("3", world.instances().get(1).weightedCapacity());
        world.desired(9);
        world.until(() -> world.aws.watch(TestWorld.GROUP).serving() == 5);
    }

    @Test
    void onlyOneSourceIsAccepted() {
        world.aws.createGroup(world.spec());
        AutoScalingException refusal = assertThrows(
                AutoScalingException.class,
                () -> world.aws
                        .autoScaling()
                        .updateAutoScalingGroup(request -> request.autoScalingGroupName(TestWorld.GROUP)
                                .launchConfigurationName("x")
                                .launchTemplate(template -> template.launchTemplateName("web-template"))));
        assertTrue(refusal.getMessage().startsWith("Valid requests must contain either LaunchTemplate"));
    }
}
