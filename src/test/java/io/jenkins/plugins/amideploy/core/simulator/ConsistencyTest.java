package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Tag;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

class ConsistencyTest {
    private final TestWorld world = new TestWorld(Behaviour.immediate().withConsistencyLag(Span.seconds(2, 2)));

    @Test
    void aDescribeShowsForAWhileWhatWasBeforeTheWrite() {
        world.aws.createGroup(world.spec());
        world.desired(3);
        assertEquals(2, described().desiredCapacity());
        world.advance(Duration.ofSeconds(2));
        assertEquals(3, described().desiredCapacity());
    }

    @Test
    void theOperatorSeesWhatIs() {
        world.aws.createGroup(world.spec());
        world.desired(3);
        assertEquals(3, world.group().desiredCapacity());
    }

    private AutoScalingGroup described() {
        return world.aws
                .autoScaling()
                .describeAutoScalingGroups(request -> request.autoScalingGroupNames(TestWorld.GROUP))
                .autoScalingGroups()
                .get(0);
    }

    @Test
    void tagsAppearLater() {
        world.aws.createGroup(world.spec());
        world.aws
                .autoScaling()
                .createOrUpdateTags(request -> request.tags(Tag.builder()
                        .resourceId(TestWorld.GROUP)
                        .resourceType("auto-scaling-group")
                        .key("deployer")
                        .value("build 7")
                        .propagateAtLaunch(false)
                        .build()));
        assertFalse(tagged());
        world.advance(Duration.ofSeconds(2));
        assertTrue(tagged());
    }

    private boolean tagged() {
        return described().tags().stream().anyMatch(tag -> tag.key().equals("deployer"));
    }

    @Test
    void aNewTemplateCannotBeFoundAtOnce() {
        world.aws
                .ec2()
                .createLaunchTemplate(request -> request.launchTemplateName("new")
                        .launchTemplateData(data -> data.imageId(world.v1).instanceType("t3.small")));
        assertThrows(Ec2Exception.class, this::find);
        world.advance(Duration.ofSeconds(2));
        find();
    }

    private void find() {
        world.aws.ec2().describeLaunchTemplateVersions(request -> request.launchTemplateName("new"));
    }

    @Test
    void aNewInstanceIsUnknownToEc2ForAWhile() {
        world.aws.createGroup(world.spec());
        world.desired(3);
        world.advance(Duration.ofMillis(1000));
        String id = world.aws
                .autoScaling()
                .describeAutoScalingInstances()
                .autoScalingInstances()
                .get(2)
                .instanceId();
        assertThrows(Ec2Exception.class, () -> world.aws.ec2().describeInstances(request -> request.instanceIds(id)));
        world.advance(Duration.ofSeconds(2));
        world.aws.ec2().describeInstances(request -> request.instanceIds(id));
    }
}
