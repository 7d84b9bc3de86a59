package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Snapshot;

/**
 * Removes what only served the build, and in a build that failed everything it made. All of it is found by its tags, so
 * that also that is found whose making was never answered; and it is looked for until AWS has had time to show it.
 */
final class CleanUp {
    /** How long it is tried again what AWS refuses. */
    private static final Duration REFUSED = Duration.ofMinutes(3);
    /** How long an instance may shut down. */
    private static final Duration SHUTTING_DOWN = Duration.ofMinutes(30);

    private static final String REFUSES = "AWS refuses: ";
    private static final String REFUSED_SINCE = "clean.refused";
    private static final String SINCE = "clean.since";

    private final Desk desk;
    private final BuildState state;
    /** What is still there, with the reason where it cannot be removed now. */
    private final Map<String, String> left = new LinkedHashMap<>();

    CleanUp(Desk desk) {
        this.desk = desk;
        this.state = desk.state();
    }

    Tick tick() {
        Instant since = state.saved().getInstant(SINCE).orElse(desk.at().now());
        state.saved().put(SINCE, since);
        // What costs the most goes first.
        Keeping keeping = new Keeping(desk);
        step("the instance", () -> {
            keeping.look(this::living);
            if (keeping.wanted()) {
                keeping.keep();
            } else {
                removeInstance();
            }
        });
        for (String region : imagesToRemove()) {
            if (region.equals(desk.home()) && copiesRefused()) {
                left.put(state.image() + " in " + region, "it goes after its copies, to which its tags lead");
            } else {
                step("the images in " + region, () -> removeImages(region));
            }
        }
        step("the key pair", this::removeKey);
        if (!keeping.wanted() && done("instance")) {
            step("the security group", this::removeGroup);
        }
        return next(since);
    }

    private boolean copiesRefused() {
        return desk.request().image().copyTo().keySet().stream()
                .anyMatch(region -> left.entrySet().stream()
                        .anyMatch(e -> e.getKey().endsWith(" in " + region)
                                && !e.getValue().isEmpty()));
    }

    /** What AWS does not even let us look at must not keep the rest from going. */
    private void step(String what, Runnable removal) {
        Attempt.to(removal).ifPresent(why -> left.put(what, REFUSES + why));
    }

    /** Where the images of this build are to go; the image at home goes last, for its tags say where its copies are. */
    private List<String> imagesToRemove() {
        List<String> regions = new ArrayList<>(desk.request().image().copyTo().keySet());
        if (state.finished()) {
            // The other copies and the image are kept; those that failed are of use to nobody.
            regions.removeIf(region -> state.copyFailure(region).isEmpty());
        } else {
            regions.add(desk.home());
        }
        regions.removeIf(region -> !mayHaveImages(region));
        return regions;
    }

    private Tick next(Instant since) {
        boolean refused = left.values().stream().anyMatch(why -> !why.isEmpty());
        boolean waiting = left.values().stream().anyMatch(String::isEmpty);
        if (!refused) {
            state.saved().remove(REFUSED_SINCE);
        } else if (!state.saved().has(REFUSED_SINCE)) {
            state.saved().put(REFUSED_SINCE, desk.at().now());
        }
        boolean unsure = !desk.at().settled() && !state.finished();
        if (left.isEmpty() && !unsure) {
            return new Ending(desk).tick(left);
        }
        Instant refusedSince =
                state.saved().getInstant(REFUSED_SINCE).orElse(desk.at().now());
        boolean enough = desk.passed(REFUSED, refusedSince) && !waiting || desk.passed(SHUTTING_DOWN, since);
        return enough ? new Ending(desk).tick(left) : desk.awaiting(since);
    }

    private boolean done(String thing) {
        return state.done("clean." + thing);
    }

    /** Nothing more is looked for where nothing was found any more and AWS has had time to show it. */
    private void noneLeft(String thing) {
        if (desk.at().settled() || state.finished()) {
            state.markDone("clean." + thing);
        }
    }

    private boolean mayHaveImages(String region) {
        return state.asked(region.equals(desk.home()) ? "image" : "copy." + region) && !done("images." + region);
    }

    private void removeImages(String region) {
        AwsSession aws = desk.aws(region);
        Remains remains = Remains.ofDeployment(aws, desk.at().owner().deployment());
        List<Image> images = remains.images();
        for (Image image : images) {
            remove(image.imageId() + " in " + region, () -> deregister(aws, image.imageId()));
        }
        Set<String> snapshots = new LinkedHashSet<>();
        images.forEach(image -> snapshots.addAll(Made.snapshots(image)));
        remains.snapshots().forEach((Snapshot snapshot) -> snapshots.add(snapshot.snapshotId()));
        for (String snapshot : snapshots) {
            remove(snapshot + " in " + region, () -> delete(aws, snapshot));
        }
        if (images.isEmpty() && snapshots.isEmpty()) {
            noneLeft("images." + region);
        }
    }

    private static Optional<String> deregister(AwsSession aws, String image) {
        return Attempt.to(() -> aws.ec2().deregisterImage(r -> r.imageId(image)));
    }

    private static Optional<String> delete(AwsSession aws, String snapshot) {
        return Attempt.to(() -> aws.ec2().deleteSnapshot(r -> r.snapshotId(snapshot)));
    }

    private void remove(String what, Supplier<Optional<String>> removal) {
        left.put(what, removal.get().map(why -> REFUSES + why).orElse(""));
    }

    private void removeInstance() {
        if (!state.asked("instance") || done("instance")) {
            if (!state.asked("instance")) {
                state.markDone("clean.instance");
            }
            return;
        }
        List<Instance> living = living();
        terminate(living);
        if (living.isEmpty()) {
            noneLeft("instance");
            if (!done("instance")) {
                left.put("the instance, if there is one", "");
            }
        }
    }

    private List<Instance> living() {
        return Remains.ofDeployment(desk.aws(), desk.at().owner().deployment()).instances();
    }

    private void terminate(List<Instance> living) {
        for (Instance instance : living) {
            String id = instance.instanceId();
            boolean going = instance.state().name() == InstanceStateName.SHUTTING_DOWN;
            Optional<String> refused = going
                    ? Optional.empty()
                    : Attempt.to(() -> desk.aws().ec2().terminateInstances(r -> r.instanceIds(id)));
            if (refused.isEmpty() && !state.done("terminated")) {
                state.markDone("terminated");
                desk.say("Instance " + id + " is terminated");
            }
            left.put(id, refused.map(why -> REFUSES + why).orElse(""));
        }
    }

    /** Terminates the instance before its time, for it only costs money now; whether it went is seen to at the end. */
    void letGoOfInstance() {
        if (!state.done("terminated")) {
            terminate(living());
        }
    }

    private void removeKey() {
        if (!state.asked("key") || done("key")) {
            return;
        }
        var keys =
                Remains.ofDeployment(desk.aws(), desk.at().owner().deployment()).keys();
        keys.forEach(key -> remove(
                "key pair " + key.keyName(),
                () -> Attempt.to(() -> desk.aws().ec2().deleteKeyPair(r -> r.keyName(key.keyName())))));
        if (keys.isEmpty()) {
            noneLeft("key");
        }
    }

    /** AWS refuses as long as it shows an instance with it. */
    private void removeGroup() {
        if (!state.asked("group") || done("group")) {
            return;
        }
        var groups =
                Remains.ofDeployment(desk.aws(), desk.at().owner().deployment()).groups();
        groups.forEach(group -> remove(
                "security group " + group.groupId(),
                () -> Attempt.to(() -> desk.aws().ec2().deleteSecurityGroup(r -> r.groupId(group.groupId())))));
        if (groups.isEmpty()) {
            noneLeft("group");
        }
    }

    /** What a build may have left, as far as it is known without asking AWS. */
    static Set<String> known(BuildState state) {
        Set<String> known = new LinkedHashSet<>();
        if (!state.instance().isEmpty()) {
            known.add("instance " + state.instance());
        }
        if (!state.group().isEmpty()) {
            known.add("security group " + state.group());
        }
        if (state.asked("key")) {
            known.add("its key pair");
        }
        if (!state.image().isEmpty() && !state.finished()) {
            known.add("image " + state.image());
        }
        return known;
    }
}
