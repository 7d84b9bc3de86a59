package io.jenkins.plugins.amideploy.core.wire;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What moto 5 lacks and our procedures need:
 *
 * <ul>
 *   <li>{@code DescribeInstanceRefreshes} is not implemented. Answered here: no group has one, but those that a test
 *       declares.
 *   <li>{@code DeleteLaunchTemplateVersions} is not implemented. Answered here and noted; moto goes on showing the
 *       version.
 *   <li>{@code UpdateAutoScalingGroup} without a mixed instances policy makes moto forget the one that the group has,
 *       where AWS leaves it as it is. The call is given the group's last policy along.
 * </ul>
 */
final class MotoGaps {
    private static final String POLICY = "MixedInstancesPolicy.";

    private final Set<String> refreshing = ConcurrentHashMap.newKeySet();
    private final Set<String> deletedVersions = ConcurrentHashMap.newKeySet();
    private final Map<String, Map<String, String>> policies = new ConcurrentHashMap<>();

    /** From now on an instance refresh is running in that group. */
    void refresh(String group) {
        refreshing.add(group);
    }

    /** The template versions that were deleted, as {@code lt-0abc/2}. */
    Set<String> deletedVersions() {
        return deletedVersions;
    }

    /** The answer to a call that moto does not know. */
    Optional<String> answer(Call call) {
        return switch (call.toString()) {
            case "autoscaling:DescribeInstanceRefreshes" -> Optional.of(refreshes(call));
            case "ec2:DeleteLaunchTemplateVersions" -> Optional.of(deleteVersion(call));
            default -> Optional.empty();
        };
    }

    /** What has to be added to the form of a call so that moto understands it as AWS does; mostly nothing. */
    String addition(Call call) {
        boolean group = call.toString().equals("autoscaling:CreateAutoScalingGroup")
                || call.toString().equals("autoscaling:UpdateAutoScalingGroup");
        if (!group) {
            return "";
        }
        String name = call.parameter("AutoScalingGroupName");
        if (call.hasAny(POLICY)) {
            policies.put(name, policy(call));
            return "";
        }
        if (call.hasAny("LaunchTemplate.") || call.hasAny("LaunchConfigurationName")) {
            policies.remove(name);
        }
        return policies.getOrDefault(name, Map.of()).entrySet().stream()
                .map(e -> "&" + encode(e.getKey()) + "=" + encode(e.getValue()))
                .collect(Collectors.joining());
    }

    private static Map<String, String> policy(Call call) {
        Map<String, String> policy = new LinkedHashMap<>(call.parameters());
        policy.keySet().removeIf(name -> !name.startsWith(POLICY));
        return policy;
    }

    private String refreshes(Call call) {
        String group = call.parameter("AutoScalingGroupName");
        String running = refreshing.contains(group)
                ? "<member><InstanceRefreshId>0f1e2d3c</InstanceRefreshId><AutoScalingGroupName>" + group
                        + "</AutoScalingGroupName><Status>InProgress</Status></member>"
                : "";
        return "<DescribeInstanceRefreshesResponse xmlns=\"http://autoscaling.amazonaws.com/doc/2011-01-01/\">"
                + "<DescribeInstanceRefreshesResult><InstanceRefreshes>" + running + "</InstanceRefreshes>"
                + "</DescribeInstanceRefreshesResult><ResponseMetadata><RequestId>0</RequestId></ResponseMetadata>"
                + "</DescribeInstanceRefreshesResponse>";
    }

    private String deleteVersion(Call call) {
        String template = call.parameter("LaunchTemplateId");
        Set<String> versions = new LinkedHashSet<>();
        call.parameters().forEach((name, value) -> {
            if (name.startsWith("LaunchTemplateVersion.")) {
                versions.add(value);
            }
        });
        versions.forEach(version -> deletedVersions.add(template + "/" + version));
        return "<DeleteLaunchTemplateVersionsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">"
                + "<requestId>0</requestId><successfullyDeletedLaunchTemplateVersionSet>"
                + versions.stream()
                        .map(version -> "<item><launchTemplateId>" + template + "</launchTemplateId><versionNumber>"
                                + version + "</versionNumber></item>")
                        .collect(Collectors.joining())
                + "</successfullyDeletedLaunchTemplateVersionSet></DeleteLaunchTemplateVersionsResponse>";
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
