package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;

/** A world with two images and a group to try one behaviour on, where AWS answers and acts at once unless told not to. */
final class TestWorld {
    static final String GROUP = "web";
    static final String[] ZONES = {"eu-west-1a", "eu-west-1b", "eu-west-1c"};

    final SimulatedAws aws;
    final String v1;
    final String v2;

    TestWorld() {
        this(Behaviour.immediate());
    }

    TestWorld(Behaviour behaviour) {
        this(1, behaviour);
    }

    TestWorld(long seed, Behaviour behaviour) {
        aws = new SimulatedAws(seed, behaviour);
        v1 = aws.registerImage("web v1", "x86_64", Application.healthy());
        v2 = aws.registerImage("web v2", "x86_64", Application.healthy());
    }

    GroupSpec spec() {
        return GroupSpec.of(GROUP, v1);
    }

    AutoScalingGroup group() {
        return aws.operator()
                .autoScaling()
                .describeAutoScalingGroups(request -> request.autoScalingGroupNames(GROUP))
                .autoScalingGroups()
                .get(0);
    }

    List<Instance> instances() {
        return group().instances();
    }

    List<Instance> in(LifecycleState state) {
        return instances().stream()
                .filter(instance -> instance.lifecycleState() == state)
                .toList();
    }

    Instance instance(String id) {
        return instances().stream()
                .filter(instance -> instance.instanceId().equals(id))
                .findAny()
                .orElse(null);
    }

    String first() {
        return instances().get(0).instanceId();
    }

    List<Activity> activities() {
        return aws.operator()
                .autoScaling()
                .describeScalingActivities(request -> request.autoScalingGroupName(GROUP))
                .activities();
    }

    Activity activity(Predicate<Activity> wanted) {
        return activities().stream().filter(wanted).findFirst().orElseThrow();
    }

    void advance(Duration duration) {
        aws.clock().advance(duration);
    }

    /** Lets up to an hour pass, second by second. */
    void until(BooleanSupplier condition) {
        for (int second = 0; second < 3600; second++) {
            if (condition.getAsBoolean()) {
                return;
            }
            advance(Duration.ofSeconds(1));
        }
        fail("It did not happen within an hour");
    }

    /** Changes the template to the second image and lets the group launch from that version. */
    void pointAtV2() {
        String version = aws.ec2()
                .createLaunchTemplateVersion(request -> request.launchTemplateName(GROUP + "-template")
                        .sourceVersion("1")
                        .launchTemplateData(data -> data.imageId(v2)))
                .launchTemplateVersion()
                .versionNumber()
                .toString();
        aws.autoScaling()
                .updateAutoScalingGroup(request -> request.autoScalingGroupName(GROUP)
                        .launchTemplate(template ->
                                template.launchTemplateName(GROUP + "-template").version(version)));
    }

    void terminate(String instance, boolean decrement) {
        aws.autoScaling()
                .terminateInstanceInAutoScalingGroup(
                        request -> request.instanceId(instance).shouldDecrementDesiredCapacity(decrement));
    }

    void desired(int capacity) {
        aws.autoScaling()
                .setDesiredCapacity(
                        request -> request.autoScalingGroupName(GROUP).desiredCapacity(capacity));
    }
}
