package io.jenkins.plugins.amideploy.core.group;

import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.aws.Likeness;
import io.jenkins.plugins.amideploy.core.group.LaunchSource.Configuration;
import io.jenkins.plugins.amideploy.core.group.LaunchSource.Template;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;

/**
 * What a second group launches from, beside one that must not notice: a version of the same launch template, or a
 * template of its own where a new version would be launched by the first group at once ({@code $Latest}) or where the
 * first group's template is itself such a copy and is to go with it.
 */
public final class SideSource {
    private final AwsSession aws;
    private final String deployment;
    private final LaunchSources sources;

    /** @param deployment the id that names and descriptions of what is made consist of */
    public SideSource(AwsSession aws, String deployment) {
        this.aws = aws;
        this.deployment = deployment;
        this.sources = new LaunchSources(aws, deployment);
    }

    /**
     * Makes a copy with another image. Made twice by the same deployment, it is the same copy.
     *
     * @param named the source as the first group names it
     * @param fixed the same source by a fixed version
     */
    public LaunchSource copy(LaunchSource named, LaunchSource fixed, String imageId, boolean convert) {
        if (fixed instanceof Template template) {
            LaunchTemplateVersion version = version(template).orElseThrow();
            if (apart((Template) named, version.launchTemplateName())) {
                return ownTemplate(version, imageId);
            }
        }
        return sources.copy(fixed, imageId, convert);
    }

    private static boolean apart(Template named, String templateName) {
        return named.version().equals("$Latest") || templateName != null && templateName.contains(LaunchSources.MARK);
    }

    private LaunchSource ownTemplate(LaunchTemplateVersion version, String imageId) {
        String name = sources.nameOfCopy(version.launchTemplateName());
        RequestLaunchTemplateData data = Likeness.exact()
                .copy(version.launchTemplateData(), RequestLaunchTemplateData.builder())
                .imageId(imageId)
                .build();
        try {
            return new Template(
                    aws.ec2()
                            .createLaunchTemplate(r -> r.launchTemplateName(name)
                                    .versionDescription(LaunchSources.DESCRIPTION + deployment)
                                    .clientToken(deployment)
                                    .launchTemplateData(data))
                            .launchTemplate()
                            .launchTemplateId(),
                    "1");
        } catch (Ec2Exception e) {
            if (!AwsFailure.of(e).code().contains("AlreadyExists")) {
                throw e;
            }
            return sources.convertedTo(name);
        }
    }

    /** Removes the copy that this deployment made of that source and of which only that is known. */
    public void deleteCopyOf(LaunchSource fixed) {
        sources.deleteCopyOf(fixed, true);
        if (fixed instanceof Template template) {
            version(template)
                    .map(LaunchTemplateVersion::launchTemplateName)
                    .map(sources::nameOfCopy)
                    .ifPresent(sources::deleteTemplate);
        }
    }

    /** What a group has that is being removed and that some deployment made: its configuration, version or template. */
    public record Made(LaunchSource source, boolean wholeTemplate) {}

    /** What the group launches from, if a deployment of this plugin made it. */
    public Optional<Made> madeFor(AutoScalingGroup group) {
        Optional<LaunchSource> source = LaunchSource.of(group);
        if (source.isEmpty()) {
            return Optional.empty();
        }
        if (source.get() instanceof Configuration configuration) {
            return LaunchSources.madeByUs(configuration)
                    ? Optional.of(new Made(configuration, false))
                    : Optional.empty();
        }
        return version((Template) source.get()).flatMap(version -> {
            String name = version.launchTemplateName();
            boolean whole = name != null && name.contains(LaunchSources.MARK);
            boolean ours = version.versionDescription() != null
                    && version.versionDescription().startsWith(LaunchSources.DESCRIPTION);
            Template fixed = new Template(version.launchTemplateId(), Long.toString(version.versionNumber()));
            return whole || ours ? Optional.of(new Made(fixed, whole)) : Optional.empty();
        });
    }

    /**
     * Removes it, unless a group launches from it.
     *
     * @return why it stays; empty where it is gone
     */
    public Optional<String> remove(Made made, String except) {
        if (made.source() instanceof Template template) {
            List<AutoScalingGroup> users = aws
                    .autoScaling()
                    .describeAutoScalingGroupsPaginator(r -> r.maxRecords(100))
                    .autoScalingGroups()
                    .stream()
                    .filter(group -> !group.autoScalingGroupName().equals(except))
                    .filter(group -> uses(group, template, made.wholeTemplate()))
                    .toList();
            if (!users.isEmpty()) {
                return Optional.of("group " + users.get(0).autoScalingGroupName() + " launches from it");
            }
        }
        return sources.delete(made.source(), made.wholeTemplate());
    }

    private static boolean uses(AutoScalingGroup group, Template template, boolean anyVersion) {
        return LaunchSource.of(group)
                .filter(source -> source instanceof Template used
                        && used.id().equals(template.id())
                        && (anyVersion || used.version().equals(template.version())))
                .isPresent();
    }

    private Optional<LaunchTemplateVersion> version(Template template) {
        try {
            return aws
                    .ec2()
                    .describeLaunchTemplateVersions(
                            r -> r.launchTemplateId(template.id()).versions(template.version()))
                    .launchTemplateVersions()
                    .stream()
                    .findFirst();
        } catch (Ec2Exception e) {
            if (AwsFailure.of(e).notFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
