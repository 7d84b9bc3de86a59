package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.ImdsSupportValues;
import software.amazon.awssdk.services.ec2.model.LaunchPermission;

/** Who may use an image, until when it is recommended, and how its instances serve their metadata. */
final class Audience {
    private final Desk desk;
    private final ImageRequest image;

    Audience(Desk desk) {
        this.desk = desk;
        this.image = desk.request().image();
    }

    /** Makes it so; made so twice it is the same. */
    void admit(AwsSession aws, String imageId) {
        List<LaunchPermission> permissions = permissions();
        if (!permissions.isEmpty()) {
            aws.ec2().modifyImageAttribute(r -> r.imageId(imageId).launchPermission(p -> p.add(permissions)));
        }
        if (!image.imdsSupport().isEmpty()) {
            aws.ec2()
                    .modifyImageAttribute(
                            r -> r.imageId(imageId).imdsSupport(v -> v.value(ImdsSupportValues.V2_0.toString())));
        }
        if (image.deprecateAfter() > 0) {
            aws.ec2().enableImageDeprecation(r -> r.imageId(imageId).deprecateAt(deprecation()));
        }
    }

    /** Counted from the making of the image, so that it is the same for every attempt; AWS takes whole minutes. */
    private Instant deprecation() {
        return desk.state()
                .askedAt("image")
                .plus(Duration.ofDays(image.deprecateAfter()))
                .truncatedTo(ChronoUnit.MINUTES);
    }

    private List<LaunchPermission> permissions() {
        List<LaunchPermission> permissions = new ArrayList<>();
        for (String account : image.shareWith()) {
            permissions.add(LaunchPermission.builder().userId(account).build());
        }
        for (String arn : image.shareWithOrganizations()) {
            permissions.add(
                    arn.contains(":organization/")
                            ? LaunchPermission.builder().organizationArn(arn).build()
                            : LaunchPermission.builder()
                                    .organizationalUnitArn(arn)
                                    .build());
        }
        return permissions;
    }
}
