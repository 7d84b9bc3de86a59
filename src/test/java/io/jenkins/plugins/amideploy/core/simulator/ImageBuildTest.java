package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.SnapshotState;

class ImageBuildTest {
    private final BuildWorld world = new BuildWorld(Guest.working());
    private final Ec2Client ec2 = world.aws.ec2();

    private static String code(Runnable call) {
        return BuildWorld.code(assertThrows(Ec2Exception.class, call::run));
    }

    @Test
    void anImageBecomesAvailableWithTaggedSnapshotsAndFailsNoLaunch() {
        String instance = world.runUntilRunning();
        String id = world.createImage(instance, "web-1");
        assertEquals(ImageState.PENDING, world.image(id).state());
        assertEquals("InvalidAMIName.Duplicate", code(() -> world.createImage(instance, "web-1")));
        assertEquals("InvalidAMIName.Malformed", code(() -> world.createImage(instance, "w%")));
        world.until(() -> world.image(id).state() == ImageState.AVAILABLE);
        assertEquals(instance, world.image(id).sourceInstanceId());
        List<Snapshot> snapshots = ec2.describeSnapshots(
                        r -> r.ownerIds("self").filters(BuildWorld.filter("tag:build", "1")))
                .snapshots();
        assertEquals(
                world.image(id).blockDeviceMappings().get(0).ebs().snapshotId(),
                snapshots.get(0).snapshotId());
        assertEquals(SnapshotState.COMPLETED, snapshots.get(0).state());
        world.aws.createGroup(GroupSpec.of("web", id).sizes(1, 1, 2));
        assertEquals(1, world.aws.watch("web").serving());
    }

    @Test
    void aSnapshotOutlivesItsImageAndCannotGoBeforeIt() {
        String id = world.createImage(world.runUntilRunning(), "web-1");
        world.until(() -> world.image(id).state() == ImageState.AVAILABLE);
        String snapshot = world.image(id).blockDeviceMappings().get(0).ebs().snapshotId();
        assertEquals("InvalidSnapshot.InUse", code(() -> ec2.deleteSnapshot(r -> r.snapshotId(snapshot))));
        ec2.deregisterImage(r -> r.imageId(id));
        assertTrue(world.made().stream().anyMatch(one -> one.id().equals(snapshot)));
        ec2.deleteSnapshot(r -> r.snapshotId(snapshot));
        assertTrue(world.made().stream().noneMatch(one -> one.id().equals(snapshot)));
    }

    @Test
    void anImageThatFailsSaysWhy() {
        world.aws.faults().failImage("The disk is broken");
        String id = world.createImage(world.runUntilRunning(), "web-1");
        world.until(() -> world.image(id).state() == ImageState.FAILED);
        assertEquals(
                "Client.InternalError: The disk is broken",
                world.image(id).stateReason().message());
    }

    @Test
    void anImageFailsWhoseInstanceIsTerminatedAtOnce() {
        String instance = world.runUntilRunning();
        String id = world.createImage(instance, "web-1");
        world.aws.operator().ec2().terminateInstances(r -> r.instanceIds(instance));
        world.until(() -> world.image(id).state() == ImageState.FAILED);
        assertTrue(world.image(id).stateReason().message().contains("was terminated"));
    }

    @Test
    void imagesAreFoundByOwnerNameAndTag() {
        String id = world.createImage(world.runUntilRunning(), "web-1");
        assertEquals(
                world.source,
                ec2.describeImages(r -> r.owners("amazon")
                                .filters(
                                        BuildWorld.filter("name", "al2023-ami-2023*"),
                                        BuildWorld.filter("architecture", "x86_64")))
                        .images()
                        .get(0)
                        .imageId());
        assertEquals(
                List.of(id),
                ec2.describeImages(r -> r.owners("self").filters(BuildWorld.filter("tag:build", "1"))).images().stream()
                        .map(Image::imageId)
                        .toList());
        assertThrows(
                UnsupportedOperationException.class,
                () -> ec2.describeImages(r -> r.filters(BuildWorld.filter("product-code", "x"))));
        assertEquals("AuthFailure", code(() -> ec2.deregisterImage(r -> r.imageId(world.source))));
    }

    @Test
    void anotherRegionIsAnotherWorldWithTheSameClockAndCallNumbers() {
        SimulatedAws other = world.aws.region("eu-central-1");
        world.aws.faults().crashAfterCall(1);
        assertThrows(SimulatedCrash.class, () -> other.ec2().describeVpcs());
        assertEquals("eu-central-1", world.aws.calls().calls().get(0).region());
        assertTrue(other.ec2().describeImages(r -> r.owners("amazon")).images().isEmpty());
        other.ec2().createSecurityGroup(r -> r.groupName("a").description("a"));
        assertEquals("eu-central-1", world.made().get(0).region());
    }
}
