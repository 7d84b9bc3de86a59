package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.DeviceType;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;

/** The image that is started from. */
record Source(Image image) {
    private static final String PARAMETER = "sourceAmi: ";

    boolean windows() {
        return "windows".equalsIgnoreCase(image.platformAsString());
    }

    boolean arm() {
        return image.architectureAsString() != null
                && image.architectureAsString().startsWith("arm64");
    }

    /** The size of its root volume in GiB; 0 where AWS does not say. */
    int rootSize() {
        return image.blockDeviceMappings().stream()
                .filter(mapping -> mapping.ebs() != null && mapping.ebs().volumeSize() != null)
                .filter(mapping ->
                        image.rootDeviceName() != null && image.rootDeviceName().equals(mapping.deviceName()))
                .findFirst()
                .map((BlockDeviceMapping mapping) -> mapping.ebs().volumeSize())
                .orElse(0);
    }

    /**
     * Finds it; empty where there is none that can be used, which is among the problems then.
     *
     * @param problems takes a sentence for each problem
     */
    static Optional<Source> find(AwsSession aws, SourceRequest request, List<String> problems) {
        if (request == null) {
            return Optional.empty();
        }
        try {
            if (request instanceof SourceRequest.Parameter parameter) {
                return byParameter(aws, parameter, problems);
            }
            return request instanceof SourceRequest.Newest newest
                    ? newest(aws, newest, problems)
                    : byId(aws, ((SourceRequest.Id) request).id(), "", problems);
        } catch (AwsServiceException e) {
            return refused(e, request, problems);
        }
    }

    private static Optional<Source> refused(AwsServiceException e, SourceRequest request, List<String> problems) {
        AwsFailure failure = AwsFailure.of(e);
        if (failure.kind() != AwsFailure.Kind.REFUSED) {
            throw e;
        }
        problems.add(PARAMETER + "AWS does not know " + request
                + " in this region, or it is not shared with this account: " + failure);
        return Optional.empty();
    }

    private static Optional<Source> byParameter(
            AwsSession aws, SourceRequest.Parameter parameter, List<String> problems) {
        String value = aws.ssm()
                .getParameter(r -> r.name(parameter.name()))
                .parameter()
                .value();
        if (value == null || !value.matches("ami-[0-9a-f]+")) {
            problems.add(PARAMETER + parameter + " holds '" + value + "', not an image's id");
            return Optional.empty();
        }
        return byId(aws, value, " (from " + parameter + ")", problems);
    }

    private static Optional<Source> byId(AwsSession aws, String id, String origin, List<String> problems) {
        List<Image> images = aws.ec2().describeImages(r -> r.imageIds(id)).images();
        if (images.isEmpty()) {
            problems.add(PARAMETER + "there is no image " + id + origin + " in this region that this account may use");
            return Optional.empty();
        }
        return usable(images.get(0), origin, problems);
    }

    private static Optional<Source> newest(AwsSession aws, SourceRequest.Newest request, List<String> problems) {
        List<Filter> filters = new ArrayList<>();
        request.filters()
                .forEach((name, value) ->
                        filters.add(Filter.builder().name(name).values(value).build()));
        filters.add(Filter.builder().name("state").values("available").build());
        List<String> owners = request.owners().isEmpty() ? List.of("self") : request.owners();
        Optional<Image> newest = aws.ec2().describeImages(r -> r.owners(owners).filters(filters)).images().stream()
                .max(Comparator.comparing(Image::creationDate));
        if (newest.isEmpty()) {
            problems.add(PARAMETER + "no image in this region fits " + request);
        }
        return newest.flatMap(image -> usable(image, "", problems));
    }

    private static Optional<Source> usable(Image image, String origin, List<String> problems) {
        if (image.state() != ImageState.AVAILABLE) {
            String why = image.stateReason() == null
                    ? ""
                    : " (" + image.stateReason().message() + ")";
            problems.add(
                    PARAMETER + image.imageId() + origin + " is " + image.stateAsString() + why + ", not available");
        }
        if (image.rootDeviceType() == DeviceType.INSTANCE_STORE) {
            problems.add(
                    PARAMETER + image.imageId() + origin + " has an instance store as its root device; an image can "
                            + "only be made of an instance whose root device is an EBS volume");
        }
        return Optional.of(new Source(image));
    }
}
