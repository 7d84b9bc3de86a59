package io.jenkins.plugins.amideploy.core.cfn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way from the parameter with the image to what a group launches from. CloudFormation replaces instances only where
 * a property of the group itself changes: the name of a launch configuration, or the number of a launch template's
 * latest version (Template Reference, "AWS::AutoScaling::AutoScalingGroup LaunchTemplateSpecification").
 */
final class LaunchPath {
    private final Template template;
    private final TemplateValues values;
    private final String amiParameter;

    LaunchPath(Template template, TemplateValues values, String amiParameter) {
        this.template = template;
        this.values = values;
        this.amiParameter = amiParameter;
    }

    /** Why the image does not reach that group; empty where it does. */
    Optional<String> obstacle(Template.Resource group) {
        Object configuration = values.property(group, "LaunchConfigurationName");
        if (configuration != null) {
            return configuration(configuration);
        }
        List<Object> specifications = specifications(group);
        if (specifications.isEmpty()) {
            return Optional.of("it has neither a launch template nor a launch configuration");
        }
        List<String> obstacles = new ArrayList<>();
        for (Object specification : specifications) {
            Optional<String> obstacle = specification(specification);
            if (obstacle.isEmpty()) {
                return obstacle;
            }
            obstacles.add(obstacle.get());
        }
        return Optional.of(String.join("; ", obstacles));
    }

    private List<Object> specifications(Template.Resource group) {
        List<Object> all = new ArrayList<>();
        all.add(values.property(group, "LaunchTemplate"));
        Object mixed = values.property(group, "MixedInstancesPolicy", "LaunchTemplate");
        all.add(values.at(mixed, "LaunchTemplateSpecification"));
        Template.list(values.at(mixed, "Overrides"))
                .forEach(override -> all.add(values.at(override, "LaunchTemplateSpecification")));
        all.removeIf(specification -> specification == null);
        return all;
    }

    private Optional<String> configuration(Object name) {
        for (Map.Entry<String, Template.Resource> entry : template.resources().entrySet()) {
            Template.Resource resource = entry.getValue();
            if (resource.type().equals(Template.LAUNCH_CONFIGURATION) && values.dependsOn(name, entry.getKey())) {
                return image(entry.getKey(), values.property(resource, "ImageId"));
            }
        }
        return Optional.of("its launch configuration is not a resource of this template");
    }

    private Optional<String> specification(Object specification) {
        for (Map.Entry<String, Template.Resource> entry : template.resources().entrySet()) {
            Template.Resource resource = entry.getValue();
            if (resource.type().equals(Template.LAUNCH_TEMPLATE)
                    && values.exists(resource)
                    && names(specification, entry.getKey(), resource)) {
                return image(entry.getKey(), values.property(resource, "LaunchTemplateData", "ImageId"))
                        .or(() -> version(entry.getKey(), values.at(specification, "Version")));
            }
        }
        return Optional.of("its launch template is not a resource of this template");
    }

    private boolean names(Object specification, String logicalId, Template.Resource resource) {
        Object id = values.at(specification, "LaunchTemplateId");
        Object name = values.at(specification, "LaunchTemplateName");
        return values.dependsOn(id, logicalId)
                || values.dependsOn(name, logicalId)
                || name != null
                        && values.text(name).isPresent()
                        && values.text(name).equals(values.text(values.property(resource, "LaunchTemplateName")));
    }

    private Optional<String> image(String logicalId, Object image) {
        return values.dependsOn(image, amiParameter)
                ? Optional.empty()
                : Optional.of("the ImageId of " + logicalId + " does not come from the parameter " + amiParameter);
    }

    private Optional<String> version(String logicalId, Object version) {
        return values.takes(version, logicalId, "LatestVersionNumber")
                ? Optional.empty()
                : Optional.of("it launches version "
                        + values.text(version).orElse("?") + " of " + logicalId
                        + ", which CloudFormation does not see change; use !GetAtt " + logicalId
                        + ".LatestVersionNumber");
    }
}
