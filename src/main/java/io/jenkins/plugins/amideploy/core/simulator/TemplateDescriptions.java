package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplatesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplatesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.LaunchTemplate;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;

/** What describes launch templates: Amazon EC2 API Reference, "DescribeLaunchTemplateVersions". */
final class TemplateDescriptions {
    private final World world;

    TemplateDescriptions(World world, Operations operations) {
        this.world = world;
        operations.on(Service.EC2, DescribeLaunchTemplatesRequest.class, this::templates);
        operations.on(Service.EC2, DescribeLaunchTemplateVersionsRequest.class, this::versions);
    }

    private DescribeLaunchTemplatesResponse templates(DescribeLaunchTemplatesRequest request) {
        List<LaunchTemplate> templates = new ArrayList<>();
        if (!request.launchTemplateIds().isEmpty()
                || !request.launchTemplateNames().isEmpty()) {
            request.launchTemplateIds()
                    .forEach(id -> templates.add(
                            SimulatedTemplate.find(world, id, null).describe()));
            request.launchTemplateNames()
                    .forEach(name -> templates.add(
                            SimulatedTemplate.find(world, null, name).describe()));
        } else {
            world.templates.values().stream()
                    .filter(SimulatedTemplate::visible)
                    .forEach(template -> templates.add(template.describe()));
        }
        templates.removeIf(template -> !matches(template, request.filters()));
        Pages<LaunchTemplate> page =
                Pages.of(templates, request.nextToken(), request.maxResults(), 200, InstanceOperations.badToken());
        return DescribeLaunchTemplatesResponse.builder()
                .launchTemplates(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private static boolean matches(LaunchTemplate template, List<Filter> filters) {
        return filters.stream().allMatch(filter -> {
            if (filter.name().startsWith("tag:")) {
                return template.tags().stream()
                        .filter(tag -> tag.key().equals(filter.name().substring(4)))
                        .anyMatch(tag -> Filters.matches(filter, tag.value()));
            }
            return switch (filter.name()) {
                case "launch-template-name" -> Filters.matches(filter, template.launchTemplateName());
                case "tag-key" -> template.tags().stream().anyMatch(tag -> Filters.matches(filter, tag.key()));
                default -> throw Filters.unmodelled(filter);
            };
        });
    }

    private DescribeLaunchTemplateVersionsResponse versions(DescribeLaunchTemplateVersionsRequest request) {
        List<LaunchTemplateVersion> versions = new ArrayList<>();
        if (request.launchTemplateId() == null && request.launchTemplateName() == null) {
            world.templates.values().stream()
                    .filter(SimulatedTemplate::visible)
                    .forEach(
                            template -> request.versions().forEach(version -> versions.add(template.resolve(version))));
        } else {
            versions.addAll(versions(
                    SimulatedTemplate.find(world, request.launchTemplateId(), request.launchTemplateName()), request));
        }
        Pages<LaunchTemplateVersion> page =
                Pages.of(versions, request.nextToken(), request.maxResults(), 200, InstanceOperations.badToken());
        return DescribeLaunchTemplateVersionsResponse.builder()
                .launchTemplateVersions(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private static List<LaunchTemplateVersion> versions(
            SimulatedTemplate template, DescribeLaunchTemplateVersionsRequest request) {
        if (!request.versions().isEmpty()) {
            return request.versions().stream().map(template::resolve).toList();
        }
        long from = request.minVersion() == null ? 0 : Long.parseLong(request.minVersion());
        long to = request.maxVersion() == null ? Long.MAX_VALUE : Long.parseLong(request.maxVersion());
        return template.versions().stream()
                .filter(version -> version.versionNumber() >= from && version.versionNumber() <= to)
                .filter(version -> matches(version, request.filters()))
                .toList();
    }

    private static boolean matches(LaunchTemplateVersion version, List<Filter> filters) {
        return filters.stream().allMatch(filter -> switch (filter.name()) {
            case "image-id" ->
                Filters.matches(filter, version.launchTemplateData().imageId());
            case "is-default-version" ->
                Filters.matches(filter, version.defaultVersion().toString());
            default -> throw Filters.unmodelled(filter);
        });
    }
}
