package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;

/**
 * An image with its copies, as a build returns it.
 *
 * @param images the image's id in each region, at home first
 * @param snapshots those at home
 */
record Made(String imageId, String name, Map<String, String> images, Set<String> snapshots, String source) {

    /** What this build has made. */
    static Made now(Desk desk) {
        BuildState state = desk.state();
        Map<String, String> images = new LinkedHashMap<>();
        images.put(desk.home(), state.image());
        desk.request().image().copyTo().keySet().stream()
                .filter(region -> !state.copy(region).isEmpty())
                .filter(region -> state.copyFailure(region).isEmpty())
                .forEach(region -> images.put(region, state.copy(region)));
        return new Made(state.image(), state.name(), images, state.snapshots(desk.home()), state.source());
    }

    /** What an earlier build made of inputs with that digest; empty where it is not there in every region. */
    static Optional<Made> earlier(Desk desk, String digest) {
        Map<String, String> images = new LinkedHashMap<>();
        Image home = null;
        for (String region : desk.regions()) {
            Optional<Image> found = find(desk.aws(region), digest);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            images.put(region, found.get().imageId());
            home = home == null ? found.get() : home;
        }
        Image image = Objects.requireNonNull(home);
        String source = Tags.map(image.tags()).getOrDefault(Tags.SOURCE, "");
        return Optional.of(new Made(image.imageId(), image.name(), images, snapshots(image), source));
    }

    private static Optional<Image> find(AwsSession aws, String digest) {
        return aws
                .ec2()
                .describeImages(r -> r.owners("self")
                        .filters(
                                Tags.filter(Tags.INPUTS, digest),
                                Filter.builder()
                                        .name("state")
                                        .values("available")
                                        .build()))
                .images()
                .stream()
                .max(Comparator.comparing(Image::creationDate));
    }

    static Set<String> snapshots(Image image) {
        Set<String> snapshots = new LinkedHashSet<>();
        image.blockDeviceMappings().stream()
                .filter(mapping -> mapping.ebs() != null && mapping.ebs().snapshotId() != null)
                .forEach(mapping -> snapshots.add(mapping.ebs().snapshotId()));
        return snapshots;
    }

    /** The step's return value. */
    Map<String, Object> result(Duration took) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("imageId", imageId);
        result.put("name", name);
        result.put("images", new LinkedHashMap<>(images));
        result.put("snapshots", new ArrayList<>(snapshots));
        result.put("sourceAmi", source);
        result.put("seconds", took.toSeconds());
        return result;
    }

    /** For people: {@code ami-1 in eu-west-1, ami-2 in us-east-1}. */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        images.forEach((region, id) -> words.add(id + " in " + region));
        return String.join(", ", words);
    }
}
