package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.ami.BuildState.Phase;
import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.model.CopyImageRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/**
 * Copies the image to the other regions, all at the same time, gives image and copies to whom they are for, and at last
 * marks them as finished.
 */
final class Publishing {
    private final Desk desk;
    private final BuildState state;

    Publishing(Desk desk) {
        this.desk = desk;
        this.state = desk.state();
    }

    Tick tick() {
        boolean pending = false;
        for (String region : desk.request().image().copyTo().keySet()) {
            if (!state.done("publish." + region) && state.copyFailure(region).isEmpty()) {
                pending |= !copied(region);
            }
        }
        if (!state.done("publish." + desk.home())) {
            new Audience(desk).admit(desk.aws(), state.image());
            state.markDone("publish." + desk.home());
        }
        if (pending) {
            // While the last copies are made, the instance has nothing left to do.
            new CleanUp(desk).letGoOfInstance();
            return desk.awaiting(earliest());
        }
        finish();
        return desk.next(Phase.RETENTION);
    }

    private Instant earliest() {
        return desk.request().image().copyTo().keySet().stream()
                .map(region -> state.askedAt("copy." + region))
                .min(Comparator.naturalOrder())
                .orElse(desk.at().now());
    }

    /** Whether the copy needs no further look: it is there and published, or it has failed. */
    private boolean copied(String region) {
        try {
            if (state.copy(region).isEmpty()) {
                start(region);
                return false;
            }
            return look(region);
        } catch (AwsServiceException e) {
            AwsFailure failure = AwsFailure.of(e);
            boolean refused = failure.kind() == AwsFailure.Kind.REFUSED || failure.kind() == AwsFailure.Kind.DENIED;
            boolean notYet = failure.notFound() && !desk.passed(Desk.SHOWN, state.askedAt("copy." + region));
            if (!refused || notYet) {
                throw e;
            }
            fail(region, "AWS refused: " + failure);
            return true;
        }
    }

    /** The client token makes AWS copy once, however often it is asked to. */
    private void start(String region) {
        Map<String, String> tags = Tags.ofImage(desk);
        String key = desk.request().image().copyTo().get(region);
        CopyImageRequest.Builder copy = CopyImageRequest.builder()
                .clientToken(desk.at().owner().deployment() + "-" + region)
                .sourceRegion(desk.home())
                .sourceImageId(state.image())
                .name(state.name())
                .description(
                        desk.request().image().description().isEmpty()
                                ? null
                                : desk.request().image().description())
                .tagSpecifications(Tags.on(ResourceType.IMAGE, tags), Tags.on(ResourceType.SNAPSHOT, tags));
        if (!key.isEmpty()) {
            copy.encrypted(true).kmsKeyId(key);
        }
        desk.aboutToMake("copy." + region);
        state.copy(region, desk.aws(region).ec2().copyImage(copy.build()).imageId());
        desk.at().save();
        desk.say("Copy " + state.copy(region) + " is being made in " + region);
    }

    private boolean look(String region) {
        String id = state.copy(region);
        Optional<Image> shown = desk
                .aws(region)
                .ec2()
                .describeImages(r -> r.owners("self")
                        .filters(Filter.builder().name("image-id").values(id).build()))
                .images()
                .stream()
                .findFirst();
        Duration waited =
                Duration.between(state.askedAt("copy." + region), desk.at().now());
        if (shown.isEmpty() && waited.compareTo(Desk.SHOWN) > 0) {
            fail(region, id + " is gone; someone has deregistered it");
            return true;
        }
        if (shown.map(Imaging::failed).orElse(false)) {
            fail(region, id + " is " + shown.get().stateAsString() + ": " + Imaging.reason(shown.get()));
            return true;
        }
        if (shown.map(image -> image.state() == ImageState.AVAILABLE).orElse(false)) {
            state.snapshots(region, Made.snapshots(shown.get()));
            new Audience(desk).admit(desk.aws(region), id);
            state.markDone("publish." + region);
            desk.say("Copy " + id + " in " + region + " is available after " + Words.of(waited));
            return true;
        }
        if (waited.compareTo(desk.request().image().imageTimeout()) > 0) {
            fail(
                    region,
                    id + " is not available after the imageTimeout of "
                            + Words.of(desk.request().image().imageTimeout()));
            return true;
        }
        return false;
    }

    private void fail(String region, String why) {
        String text = "The copy to " + region + " failed: " + why;
        if (!desk.request().keepCopies()) {
            throw new Stop(Trouble.Kind.UNHEALTHY, text);
        }
        state.copyFailed(region, text);
        desk.at().save();
        desk.at().say(Event.Kind.FAILURE, "", text + ". The image and its other copies are kept, as onFailure says.");
    }

    /** The copies first: an image at home that is marked is finished everywhere. */
    private void finish() {
        Made made = Made.now(desk);
        List<String> regions = new ArrayList<>(made.images().keySet());
        regions.remove(desk.home());
        for (String region : regions) {
            mark(desk.aws(region), made.images().get(region), state.snapshots(region));
        }
        mark(desk.aws(), made.imageId(), made.snapshots());
        state.markFinished();
        desk.at().save();
        desk.say("Image '" + made.name() + "' is finished: " + made);
    }

    private void mark(AwsSession aws, String image, Set<String> snapshots) {
        List<String> resources = new ArrayList<>(List.of(image));
        resources.addAll(snapshots);
        aws.ec2().createTags(r -> r.resources(resources).tags(Tags.list(Map.of(Tags.INPUTS, state.digest()))));
    }
}
