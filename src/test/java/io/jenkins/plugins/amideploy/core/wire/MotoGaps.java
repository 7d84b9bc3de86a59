package io.jenkins.plugins.amideploy.core.wire;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What moto 5 lacks and our procedures need:
 *
 * <ul>
 *   <li>{@code DescribeInstanceRefreshes} is not implemented. Answered here: no group has one, but those that a test
 *       declares.
 *   <li>{@code DescribeAccountLimits} and {@code DescribeNotificationConfigurations} are not implemented. Answered here:
 *       there is room, and nobody is notified.
 *   <li>{@code DescribeAccountLimits} of Classic Load Balancers is not implemented. Answered here: there is room.
 *   <li>{@code DescribeLoadBalancers} of Classic Load Balancers tells no hosted zone, where AWS tells its own of the
 *       region ("Elastic Load Balancing endpoints and quotas"). It is added.
 *   <li>{@code DeleteLaunchTemplateVersions} is not implemented. Answered here and noted, so that who asks for
 *       {@code $Latest} is shown the latest that is left. moto goes on knowing the version by its number.
 *   <li>{@code CreateAutoScalingGroup} ignores the lifecycle hooks that a group is created with. What was asked for is
 *       noted.
 *   <li>{@code UpdateAutoScalingGroup} without a mixed instances policy makes moto forget the one that the group has,
 *       where AWS leaves it as it is. The call is given the group's last policy along.
 *   <li>{@code EnableImageDeprecation} is not implemented. Answered here and noted.
 *   <li>{@code DescribeInstanceInformation} is not implemented. Answered here: every instance has an agent.
 *   <li>{@code DescribeTargetGroups} tells the load balancers of the listeners that were created, not of those that were
 *       changed, see {@link MotoForwards}.
 *   <li>Instances that a group has terminated stay registered in its target groups, where Auto Scaling deregisters them.
 *       {@link Site#terminatedAreDeregistered} does it.
 *   <li>{@code CreateImage} stumbles over tags for the snapshots. They are left out; the image gets its own.
 * </ul>
 */
final class MotoGaps {
    private static final String TEMPLATE = "LaunchTemplateId";
    /** The API version that tells calls for Classic Load Balancers from those for the others. */
    private static final String CLASSIC = "2012-06-01";

    /** The one of us-east-1. */
    private static final String ZONE = "<CanonicalHostedZoneNameID>Z35SXDOTRQ7X7K</CanonicalHostedZoneNameID>";

    private static final String POLICY = "MixedInstancesPolicy.";

    private final Set<String> refreshing = ConcurrentHashMap.newKeySet();
    private final Map<String, String> deprecations = new ConcurrentHashMap<>();
    private final Set<String> deletedVersions = ConcurrentHashMap.newKeySet();
    /** The number of each template's latest version; absent where it has only its first. */
    private final Map<String, Integer> versions = new ConcurrentHashMap<>();

    private final MotoForwards forwards = new MotoForwards();
    private final Set<String> hooks = ConcurrentHashMap.newKeySet();
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
            case "autoscaling:DescribeAccountLimits" -> Optional.of(limits());
            case "autoscaling:DescribeNotificationConfigurations" -> Optional.of(none());
            case "elasticloadbalancing:DescribeAccountLimits" ->
                call.parameter("Version").equals(CLASSIC) ? Optional.of(classicLimits()) : Optional.empty();
            case "ec2:DeleteLaunchTemplateVersions" -> Optional.of(deleteVersion(call));
            case "ec2:EnableImageDeprecation" -> Optional.of(deprecate(call));
            case "ssm:DescribeInstanceInformation" ->
                Optional.of("{\"InstanceInformationList\":[{\"InstanceId\":\"" + call.parameter("Values")
                        + "\",\"PingStatus\":\"Online\"}]}");
            default -> Optional.empty();
        };
    }

    /** The form of a call as moto understands it as AWS does; mostly as it is. */
    String amend(Call call, String form) {
        return switch (call.toString()) {
            case "autoscaling:CreateAutoScalingGroup" -> {
                noteHooks(call);
                yield form + lastPolicy(call);
            }
            case "autoscaling:UpdateAutoScalingGroup" -> form + lastPolicy(call);
            case "ec2:CreateLaunchTemplateVersion" -> {
                versions.merge(call.parameter(TEMPLATE), 2, (known, two) -> known + 1);
                yield form;
            }
            case "ec2:DescribeLaunchTemplateVersions" ->
                form.replace("=" + encode("$Latest"), "=" + encode(latest(call.parameter(TEMPLATE))));
            case "elasticloadbalancing:ModifyListener" -> {
                forwards.modifyListener(call);
                yield form;
            }
            case "ec2:CreateImage" -> withoutSnapshotTags(form);
            default -> form;
        };
    }

    /** The answer to a call as AWS would have given it; mostly as it is. */
    byte[] complete(Call call, byte[] answer) {
        return switch (call.toString()) {
            case "elasticloadbalancing:DescribeLoadBalancers" ->
                call.parameter("Version").equals(CLASSIC)
                        ? text(answer).replace("<DNSName>", ZONE + "<DNSName>").getBytes(StandardCharsets.UTF_8)
                        : answer;
            case "elasticloadbalancing:DescribeTargetGroups" ->
                forwards.complete(text(answer)).getBytes(StandardCharsets.UTF_8);
            default -> answer;
        };
    }

    private static String text(byte[] answer) {
        return new String(answer, StandardCharsets.UTF_8);
    }

    /** The hooks that groups were created with, as {@code web: bootstrap autoscaling:EC2_INSTANCE_LAUNCHING 90}. */
    Set<String> hooks() {
        return hooks;
    }

    private void noteHooks(Call call) {
        String first = "LifecycleHookSpecificationList.member.1.";
        if (call.hasAny(first)) {
            hooks.add(call.parameter("AutoScalingGroupName") + ": " + call.parameter(first + "LifecycleHookName") + " "
                    + call.parameter(first + "LifecycleTransition") + " "
                    + call.parameter(first + "HeartbeatTimeout"));
        }
    }

    private static String withoutSnapshotTags(String form) {
        Matcher snapshot = Pattern.compile("TagSpecification\\.(\\d+)\\.ResourceType=snapshot")
                .matcher(form);
        if (!snapshot.find()) {
            return form;
        }
        String specification = "TagSpecification." + snapshot.group(1) + ".";
        return Arrays.stream(form.split("&"))
                .filter(field -> !field.startsWith(specification))
                .collect(Collectors.joining("&"));
    }

    private String deprecate(Call call) {
        deprecations.put(call.parameter("ImageId"), call.parameter("DeprecateAt"));
        return "<EnableImageDeprecationResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">"
                + "<requestId>0</requestId><return>true</return></EnableImageDeprecationResponse>";
    }

    /** When each image was said to be deprecated. */
    Map<String, String> deprecations() {
        return deprecations;
    }

    private String lastPolicy(Call call) {
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

    /** The latest version that is left, where the latest was deleted. */
    private String latest(String template) {
        int last = versions.getOrDefault(template, 1);
        int left = last;
        while (deletedVersions.contains(template + "/" + left)) {
            left--;
        }
        return left == last ? "$Latest" : Integer.toString(left);
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

    private static String limits() {
        return "<DescribeAccountLimitsResponse xmlns=\"http://autoscaling.amazonaws.com/doc/2011-01-01/\">"
                + "<DescribeAccountLimitsResult><MaxNumberOfAutoScalingGroups>500</MaxNumberOfAutoScalingGroups>"
                + "<MaxNumberOfLaunchConfigurations>200</MaxNumberOfLaunchConfigurations>"
                + "<NumberOfAutoScalingGroups>9</NumberOfAutoScalingGroups>"
                + "<NumberOfLaunchConfigurations>9</NumberOfLaunchConfigurations></DescribeAccountLimitsResult>"
                + "<ResponseMetadata><RequestId>0</RequestId></ResponseMetadata></DescribeAccountLimitsResponse>";
    }

    private static String classicLimits() {
        return "<DescribeAccountLimitsResponse xmlns=\"http://elasticloadbalancing.amazonaws.com/doc/2012-06-01/\">"
                + "<DescribeAccountLimitsResult><Limits><member><Name>classic-load-balancers</Name><Max>500</Max>"
                + "</member></Limits></DescribeAccountLimitsResult>"
                + "<ResponseMetadata><RequestId>0</RequestId></ResponseMetadata></DescribeAccountLimitsResponse>";
    }

    private static String none() {
        return "<DescribeNotificationConfigurationsResponse "
                + "xmlns=\"http://autoscaling.amazonaws.com/doc/2011-01-01/\">"
                + "<DescribeNotificationConfigurationsResult><NotificationConfigurations/>"
                + "</DescribeNotificationConfigurationsResult><ResponseMetadata><RequestId>0</RequestId>"
                + "</ResponseMetadata></DescribeNotificationConfigurationsResponse>";
    }

    private String deleteVersion(Call call) {
        String template = call.parameter(TEMPLATE);
        Set<String> numbers = new LinkedHashSet<>();
        call.parameters().forEach((name, value) -> {
            if (name.startsWith("LaunchTemplateVersion.")) {
                numbers.add(value);
            }
        });
        numbers.forEach(version -> deletedVersions.add(template + "/" + version));
        return "<DeleteLaunchTemplateVersionsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">"
                + "<requestId>0</requestId><successfullyDeletedLaunchTemplateVersionSet>"
                + numbers.stream()
                        .map(version -> "<item><launchTemplateId>" + template + "</launchTemplateId><versionNumber>"
                                + version + "</versionNumber></item>")
                        .collect(Collectors.joining())
                + "</successfullyDeletedLaunchTemplateVersionSet></DeleteLaunchTemplateVersionsResponse>";
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
