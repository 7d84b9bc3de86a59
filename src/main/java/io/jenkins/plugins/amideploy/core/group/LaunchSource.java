package io.jenkins.plugins.amideploy.core.group;

import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;

/** What a group launches its instances from. */
public sealed interface LaunchSource {

    /**
     * A launch template.
     *
     * @param version as the group names it: a number, {@code $Latest} or {@code $Default}
     */
    record Template(String id, String version) implements LaunchSource {
        /** Whether it names no fixed version. */
        public boolean floating() {
            return version.startsWith("$");
        }

        @Override
        public String toString() {
            return id + " version " + version;
        }
    }

    /** A launch configuration. */
    record Configuration(String name) implements LaunchSource {
        @Override
        public String toString() {
            return "launch configuration " + name;
        }
    }

    /** What that group launches from; empty where it has nothing to launch from. */
    static Optional<LaunchSource> of(AutoScalingGroup group) {
        if (group.mixedInstancesPolicy() != null) {
            return Optional.of(of(group.mixedInstancesPolicy().launchTemplate().launchTemplateSpecification()));
        }
        if (group.launchTemplate() != null) {
            return Optional.of(of(group.launchTemplate()));
        }
        return Optional.ofNullable(group.launchConfigurationName()).map(Configuration::new);
    }

    private static LaunchSource of(LaunchTemplateSpecification template) {
        String version = template.version();
        // AWS takes the default version where none is named.
        return new Template(template.launchTemplateId(), version == null ? "$Default" : version);
    }

    /** Points the group at this source; a mixed instances policy keeps everything but its template's version. */
    default UpdateAutoScalingGroupRequest.Builder applyTo(
            UpdateAutoScalingGroupRequest.Builder update, AutoScalingGroup group) {
        if (this instanceof Configuration configuration) {
            return update.launchConfigurationName(configuration.name());
        }
        Template template = (Template) this;
        LaunchTemplateSpecification specification = LaunchTemplateSpecification.builder()
                .launchTemplateId(template.id())
                .version(template.version())
                .build();
        if (group.mixedInstancesPolicy() == null) {
            return update.launchTemplate(specification);
        }
        return update.mixedInstancesPolicy(group.mixedInstancesPolicy().toBuilder()
                .launchTemplate(t -> t.overrides(
                                group.mixedInstancesPolicy().launchTemplate().overrides())
                        .launchTemplateSpecification(specification))
                .build());
    }

    /** As text for the saved state; {@link #parse} reads it. */
    default String asText() {
        return this instanceof Template template
                ? "lt " + template.id() + " " + template.version()
                : "lc " + ((Configuration) this).name();
    }

    static LaunchSource parse(String text) {
        if (text.startsWith("lc ")) {
            return new Configuration(text.substring(3));
        }
        String[] words = text.split(" ");
        return new Template(words[1], words[2]);
    }
}
