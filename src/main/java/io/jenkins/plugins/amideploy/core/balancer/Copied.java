package io.jenkins.plugins.amideploy.core.balancer;

import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.group.GroupCopy.Front;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * A finished copy of a load balancer.
 *
 * @param arn empty for a Classic Load Balancer
 * @param targetGroups the ARN of each of the original's target groups with that of its copy; empty for a Classic one
 * @param listeners the ARN of each of the original's listeners with that of its copy; empty for a Classic one
 */
public record Copied(
        LiveBalancer.Kind kind,
        String name,
        String arn,
        String dnsName,
        String hostedZoneId,
        Map<String, String> targetGroups,
        Map<String, String> listeners) {

    /** What stands in front of the copy of a group that the original stands in front of. */
    public Front front(AutoScalingGroup original) {
        return kind == LiveBalancer.Kind.CLASSIC ? new Front(List.of(), List.of(name)) : front(original, targetGroups);
    }

    /** The copies of those of a group's target groups that have one. */
    public static Front front(AutoScalingGroup original, Map<String, String> targetGroups) {
        return new Front(
                Balancers.targetGroups(original).stream()
                        .map(targetGroups::get)
                        .filter(Objects::nonNull)
                        .toList(),
                List.of());
    }
}
