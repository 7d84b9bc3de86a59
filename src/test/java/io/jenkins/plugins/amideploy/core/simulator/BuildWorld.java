package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** A world to build an image in by hand, where AWS answers at once. */
final class BuildWorld {
    final SimulatedAws aws;
    final String source;

    BuildWorld(Guest guest) {
        this(guest, Behaviour.immediate());
    }

    BuildWorld(Guest guest, Behaviour behaviour) {
        aws = new SimulatedAws(1, behaviour);
        aws.instanceProfile("builder");
        source = aws.registerImage(
                ImageSpec.of("al2023-ami-2023.1", "x86_64").amazon().guest(guest));
    }

    static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }

    static TagSpecification tags(String type) {
        return TagSpecification.builder()
                .resourceType(type)
                .tags(tag("build", "1"))
                .build();
    }

    static String code(AwsServiceException refused) {
        return refused.awsErrorDetails().errorCode();
    }

    RunInstancesRequest.Builder request() {
        return RunInstancesRequest.builder()
                .imageId(source)
                .instanceType("t3.small")
                .minCount(1)
                .maxCount(1)
                .iamInstanceProfile(profile -> profile.name("builder"))
                .tagSpecifications(BuildWorld.tags("instance"), BuildWorld.tags("volume"));
    }

    String run() {
        return run(request().build());
    }

    String run(RunInstancesRequest request) {
        return aws.ec2().runInstances(request).instances().get(0).instanceId();
    }

    Instance instance(String id) {
        return aws.operator()
                .ec2()
                .describeInstances(request -> request.instanceIds(id))
                .reservations()
                .get(0)
                .instances()
                .get(0);
    }

    Image image(String id) {
        return aws.operator()
                .ec2()
                .describeImages(request -> request.imageIds(id))
                .images()
                .get(0);
    }

    void until(String id, InstanceStateName state) {
        until(() -> instance(id).state().name() == state);
    }

    /** Lets up to an hour pass, second by second. */
    void until(Supplier<Boolean> condition) {
        for (int second = 0; second < 3600; second++) {
            if (condition.get()) {
                return;
            }
            advance(1);
        }
        throw new AssertionError("It did not happen within an hour");
    }

    void advance(int seconds) {
        aws.clock().advance(Duration.ofSeconds(seconds));
    }

    String runUntilRunning() {
        String id = run();
        until(id, InstanceStateName.RUNNING);
        return id;
    }

    String createImage(String instance, String name) {
        return aws.ec2()
                .createImage(request -> request.instanceId(instance)
                        .name(name)
                        .tagSpecifications(BuildWorld.tags("image"), BuildWorld.tags("snapshot")))
                .imageId();
    }

    List<Leftover> made() {
        return aws.leftovers().stream().filter(Leftover::fromCaller).toList();
    }
}
