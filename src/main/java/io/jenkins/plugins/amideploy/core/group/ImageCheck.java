package io.jenkins.plugins.amideploy.core.group;

import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;

/** Whether an image can be launched as the group's instances. */
public final class ImageCheck {
    private final AwsSession aws;
    private final InstanceTypes types;
    private final List<String> problems;

    public ImageCheck(AwsSession aws, InstanceTypes types, List<String> problems) {
        this.aws = aws;
        this.types = types;
        this.problems = problems;
    }

    /**
     * @param instanceTypes the types the group launches; where it states requirements instead, none, and AWS itself
     *     chooses types that fit the image
     */
    public void check(String ami, List<String> instanceTypes) {
        Optional<Image> image = available(ami);
        if (image.isPresent() && !instanceTypes.isEmpty() && image.get().architecture() != null) {
            checkArchitecture(image.get(), instanceTypes);
        }
    }

    /** Whether the image can be launched at all; on whatever. */
    public void check(String ami) {
        available(ami);
    }

    /** The image, where there is one; what is wrong with it is among the problems. */
    private Optional<Image> available(String ami) {
        if (!ami.startsWith("ami-")) {
            return Optional.empty();
        }
        List<Image> images;
        try {
            images = aws.ec2().describeImages(r -> r.imageIds(ami)).images();
        } catch (Ec2Exception e) {
            AwsFailure failure = AwsFailure.of(e);
            if (failure.notFound() || failure.code().startsWith("InvalidAMIID")) {
                problems.add(
                        "ami: AWS does not know it in this region, or it is not shared with this account: " + failure);
                return Optional.empty();
            }
            throw e;
        }
        if (images.isEmpty()) {
            problems.add("ami: there is no image " + ami + " in this region that this account may use");
            return Optional.empty();
        }
        Image image = images.get(0);
        if (image.state() != ImageState.AVAILABLE) {
            String why = image.stateReason() == null
                    ? ""
                    : " (" + image.stateReason().message() + ")";
            problems.add("ami: " + ami + " is " + image.stateAsString() + why + ", not available");
        }
        return Optional.of(image);
    }

    private void checkArchitecture(Image image, List<String> instanceTypes) {
        types.of(instanceTypes).stream()
                .filter((InstanceTypeInfo type) ->
                        !type.processorInfo().supportedArchitecturesAsStrings().contains(image.architectureAsString()))
                .forEach(type -> problems.add("ami: " + image.imageId() + " is for " + image.architectureAsString()
                        + ", but the group's " + type.instanceTypeAsString() + " is "
                        + String.join(" or ", type.processorInfo().supportedArchitecturesAsStrings())));
    }
}
