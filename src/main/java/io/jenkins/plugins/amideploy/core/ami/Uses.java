package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateOverrides;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;

/**
 * What still uses images in one region: instances, launch configurations, and the versions of launch templates that can
 * be launched from without someone naming them: the default, the latest, and those that groups name.
 *
 * <p>Costs a call for the instances, for each page of groups, configurations and templates, and one for each template of
 * which groups name a version by its number.
 */
final class Uses {
    /** Most values of one filter (Amazon EC2 API Reference). */
    private static final int VALUES = 150;
    /** Templates may name a Systems Manager parameter instead of an image. */
    private static final String BY_PARAMETER = "resolve:ssm:*";

    private final AwsSession aws;
    private final Set<String> images;
    /** For each image that is in use, by what. */
    private final Map<String, String> users = new TreeMap<>();

    private Uses(AwsSession aws, Set<String> images) {
        this.aws = aws;
        this.images = images;
    }

    /** For each of these images that is in use, what uses it. */
    static Map<String, String> of(AwsSession aws, Collection<String> images) {
        Uses uses = new Uses(aws, new TreeSet<>(images));
        List<String> all = new ArrayList<>(uses.images);
        for (int from = 0; from < all.size(); from += VALUES) {
            uses.look(all.subList(from, Math.min(all.size(), from + VALUES)));
        }
        if (!all.isEmpty()) {
            uses.configurations();
            uses.groups();
        }
        return uses.users;
    }

    private void look(List<String> some) {
        Filter images = filter("image-id", some);
        Filter living = filter("instance-state-name", List.of("pending", "running", "stopping", "stopped"));
        aws.ec2().describeInstancesPaginator(r -> r.filters(images, living).maxResults(1000)).reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .forEach(instance -> use(instance.imageId(), "instance " + instance.instanceId()));
        List<String> named = new ArrayList<>(some);
        named.add(BY_PARAMETER);
        aws.ec2()
                .describeLaunchTemplateVersionsPaginator(r ->
                        r.versions("$Latest", "$Default").resolveAlias(true).filters(filter("image-id", named)))
                .launchTemplateVersions()
                .forEach(this::use);
    }

    private static Filter filter(String name, Collection<String> values) {
        return Filter.builder().name(name).values(values).build();
    }

    private void use(String image, String user) {
        if (images.contains(image)) {
            users.putIfAbsent(image, user);
        }
    }

    private void use(LaunchTemplateVersion version) {
        use(
                version.launchTemplateData().imageId(),
                "launch template " + version.launchTemplateName() + " version " + version.versionNumber());
    }

    private void configurations() {
        aws.autoScaling()
                .describeLaunchConfigurationsPaginator(r -> r.maxRecords(100))
                .launchConfigurations()
                .forEach(configuration -> use(
                        configuration.imageId(), "launch configuration " + configuration.launchConfigurationName()));
    }

    private void groups() {
        Map<String, Set<String>> numbered = new HashMap<>();
        aws.autoScaling()
                .describeAutoScalingGroupsPaginator(r -> r.maxRecords(100))
                .autoScalingGroups()
                .forEach(group -> templates(group).stream()
                        .filter(template -> template.launchTemplateId() != null)
                        .filter(template -> template.version() != null
                                && !template.version().startsWith("$"))
                        .forEach(
                                template -> numbered.computeIfAbsent(template.launchTemplateId(), id -> new TreeSet<>())
                                        .add(template.version())));
        numbered.forEach((template, versions) -> aws.ec2()
                .describeLaunchTemplateVersions(
                        r -> r.launchTemplateId(template).versions(versions).resolveAlias(true))
                .launchTemplateVersions()
                .forEach(this::use));
    }

    private static List<LaunchTemplateSpecification> templates(AutoScalingGroup group) {
        List<LaunchTemplateSpecification> templates = new ArrayList<>();
        Optional.ofNullable(group.launchTemplate()).ifPresent(templates::add);
        if (group.mixedInstancesPolicy() != null) {
            var template = group.mixedInstancesPolicy().launchTemplate();
            templates.add(template.launchTemplateSpecification());
            template.overrides().stream()
                    .map(LaunchTemplateOverrides::launchTemplateSpecification)
                    .filter(specification -> specification != null)
                    .forEach(templates::add);
        }
        return templates;
    }
}
