package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.KeyPairInfo;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * Removes what image builds of one controller have left in one region: builds that were deleted, whose controller lost
 * its disk, or that had to end while AWS refused. Everything is found by its tags; nothing is remembered from one run to
 * the next, so a run that was cut off is repeated by the next one, and what still cannot go, such as the security group
 * of an instance that is shutting down, is left to it.
 *
 * <p>What a live deployment has made is never touched, nor a finished image with its snapshots, nor an instance that was
 * left for a look before its time.
 */
public final class Sweeper {
    private final AwsSession aws;
    private final String controller;
    private final Predicate<Owner> live;
    private final InstantSource clock;
    private final List<String> lines = new ArrayList<>();

    /**
     * @param controller the name by which this controller's deployments are tagged
     * @param live whether a deployment of this controller is still under way; asked for everything that is found, and
     *     after it was found, so that a build that has just begun counts
     */
    public Sweeper(AwsSession aws, String controller, Predicate<Owner> live, InstantSource clock) {
        this.aws = aws;
        this.controller = Words.tagValue(controller);
        this.live = live;
        this.clock = clock;
    }

    /**
     * One run.
     *
     * @return a line for each thing that was removed or could not be
     * @throws software.amazon.awssdk.core.exception.SdkException where AWS cannot be reached, throttles, or does not let
     *     this controller look
     */
    public List<String> sweep() {
        lines.clear();
        Remains remains = Remains.ofController(aws, controller);
        Set<String> held = images(remains);
        snapshots(remains, held);
        Set<String> inUse = instances(remains);
        keys(remains);
        groups(remains, inUse);
        return List.copyOf(lines);
    }

    /** The one whose thing it was; empty where it is to be left alone. */
    private Optional<Owner> dead(List<Tag> tags) {
        Map<String, String> map = Tags.map(tags);
        return Owner.in(map)
                .filter(owner -> owner.controller().equals(controller))
                .filter(owner -> !keptForALook(map))
                .filter(owner -> !live.test(owner));
    }

    private boolean keptForALook(Map<String, String> tags) {
        return instant(tags.get(Tags.KEEP_UNTIL))
                .filter(until -> clock.instant().isBefore(until))
                .isPresent();
    }

    /** Empty where there is none, or where someone edited the tag, and what they meant cannot be known. */
    private static Optional<Instant> instant(String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static boolean finished(List<Tag> tags) {
        return Tags.map(tags).containsKey(Tags.INPUTS);
    }

    /** Removes half-made images; returns the snapshots that images hold, which cannot go before the next run. */
    private Set<String> images(Remains remains) {
        Set<String> held = new HashSet<>();
        for (Image image : remains.images()) {
            Optional<Owner> dead = finished(image.tags()) ? Optional.empty() : dead(image.tags());
            held.addAll(Made.snapshots(image));
            if (dead.isPresent() && foundBefore(image, dead.get()) && copies(image, dead.get())) {
                remove(aws, image, dead.get());
            }
        }
        return held;
    }

    /**
     * Whether a run before has found it half-made already. What AWS shows may be some seconds old: an image may just
     * have been marked as finished, and a copy may have begun that is not shown yet. So the first run that finds it only
     * says so in its tags.
     */
    private boolean foundBefore(Image image, Owner owner) {
        Instant now = clock.instant();
        Optional<Instant> found = instant(Tags.map(image.tags()).get(Tags.FOUND));
        if (found.isEmpty()) {
            aws.ec2().createTags(r -> r.resources(image.imageId()).tags(Tags.list(Map.of(Tags.FOUND, now.toString()))));
            lines.add("Image " + image.imageId() + " in " + aws.region() + ", left by " + owner.build()
                    + ", is half-made; the next run removes it");
        }
        return found.filter(since -> now.isAfter(since.plus(Desk.SHOWN))).isPresent();
    }

    /** The copies go first, for the tags of the image at home say where they are. Whether they are gone. */
    private boolean copies(Image image, Owner owner) {
        boolean gone = true;
        for (String region :
                Tags.map(image.tags()).getOrDefault(Tags.COPIES, "").split(" ")) {
            if (region.isEmpty() || region.equals(aws.region())) {
                continue;
            }
            AwsSession there = aws.in(region);
            Remains remains = Remains.ofDeployment(there, owner.deployment());
            List<Image> copies = remains.images();
            copies.forEach(copy -> remove(there, copy, owner));
            // AWS goes on showing them for a while, and a snapshot cannot go before its image.
            gone &= copies.isEmpty()
                    && remains.snapshots().stream().allMatch(snapshot -> delete(there, snapshot.snapshotId(), owner));
        }
        return gone;
    }

    private void remove(AwsSession there, Image image, Owner owner) {
        remove(
                "image " + image.imageId() + " in " + there.region(),
                owner,
                () -> Attempt.to(() -> there.ec2().deregisterImage(r -> r.imageId(image.imageId()))));
    }

    private boolean delete(AwsSession there, String snapshot, Owner owner) {
        return remove(
                "snapshot " + snapshot + " in " + there.region(),
                owner,
                () -> Attempt.to(() -> there.ec2().deleteSnapshot(r -> r.snapshotId(snapshot))));
    }

    private boolean remove(String what, Owner owner, Supplier<Optional<String>> removal) {
        Optional<String> refused = removal.get();
        lines.add(
                refused.isEmpty()
                        ? "Removed " + what + ", left by " + owner.build()
                        : "Could not remove " + what + ", left by " + owner.build() + ": " + refused.get());
        return refused.isEmpty();
    }

    /** Those of half-made images, and those whose image was removed because only the latest are kept. */
    private void snapshots(Remains remains, Set<String> held) {
        for (Snapshot snapshot : remains.snapshots()) {
            boolean goes =
                    !finished(snapshot.tags()) || Tags.map(snapshot.tags()).containsKey(Tags.RETIRED);
            if (goes && !held.contains(snapshot.snapshotId())) {
                dead(snapshot.tags()).ifPresent(owner -> delete(aws, snapshot.snapshotId(), owner));
            }
        }
    }

    /** Terminates instances; returns the deployments that still have one. */
    private Set<String> instances(Remains remains) {
        Set<String> inUse = new HashSet<>();
        for (Instance instance : remains.instances()) {
            Owner.in(Tags.map(instance.tags())).ifPresent(owner -> inUse.add(owner.deployment()));
            Optional<Owner> dead = dead(instance.tags());
            if (dead.isPresent() && instance.state().name() != InstanceStateName.SHUTTING_DOWN) {
                String id = instance.instanceId();
                remove(
                        "instance " + id,
                        dead.get(),
                        () -> Attempt.to(() -> aws.ec2().terminateInstances(r -> r.instanceIds(id))));
            }
        }
        return inUse;
    }

    private void keys(Remains remains) {
        for (KeyPairInfo key : remains.keys()) {
            dead(key.tags())
                    .ifPresent(owner -> remove(
                            "key pair " + key.keyName(),
                            owner,
                            () -> Attempt.to(() -> aws.ec2().deleteKeyPair(r -> r.keyName(key.keyName())))));
        }
    }

    private void groups(Remains remains, Set<String> inUse) {
        for (SecurityGroup group : remains.groups()) {
            dead(group.tags())
                    .filter(owner -> !inUse.contains(owner.deployment()))
                    .ifPresent(owner -> remove(
                            "security group " + group.groupId(),
                            owner,
                            () -> Attempt.to(() -> aws.ec2().deleteSecurityGroup(r -> r.groupId(group.groupId())))));
        }
    }
}
