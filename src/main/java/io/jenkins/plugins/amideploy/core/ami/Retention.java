package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.ami.BuildState.Phase;
import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.model.Image;

/**
 * Removes the older images of a family with their snapshots, in each region that the build has made an image in. Only
 * finished images of this account are looked at, and one that something still uses stays.
 */
final class Retention {
    private static final String RETIRED = "retired.";
    private static final Duration AGAIN = Duration.ofSeconds(4);

    private final Desk desk;
    private final BuildState state;

    Retention(Desk desk) {
        this.desk = desk;
        this.state = desk.state();
    }

    /** What becomes of the older images of a family in one region: those that go, and those that stay, with the reason. */
    record Verdict(List<Image> go, Map<Image, String> stay) {}

    /** One region after the other. A problem here says so and leaves the new image alone. */
    Tick tick() {
        boolean complete = desk.regions().stream()
                .noneMatch(region -> state.copyFailure(region).isPresent());
        Optional<String> region = desk.request().image().keep() == 0 || !complete
                ? Optional.empty()
                : desk.regions().stream()
                        .filter(r -> !state.done("retention." + r))
                        .findFirst();
        if (region.isEmpty()) {
            return desk.next(Phase.CLEAN_UP);
        }
        try {
            return remove(desk.aws(region.get()), region.get());
        } catch (AwsServiceException e) {
            AwsFailure failure = AwsFailure.of(e);
            if (failure.kind() != AwsFailure.Kind.REFUSED && failure.kind() != AwsFailure.Kind.DENIED) {
                throw e;
            }
            desk.warn("Older images of " + desk.family() + " in " + region.get() + " are not removed: " + failure
                    + ". The next build tries again.");
            return done(region.get());
        }
    }

    private Tick done(String region) {
        state.markDone("retention." + region);
        return desk.now();
    }

    private Tick remove(AwsSession aws, String region) {
        if (!state.asked("retention." + region)) {
            deregister(aws, region);
            state.ask("retention." + region, desk.at().now());
            return desk.now();
        }
        return delete(aws, region) ? done(region) : desk.in(AGAIN);
    }

    private void deregister(AwsSession aws, String region) {
        Verdict verdict = judge(aws, desk.request().image().keep());
        verdict.stay().forEach((image, why) -> desk.say("Kept in " + region + ": " + words(image) + ", " + why));
        for (Image image : verdict.go()) {
            Set<String> snapshots = Made.snapshots(image);
            retire(aws, snapshots);
            retired(region, snapshots, true);
            Optional<String> refused = Attempt.to(() -> aws.ec2().deregisterImage(r -> r.imageId(image.imageId())));
            if (refused.isPresent()) {
                retired(region, snapshots, false);
                desk.say(
                        "Kept in " + region + ": " + words(image) + ", AWS refuses to deregister it: " + refused.get());
            } else {
                desk.say("Removed in " + region + ": " + words(image) + " with " + String.join(", ", snapshots));
            }
        }
    }

    /** Keeps which snapshots are still to go, before their image does. */
    private void retired(String region, Set<String> snapshots, boolean go) {
        Set<String> all = state.saved().getSet(RETIRED + region);
        if (go) {
            all.addAll(snapshots);
        } else {
            all.removeAll(snapshots);
        }
        state.saved().put(RETIRED + region, all);
        desk.at().save();
    }

    /** Deletes them; AWS refuses as long as it shows their image. False where some are left to try again. */
    private boolean delete(AwsSession aws, String region) {
        Set<String> left = state.saved().getSet(RETIRED + region);
        Map<String, String> refused = new LinkedHashMap<>();
        for (String snapshot : state.saved().getSet(RETIRED + region)) {
            Attempt.to(() -> aws.ec2().deleteSnapshot(r -> r.snapshotId(snapshot)))
                    .ifPresentOrElse(why -> refused.put(snapshot, why), () -> left.remove(snapshot));
        }
        state.saved().put(RETIRED + region, left);
        boolean enough = desk.passed(Desk.SHOWN, state.askedAt("retention." + region));
        if (enough) {
            refused.forEach((snapshot, why) ->
                    desk.warn("Snapshot " + snapshot + " in " + region + " is left; the sweeper tries again: " + why));
        }
        return enough || refused.isEmpty();
    }

    /** Once their image is gone, nothing but this mark would say that they shall go, too. */
    private static void retire(AwsSession aws, Set<String> snapshots) {
        if (!snapshots.isEmpty()) {
            aws.ec2().createTags(r -> r.resources(snapshots).tags(Tags.list(Map.of(Tags.RETIRED, "yes"))));
        }
    }

    /** Decides over the images of the family, the newest of which is this build's own. */
    Verdict judge(AwsSession aws, int keep) {
        List<Image> older = aws
                .ec2()
                .describeImages(r -> r.owners("self").filters(Tags.filter(Tags.FAMILY, desk.family())))
                .images()
                .stream()
                .filter(image -> Tags.map(image.tags()).containsKey(Tags.INPUTS))
                .filter(image -> !image.imageId().equals(state.image())
                        && !image.imageId().equals(state.copy(aws.region())))
                .sorted(Comparator.comparing(Image::creationDate).reversed())
                .skip(keep - 1L)
                .toList();
        Map<String, String> uses =
                Uses.of(aws, older.stream().map(Image::imageId).toList());
        List<Image> go = new ArrayList<>();
        Map<Image, String> stay = new LinkedHashMap<>();
        for (Image image : older) {
            if (uses.containsKey(image.imageId())) {
                stay.put(image, "still used by " + uses.get(image.imageId()));
            } else {
                go.add(image);
            }
        }
        return new Verdict(go, stay);
    }

    static String words(Image image) {
        return image.imageId() + " ('" + image.name() + "')";
    }
}
