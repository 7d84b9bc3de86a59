package io.jenkins.plugins.amideploy.core.group;

import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.group.LaunchSource.Configuration;
import io.jenkins.plugins.amideploy.core.group.LaunchSource.Template;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AlreadyExistsException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.LaunchConfiguration;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateErrorCode;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.MarketType;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;

/** Reads, copies and removes what groups launch from. */
public final class LaunchSources {
    /** In the names of what this plugin makes, before the deployment's id. */
    static final String MARK = "-ami-deploy-";
    /** Before the deployment's id, in the description of template versions that this plugin makes. */
    static final String DESCRIPTION = "ami-deploy ";

    private final AwsSession aws;
    private final String deployment;

    public LaunchSources(AwsSession aws, String deployment) {
        this.aws = aws;
        this.deployment = deployment;
    }

    /**
     * What a source says.
     *
     * @param fixed the same source by a fixed version number
     * @param instanceTypes none where the template states requirements instead of a type
     * @param spot whether it asks for Spot instances
     */
    public record Facts(LaunchSource fixed, String imageId, List<String> instanceTypes, boolean spot) {}

    /** Looks the source up; empty where it no longer exists. */
    public Optional<Facts> read(LaunchSource source) {
        return source instanceof Template template ? read(template) : read((Configuration) source);
    }

    private Optional<Facts> read(Template template) {
        List<LaunchTemplateVersion> versions;
        try {
            versions = aws.ec2()
                    .describeLaunchTemplateVersions(
                            r -> r.launchTemplateId(template.id()).versions(template.version()))
                    .launchTemplateVersions();
        } catch (Ec2Exception e) {
            if (AwsFailure.of(e).notFound()) {
                return Optional.empty();
            }
            throw e;
        }
        return versions.stream().findFirst().map(version -> {
            ResponseLaunchTemplateData data = version.launchTemplateData();
            return new Facts(
                    new Template(template.id(), Long.toString(version.versionNumber())),
                    data.imageId(),
                    data.instanceTypeAsString() == null ? List.of() : List.of(data.instanceTypeAsString()),
                    data.instanceMarketOptions() != null
                            && data.instanceMarketOptions().marketType() == MarketType.SPOT);
        });
    }

    private Optional<Facts> read(Configuration configuration) {
        return find(configuration.name())
                .map(found -> new Facts(
                        configuration, found.imageId(), List.of(found.instanceType()), found.spotPrice() != null));
    }

    private Optional<LaunchConfiguration> find(String name) {
        return aws
                .autoScaling()
                .describeLaunchConfigurations(r -> r.launchConfigurationNames(name))
                .launchConfigurations()
                .stream()
                .findFirst();
    }

    /**
     * Makes a copy with another image. Made twice by the same deployment, it is the same copy.
     *
     * @param fixed a source by a fixed version
     */
    public LaunchSource copy(LaunchSource fixed, String imageId, boolean convert) {
        if (fixed instanceof Template template) {
            return copy(template, imageId);
        }
        LaunchConfiguration original = find(((Configuration) fixed).name())
                .orElseThrow(() -> new Stop(Trouble.Kind.GROUP_CHANGED, "The " + fixed + " no longer exists."));
        return convert ? convert(original, imageId) : copy(original, imageId);
    }

    private LaunchSource copy(Template template, String imageId) {
        LaunchTemplateVersion version = aws.ec2()
                .createLaunchTemplateVersion(r -> r.launchTemplateId(template.id())
                        .sourceVersion(template.version())
                        .versionDescription(description())
                        .clientToken(deployment)
                        .launchTemplateData(d -> d.imageId(imageId)))
                .launchTemplateVersion();
        return new Template(template.id(), Long.toString(version.versionNumber()));
    }

    private LaunchSource copy(LaunchConfiguration original, String imageId) {
        String name = nameOfCopy(original.launchConfigurationName());
        try {
            aws.autoScaling().createLaunchConfiguration(ConfigurationCopy.of(original, name, imageId));
        } catch (AlreadyExistsException e) {
            return new Configuration(name); // made by this deployment before a crash: the name is ours alone
        } catch (AutoScalingException e) {
            String reason = AwsFailure.of(e).toString();
            if (reason.contains("launch template") || reason.contains("UnsupportedOperation")) {
                throw new Stop(
                        Trouble.Kind.REFUSED,
                        "AWS does not create launch configurations in this account any more: " + reason
                                + "\nWith convertToLaunchTemplate: true this step makes a launch template from the "
                                + "group's launch configuration and goes on with that.");
            }
            throw e;
        }
        return new Configuration(name);
    }

    private LaunchSource convert(LaunchConfiguration original, String imageId) {
        String name = nameOfCopy(original.launchConfigurationName());
        try {
            String id = aws.ec2()
                    .createLaunchTemplate(r -> r.launchTemplateName(name)
                            .clientToken(deployment)
                            .launchTemplateData(ConfigurationCopy.asTemplate(original, imageId)))
                    .launchTemplate()
                    .launchTemplateId();
            return new Template(id, "1");
        } catch (Ec2Exception e) {
            if (!AwsFailure.of(e).code().contains("AlreadyExists")) {
                throw e;
            }
            return convertedTo(name);
        }
    }

    Template convertedTo(String name) {
        return new Template(
                aws.ec2()
                        .describeLaunchTemplates(r -> r.launchTemplateNames(name))
                        .launchTemplates()
                        .get(0)
                        .launchTemplateId(),
                "1");
    }

    /**
     * Removes the copy that this deployment made of that source, where it died before it pointed the group at the copy.
     *
     * @param used what the group launches from, read when AWS had settled
     * @param converted whether the copy may be a template of its own
     */
    public void deleteCopyOf(LaunchSource used, boolean converted) {
        if (used instanceof Template template) {
            latest(template).filter(copy -> !copy.equals(template)).ifPresent(copy -> delete(copy, false));
            return;
        }
        Configuration copy = new Configuration(nameOfCopy(((Configuration) used).name()));
        if (!copy.equals(used)) {
            delete(copy, false);
            if (converted) {
                deleteTemplate(copy.name());
            }
        }
    }

    void deleteTemplate(String name) {
        try {
            delete(convertedTo(name), true);
        } catch (Ec2Exception e) {
            if (!AwsFailure.of(e).notFound()) {
                throw e;
            }
        }
    }

    /** The latest version of a template, where this deployment made it. */
    private Optional<Template> latest(Template template) {
        return aws
                .ec2()
                .describeLaunchTemplateVersions(
                        r -> r.launchTemplateId(template.id()).versions("$Latest"))
                .launchTemplateVersions()
                .stream()
                .filter(version -> description().equals(version.versionDescription()))
                .map(version -> new Template(template.id(), Long.toString(version.versionNumber())))
                .findFirst();
    }

    private String description() {
        return DESCRIPTION + deployment;
    }

    String nameOfCopy(String name) {
        int mark = name.indexOf(MARK);
        String base = mark < 0 ? name : name.substring(0, mark);
        String suffix = MARK + deployment;
        return base.substring(0, Math.min(base.length(), 128 - suffix.length())) + suffix;
    }

    /** Whether it is a launch configuration that some deployment of this plugin made. */
    public static boolean madeByUs(LaunchSource source) {
        return source instanceof Configuration configuration
                && configuration.name().contains(MARK);
    }

    /**
     * Removes a copy that nothing uses; that it is gone already is fine.
     *
     * @return why it stays, such as for something that uses it after all; empty where it is gone
     */
    public Optional<String> delete(LaunchSource copy, boolean wholeTemplate) {
        try {
            if (copy instanceof Configuration configuration) {
                aws.autoScaling().deleteLaunchConfiguration(r -> r.launchConfigurationName(configuration.name()));
            } else if (wholeTemplate) {
                aws.ec2().deleteLaunchTemplate(r -> r.launchTemplateId(((Template) copy).id()));
            } else {
                return deleteVersion((Template) copy);
            }
            return Optional.empty();
        } catch (AutoScalingException | Ec2Exception e) {
            AwsFailure failure = AwsFailure.of(e);
            if (failure.kind() != AwsFailure.Kind.REFUSED && !failure.notFound()) {
                throw e;
            }
            return failure.notFound() ? Optional.empty() : Optional.of(failure.toString());
        }
    }

    /** AWS does not fail this call where it refuses, as for the default version. */
    private Optional<String> deleteVersion(Template template) {
        return aws
                .ec2()
                .deleteLaunchTemplateVersions(
                        r -> r.launchTemplateId(template.id()).versions(template.version()))
                .unsuccessfullyDeletedLaunchTemplateVersions()
                .stream()
                .map(refused -> refused.responseError())
                .filter(error -> error.code() != LaunchTemplateErrorCode.LAUNCH_TEMPLATE_VERSION_DOES_NOT_EXIST)
                .map(error -> error.message())
                .findFirst();
    }
}
