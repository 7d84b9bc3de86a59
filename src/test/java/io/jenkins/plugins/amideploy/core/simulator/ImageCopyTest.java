package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CopyImageRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageAttributeName;
import software.amazon.awssdk.services.ec2.model.ImageState;
import software.amazon.awssdk.services.ec2.model.LaunchPermission;
import software.amazon.awssdk.services.ec2.model.LaunchPermissionModifications;
import software.amazon.awssdk.services.ec2.model.Snapshot;

class ImageCopyTest {
    private static final String KEY = "arn:aws:kms:eu-central-1:123456789012:key/1";

    private final BuildWorld world = new BuildWorld(Guest.working());
    private final SimulatedAws other = world.aws.region("eu-central-1");

    private static String code(Runnable call) {
        return BuildWorld.code(assertThrows(Ec2Exception.class, call::run));
    }

    private String available() {
        String id = world.createImage(world.runUntilRunning(), "web-1");
        world.until(() -> world.image(id).state() == ImageState.AVAILABLE);
        return id;
    }

    private CopyImageRequest.Builder copyOf(String id) {
        return CopyImageRequest.builder()
                .sourceImageId(id)
                .sourceRegion("eu-west-1")
                .name("web-1")
                .clientToken("copy");
    }

    private Image there(String id) {
        return other.operator()
                .ec2()
                .describeImages(r -> r.imageIds(id))
                .images()
                .get(0);
    }

    @Test
    void aCopyIsMadeOnceForATokenUnderItsKeyAndWithItsOwnTags() {
        String id = available();
        CopyImageRequest request = copyOf(id)
                .encrypted(true)
                .kmsKeyId(KEY)
                .tagSpecifications(BuildWorld.tags("snapshot"))
                .build();
        String copy = other.ec2().copyImage(request).imageId();
        assertEquals(copy, other.ec2().copyImage(request).imageId());
        assertEquals(ImageState.PENDING, there(copy).state());
        world.until(() -> there(copy).state() == ImageState.AVAILABLE);
        assertTrue(there(copy).tags().isEmpty());
        Snapshot snapshot = other.ec2().describeSnapshots().snapshots().get(0);
        assertEquals(KEY, snapshot.kmsKeyId());
        assertEquals("build", snapshot.tags().get(0).key());
        assertEquals(id, there(copy).sourceImageId());
    }

    @Test
    void aCopyOfAnImageThatIsNotReadyIsRefusedAndOneMayFail() {
        String pending = world.createImage(world.runUntilRunning(), "web-2");
        assertEquals(
                "InvalidAMIID.Unavailable",
                code(() -> other.ec2().copyImage(copyOf(pending).build())));
        world.until(() -> world.image(pending).state() == ImageState.AVAILABLE);
        other.faults().failCopy("The key is disabled");
        String copy = other.ec2().copyImage(copyOf(pending).build()).imageId();
        world.until(() -> there(copy).state() == ImageState.FAILED);
        assertTrue(there(copy).stateReason().message().endsWith("The key is disabled"));
    }

    @Test
    void anImageIsSharedDeprecatedAndMadeToRequireTokens() {
        String id = available();
        Ec2Client ec2 = world.aws.ec2();
        ec2.modifyImageAttribute(r -> r.imageId(id)
                .launchPermission(LaunchPermissionModifications.builder()
                        .add(LaunchPermission.builder().userId("210987654321").build())
                        .build()));
        ec2.modifyImageAttribute(r -> r.imageId(id).imdsSupport(v -> v.value("v2.0")));
        ec2.enableImageDeprecation(
                r -> r.imageId(id).deprecateAt(world.aws.clock().instant().plusSeconds(60)));
        assertEquals(
                "210987654321",
                ec2.describeImageAttribute(r -> r.imageId(id).attribute(ImageAttributeName.LAUNCH_PERMISSION))
                        .launchPermissions()
                        .get(0)
                        .userId());
        assertEquals("v2.0", world.image(id).imdsSupportAsString());
        assertNotNull(world.image(id).deprecationTime());
        assertEquals(
                "InvalidParameterValue",
                code(() -> ec2.enableImageDeprecation(r ->
                        r.imageId(id).deprecateAt(world.aws.clock().instant().minusSeconds(1)))));
    }

    @Test
    void whatIsEncryptedUnderAwssOwnKeyCannotBeShared() {
        String copy = other.ec2()
                .copyImage(copyOf(available()).encrypted(true).build())
                .imageId();
        world.until(() -> there(copy).state() == ImageState.AVAILABLE);
        assertEquals(
                "InvalidParameter",
                code(() -> other.ec2()
                        .modifyImageAttribute(r -> r.imageId(copy)
                                .launchPermission(LaunchPermissionModifications.builder()
                                        .add(LaunchPermission.builder()
                                                .userId("210987654321")
                                                .build())
                                        .build()))));
    }
}
