package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.deployment.Workplace;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.Region;

/** Looks at everything that could stand in the way, before anything is made, and finds all of it at once. */
final class Preflight {
    private final Desk desk;
    private final BuildRequest request;
    private final AwsSession aws;
    private final List<String> problems;

    /** @param problems what is wrong with the parameters alone */
    Preflight(Desk desk, List<String> problems) {
        this.desk = desk;
        this.request = desk.request();
        this.aws = desk.aws();
        this.problems = new ArrayList<>(problems);
    }

    /**
     * What was found.
     *
     * @param source empty where there is none that can be used
     * @param existing what an earlier build made of the same inputs, where that is asked for and there is one
     */
    record Findings(
            List<String> problems,
            Optional<Source> source,
            Network network,
            String name,
            String digest,
            String instanceType,
            Optional<Made> existing) {}

    Findings look() {
        Optional<Source> source = Source.find(aws, request.source(), problems);
        Network network = Network.find(aws, request.instance(), problems);
        String type = source.map(this::instanceType).orElse(request.instance().type());
        source.ifPresent(this::checkVolume);
        if (!type.isEmpty()) {
            checkType(source, type);
        }
        checkKey();
        checkMachine();
        Set<String> regions = checkRegions();
        String id = source.map(found -> found.image().imageId()).orElse("");
        String name = ImageName.expand(request, desk.at().owner(), id, desk.at().now());
        String digest = ImageName.digest(request, id);
        Optional<Made> existing = request.image().skipIfExists() && source.isPresent() && problems.isEmpty()
                ? Made.earlier(desk, digest)
                : Optional.empty();
        if (existing.isEmpty()) {
            checkName(name, regions);
        }
        return new Findings(problems, source, network, name, digest, type, existing);
    }

    private String instanceType(Source source) {
        String given = request.instance().type();
        return !given.isEmpty() ? given : source.arm() ? "t4g.small" : "t3.small";
    }

    private void checkVolume(Source source) {
        int least = source.rootSize();
        int wanted = request.instance().rootVolumeSize();
        if (wanted > 0 && wanted < least) {
            problems.add("rootVolumeSize: " + wanted + " GiB is less than the " + least + " GiB of the source's root "
                    + "volume");
        }
        if (source.windows()
                && request.provision().waitFor().isEmpty()
                && request.provision().gated()) {
            problems.add(
                    "waitFor: the source is a Windows image, on which nothing answers on SSH by itself; say what to "
                            + "wait for");
        }
    }

    private void checkType(Optional<Source> source, String type) {
        Network.unlessRefused(
                        "instanceType",
                        problems,
                        () -> aws.ec2().describeInstanceTypes(r -> r.instanceTypesWithStrings(type)))
                .ifPresent(response -> response.instanceTypes()
                        .forEach(info -> source.ifPresent(found -> checkArchitecture(found, info))));
    }

    private void checkArchitecture(Source source, InstanceTypeInfo type) {
        Image image = source.image();
        List<String> supported =
                type.processorInfo() == null ? List.of() : type.processorInfo().supportedArchitecturesAsStrings();
        if (image.architecture() != null && !supported.isEmpty() && !supported.contains(image.architectureAsString())) {
            problems.add("instanceType: " + image.imageId() + " is for " + image.architectureAsString() + ", but "
                    + type.instanceTypeAsString() + " is " + String.join(" or ", supported));
        }
    }

    private void checkKey() {
        String key = request.instance().keyName();
        if (!key.isEmpty()) {
            Network.unlessRefused("keyName", problems, () -> aws.ec2().describeKeyPairs(r -> r.keyNames(key)));
        }
    }

    private void checkMachine() {
        Workplace workplace = desk.at().workplace();
        if (request.provision().waitFor().contains(Wait.SSH) && !workplace.exists()) {
            problems.add(
                    "waitFor: there is no machine from which SSH could be tried; a block needs an agent around it");
        }
    }

    /** The regions that can be used. */
    private Set<String> checkRegions() {
        Set<String> copies = request.image().copyTo().keySet();
        if (copies.isEmpty()) {
            return Set.of(desk.home());
        }
        Set<String> enabled = aws.ec2().describeRegions(r -> r.allRegions(false)).regions().stream()
                .map(Region::regionName)
                .collect(Collectors.toSet());
        Set<String> usable = new LinkedHashSet<>(Set.of(desk.home()));
        for (String region : copies) {
            if (region.equals(desk.home())) {
                problems.add("copyTo: the image is made in " + region + " anyway");
            } else if (!enabled.contains(region)) {
                problems.add("copyTo: there is no region " + region + ", or it is not enabled for this account");
            } else {
                usable.add(region);
            }
        }
        return usable;
    }

    private void checkName(String name, Set<String> regions) {
        ImageName.check(name, problems);
        for (String region : regions) {
            desk.aws(region)
                    .ec2()
                    .describeImages(r -> r.owners("self")
                            .filters(Filter.builder()
                                    .name("name")
                                    .values(literally(name))
                                    .build()))
                    .images()
                    .forEach(image ->
                            problems.add("name: '" + name + "' is taken by " + image.imageId() + " in " + region));
        }
    }

    /** Filters take {@code *} and {@code ?} for wildcards and a backslash before one that is meant. */
    static String literally(String text) {
        return text.replaceAll("([*?\\\\])", "\\\\$1");
    }
}
