package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.LaunchTemplate;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.Tag;

/** A launch template and its versions. */
final class SimulatedTemplate {
    final String id;
    final String name;
    final Actor by;
    final Instant created;
    final Map<String, String> tags = new TreeMap<>();
    final Map<Long, Actor> versionsBy = new TreeMap<>();
    private final World world;
    private final Lag<Contents> lag;
    private Contents contents = new Contents(new TreeMap<>(), 1, 0);

    /** What readers may still see while a write spreads. */
    private record Contents(NavigableMap<Long, LaunchTemplateVersion> versions, long defaultVersion, long latest) {}

    SimulatedTemplate(World world, String name) {
        this.world = world;
        this.id = world.ids.resource("lt");
        this.name = name;
        this.by = world.actor;
        this.created = world.clock.now();
        this.lag = new Lag<>(world);
        if (world.actor.kind() != Actor.Kind.SETUP) {
            lag.beforeWrite(() -> null);
        }
    }

    /** @throws Rejection in EC2's words when there is none, or it cannot be seen yet */
    static SimulatedTemplate find(World world, String id, String name) {
        SimulatedTemplate template = id == null ? named(world, name) : world.templates.get(id);
        if (template != null && template.visible()) {
            return template;
        }
        throw id == null
                ? Service.EC2.rejection(
                        "InvalidLaunchTemplateName.NotFoundException",
                        "The specified launch template, with template name " + name + ", does not exist.")
                : Service.EC2.rejection(
                        "InvalidLaunchTemplateId.NotFound",
                        "The specified launch template, with template ID " + id + ", does not exist.");
    }

    private static SimulatedTemplate named(World world, String name) {
        return world.templates.values().stream()
                .filter(template -> template.name.equals(name))
                .findAny()
                .orElse(null);
    }

    boolean visible() {
        return lag.visible();
    }

    LaunchTemplateVersion add(ResponseLaunchTemplateData data, String description) {
        NavigableMap<Long, LaunchTemplateVersion> versions = new TreeMap<>(contents.versions);
        long number = contents.latest + 1;
        LaunchTemplateVersion version = LaunchTemplateVersion.builder()
                .launchTemplateId(id)
                .launchTemplateName(name)
                .versionNumber(number)
                .versionDescription(description)
                .createTime(world.clock.now())
                .createdBy("arn:aws:iam::" + Service.ACCOUNT + ":user/jenkins")
                .launchTemplateData(data)
                .build();
        versions.put(number, version);
        versionsBy.put(number, world.actor);
        write(new Contents(versions, contents.defaultVersion, number));
        return shown(version, contents);
    }

    void makeDefault(long version) {
        write(new Contents(contents.versions, version, contents.latest));
    }

    void delete(long version) {
        NavigableMap<Long, LaunchTemplateVersion> versions = new TreeMap<>(contents.versions);
        versions.remove(version);
        versionsBy.remove(version);
        write(new Contents(versions, contents.defaultVersion, contents.latest));
    }

    private void write(Contents next) {
        Contents before = contents;
        if (world.actor.kind() != Actor.Kind.SETUP) {
            lag.beforeWrite(() -> before.versions.isEmpty() ? null : before);
        }
        contents = next;
    }

    Instant created(long version) {
        return contents.versions.get(version).createTime();
    }

    boolean isDefault(long version) {
        return contents.defaultVersion == version;
    }

    boolean has(long version) {
        return contents.versions.containsKey(version);
    }

    /** Those that a version names; none where it was deleted. */
    List<String> securityGroups(String version) {
        LaunchTemplateVersion found = contents.versions.get(Long.parseLong(version));
        return found == null ? List.of() : found.launchTemplateData().securityGroupIds();
    }

    /** A version by its number, {@code $Latest} or {@code $Default} (also where none is given), as it is seen now. */
    LaunchTemplateVersion resolve(String version) {
        Contents seen = seen();
        LaunchTemplateVersion found =
                switch (version == null ? "$Default" : version) {
                    case "$Default" -> seen.versions.get(seen.defaultVersion);
                    case "$Latest" ->
                        seen.versions.isEmpty()
                                ? null
                                : seen.versions.lastEntry().getValue();
                    default -> version.matches("\\d{1,18}") ? seen.versions.get(Long.parseLong(version)) : null;
                };
        if (found == null) {
            throw Service.EC2.rejection(
                    "InvalidLaunchTemplateId.VersionNotFound",
                    "Could not find the specified version " + version + " for the launch template with ID " + id + ".");
        }
        return shown(found, seen);
    }

    /** Newest first, as EC2 lists them. */
    List<LaunchTemplateVersion> versions() {
        Contents seen = seen();
        List<LaunchTemplateVersion> versions = new ArrayList<>();
        seen.versions.descendingMap().values().forEach(version -> versions.add(shown(version, seen)));
        return versions;
    }

    LaunchTemplate describe() {
        Contents seen = seen();
        return LaunchTemplate.builder()
                .launchTemplateId(id)
                .launchTemplateName(name)
                .createTime(created)
                .createdBy("arn:aws:iam::" + Service.ACCOUNT + ":user/jenkins")
                .defaultVersionNumber(seen.defaultVersion)
                .latestVersionNumber(seen.latest)
                .tags(tags.entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())
                .build();
    }

    private Contents seen() {
        return lag.read(() -> contents).orElse(contents);
    }

    private static LaunchTemplateVersion shown(LaunchTemplateVersion version, Contents seen) {
        return version.toBuilder()
                .defaultVersion(version.versionNumber() == seen.defaultVersion)
                .build();
    }
}
