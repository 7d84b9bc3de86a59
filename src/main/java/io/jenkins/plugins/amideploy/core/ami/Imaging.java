package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.ami.BuildState.Phase;
import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.CreateImageRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/**
 * Stops the instance and makes the image. CreateImage has no client token: the image is found again by its name, which is
 * unique among the account's images, and by the deployment's tag.
 */
final class Imaging {
    /** No image is made sooner. */
    private static final Duration QUICKEST = Duration.ofSeconds(20);

    private static final Duration STOPPED = Duration.ofMinutes(15);

    private final Desk desk;
    private final BuildState state;

    Imaging(Desk desk) {
        this.desk = desk;
        this.state = desk.state();
    }

    /** A one-time spot instance cannot be stopped; EC2 itself reboots it for the image. */
    Tick stop() {
        if (desk.request().image().noReboot() || desk.request().instance().spot()) {
            return desk.next(Phase.IMAGE);
        }
        Optional<InstanceStateName> shown = new BuildInstance(desk)
                .look()
                .map((Instance instance) -> instance.state().name());
        if (shown.equals(Optional.of(InstanceStateName.STOPPED))) {
            desk.say("Instance " + state.instance() + " is stopped");
            return desk.next(Phase.IMAGE);
        }
        if (!state.asked("stop")) {
            state.ask("stop", desk.at().now());
            desk.at().save();
        }
        if (desk.passed(STOPPED, state.askedAt("stop"))) {
            throw new Stop(
                    Trouble.Kind.UNHEALTHY,
                    "The instance " + state.instance() + " does not stop: after " + Words.of(STOPPED) + " it is still "
                            + shown.map(InstanceStateName::toString).orElse("not shown by AWS"));
        }
        if (shown.equals(Optional.of(InstanceStateName.RUNNING))) {
            desk.aws().ec2().stopInstances(r -> r.instanceIds(state.instance()));
        }
        return desk.awaiting(state.askedAt("stop"));
    }

    Tick image() {
        if (state.image().isEmpty()) {
            Optional<Tick> again = make();
            if (again.isPresent()) {
                return again.get();
            }
        }
        Instant since = state.askedAt("image");
        Optional<Image> image = find("image-id", state.image());
        if (image.isEmpty() && desk.passed(Desk.SHOWN, since)) {
            throw new Stop(
                    Trouble.Kind.UNHEALTHY, "The image " + state.image() + " is gone; someone has deregistered it.");
        }
        if (image.map(Imaging::failed).orElse(false)) {
            throw new Stop(
                    Trouble.Kind.UNHEALTHY,
                    "The image " + state.image() + " is " + image.get().stateAsString() + ": " + reason(image.get()));
        }
        if (image.map(found -> found.state() == ImageState.AVAILABLE).orElse(false)) {
            state.snapshots(desk.home(), Made.snapshots(image.get()));
            desk.say("Image " + state.image() + " is available after "
                    + Words.of(Duration.between(since, desk.at().now())));
            return desk.next(Phase.PUBLISH);
        }
        if (desk.passed(desk.request().image().imageTimeout(), since)) {
            throw new Stop(
                    Trouble.Kind.UNHEALTHY,
                    "The image " + state.image() + " is still "
                            + image.map(Image::stateAsString).orElse("not shown by AWS") + " after the imageTimeout of "
                            + Words.of(desk.request().image().imageTimeout()));
        }
        return image.isEmpty() || desk.passed(QUICKEST, since) ? desk.awaiting(since) : desk.in(QUICKEST);
    }

    static boolean failed(Image image) {
        return image.state() == ImageState.FAILED
                || image.state() == ImageState.ERROR
                || image.state() == ImageState.INVALID
                || image.state() == ImageState.DEREGISTERED;
    }

    static String reason(Image image) {
        return image.stateReason() == null || image.stateReason().message() == null
                ? "AWS gives no reason"
                : image.stateReason().message();
    }

    /** Makes it, or finds that it was made; when to look again where that is not clear yet. */
    private Optional<Tick> make() {
        Optional<Image> there =
                state.asked("image") ? find("name", Preflight.literally(state.name())) : Optional.empty();
        if (there.isEmpty()) {
            there = create();
        }
        if (there.isEmpty()) {
            if (desk.passed(Desk.SHOWN, state.askedAt("image"))) {
                throw taken("an image that AWS does not show");
            }
            return Optional.of(desk.in(Duration.ofSeconds(3))); // AWS has one of that name and does not show it yet
        }
        boolean own = there.get().name() == null // just made
                || desk.at()
                        .owner()
                        .deployment()
                        .equals(Tags.map(there.get().tags()).get(Tags.DEPLOYMENT));
        if (!own) {
            throw taken(there.get().imageId());
        }
        state.image(there.get().imageId());
        desk.at().save();
        desk.say("Image " + state.image() + " ('" + state.name() + "') is being made of " + state.instance());
        return Optional.empty();
    }

    private Stop taken(String by) {
        return new Stop(
                Trouble.Kind.REFUSED,
                "The name '" + state.name() + "' was free when this build began and is taken now by " + by
                        + ". A name with {build} or {time} in it is always free.");
    }

    /** The new image, with nothing but its id; empty where AWS says that the name is taken. */
    private Optional<Image> create() {
        Map<String, String> tags = Tags.ofImage(desk);
        CreateImageRequest request = CreateImageRequest.builder()
                .instanceId(state.instance())
                .name(state.name())
                .description(
                        desk.request().image().description().isEmpty()
                                ? null
                                : desk.request().image().description())
                .noReboot(desk.request().image().noReboot())
                .tagSpecifications(Tags.on(ResourceType.IMAGE, tags), Tags.on(ResourceType.SNAPSHOT, tags))
                .build();
        desk.aboutToMake("image");
        try {
            String id = desk.aws().ec2().createImage(request).imageId();
            return Optional.of(Image.builder().imageId(id).build());
        } catch (Ec2Exception e) {
            if (!AwsFailure.of(e).code().equals("InvalidAMIName.Duplicate")) {
                throw e;
            }
            return find("name", Preflight.literally(state.name()));
        }
    }

    private Optional<Image> find(String filter, String value) {
        return desk
                .aws()
                .ec2()
                .describeImages(r -> r.owners("self")
                        .filters(Filter.builder().name(filter).values(value).build()))
                .images()
                .stream()
                .findFirst();
    }
}
