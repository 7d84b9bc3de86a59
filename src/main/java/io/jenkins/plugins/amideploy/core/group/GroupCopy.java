package io.jenkins.plugins.amideploy.core.group;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.aws.Likeness;
import io.jenkins.plugins.amideploy.core.deployment.GroupTags;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import io.jenkins.plugins.amideploy.core.group.LaunchSource.Configuration;
import io.jenkins.plugins.amideploy.core.group.LaunchSource.Template;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.CreateAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.LifecycleHookSpecification;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;
import software.amazon.awssdk.services.autoscaling.model.Tag;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;

/**
 * A faithful copy of a group under another name: everything that AWS lets a caller set. It is made empty, so that nothing
 * is launched before all of it is there.
 *
 * <p>Every step may be done again after a crash.
 */
public final class GroupCopy {
    /** Most balancers in one call (Amazon EC2 Auto Scaling API Reference, AttachLoadBalancerTargetGroups). */
    private static final int ATTACHED_IN_A_CALL = 10;

    private static final String RESERVED = "aws:";

    private final AwsSession aws;
    private final GroupParts original;
    private final String name;
    private final Terms terms;

    public GroupCopy(AwsSession aws, GroupParts original, String name) {
        this(aws, original, name, (dimension, value) -> value);
    }

    /** @param terms how what is in front of the original is called for the copy */
    public GroupCopy(AwsSession aws, GroupParts original, String name, Terms terms) {
        this.aws = aws;
        this.original = original;
        this.name = name;
        this.terms = terms;
    }

    /**
     * What metrics are called for the copy: scaling policies and alarms that look at a balancer shall look at the copy's.
     */
    @FunctionalInterface
    public interface Terms {
        /** In the place of a dimension's name, where the value is the label of a predefined metric. */
        String RESOURCE_LABEL = "ResourceLabel";

        /** @return the value for the copy, mostly the same */
        String of(String dimension, String value);
    }

    /**
     * What stands in front of the copy.
     *
     * @param targetGroups their ARNs
     * @param classic names of Classic Load Balancers
     */
    public record Front(Collection<String> targetGroups, Collection<String> classic) {
        /** The same as in front of that group. */
        public static Front of(AutoScalingGroup group) {
            return new Front(Balancers.targetGroups(group), Balancers.classic(group));
        }

        boolean isEmpty() {
            return targetGroups.isEmpty() && classic.isEmpty();
        }
    }

    /** Alarms that are there already under the names that the copy's would have. */
    public Set<String> alarmsInTheWay() {
        return new PolicyCopies(aws, original, name, terms).inTheWay();
    }

    /**
     * Creates the group with size zero.
     *
     * @param tags further ones, not passed on to instances
     * @throws software.amazon.awssdk.services.autoscaling.model.AlreadyExistsException where there is one of that name
     */
    public void create(LaunchSource source, Front front, Map<String, String> tags) {
        AutoScalingGroup group = original.group();
        CreateAutoScalingGroupRequest.Builder request = Likeness.exact()
                .copy(group, CreateAutoScalingGroupRequest.builder())
                .autoScalingGroupName(name)
                .minSize(0)
                .maxSize(Math.max(1, group.maxSize()))
                .desiredCapacity(0)
                .launchConfigurationName(null)
                .launchTemplate((LaunchTemplateSpecification) null)
                .trafficSources(List.of())
                .targetGroupARNs(first(front.targetGroups()))
                .loadBalancerNames(first(front.classic()))
                .tags(tags(tags));
        if (group.vpcZoneIdentifier() != null && !group.vpcZoneIdentifier().isEmpty()) {
            request.availabilityZones(List.of()); // its subnets say it
        }
        if (!original.hooks().isEmpty()) {
            request.lifecycleHookSpecificationList(original.hooks().stream()
                    .map(hook -> Likeness.exact()
                            .copy(hook, LifecycleHookSpecification.builder())
                            .build())
                    .toList());
        }
        launchFrom(source, request);
        aws.autoScaling().createAutoScalingGroup(withoutEmptyLists(request).build());
    }

    /** A list that is set, if to nothing, is sent. */
    private static CreateAutoScalingGroupRequest.Builder withoutEmptyLists(
            CreateAutoScalingGroupRequest.Builder request) {
        CreateAutoScalingGroupRequest set = request.build();
        CreateAutoScalingGroupRequest.Builder sent = CreateAutoScalingGroupRequest.builder();
        set.sdkFields().forEach(field -> {
            Object value = field.getValueOrDefault(set);
            if (value != null && !(value instanceof List<?> list && list.isEmpty())) {
                field.set(sent, value);
            }
        });
        return sent;
    }

    private void launchFrom(LaunchSource source, CreateAutoScalingGroupRequest.Builder request) {
        if (source instanceof Configuration configuration) {
            request.launchConfigurationName(configuration.name());
            return;
        }
        Template template = (Template) source;
        LaunchTemplateSpecification specification = LaunchTemplateSpecification.builder()
                .launchTemplateId(template.id())
                .version(template.version())
                .build();
        AutoScalingGroup group = original.group();
        if (group.mixedInstancesPolicy() == null) {
            request.launchTemplate(specification);
        } else {
            request.mixedInstancesPolicy(group.mixedInstancesPolicy().toBuilder()
                    .launchTemplate(group.mixedInstancesPolicy().launchTemplate().toBuilder()
                            .launchTemplateSpecification(specification)
                            .build())
                    .build());
        }
    }

    private List<Tag> tags(Map<String, String> further) {
        List<Tag> tags = new ArrayList<>(GroupTags.tags(name, further));
        for (TagDescription tag : original.group().tags()) {
            if (!tag.key().startsWith(RESERVED) && !GroupTags.ours(tag.key())) {
                tags.add(Tag.builder()
                        .resourceId(name)
                        .resourceType("auto-scaling-group")
                        .key(tag.key())
                        .value(tag.value())
                        .propagateAtLaunch(tag.propagateAtLaunch())
                        .build());
            }
        }
        return tags;
    }

    private static List<String> first(Collection<String> all) {
        return all.stream().limit(ATTACHED_IN_A_CALL).toList();
    }

    /**
     * Gives the empty copy all that a group cannot be created with.
     *
     * @param suspending processes to suspend beside those that are suspended in the original
     * @param now scheduled actions that lie before are over
     */
    public void furnish(Front front, Collection<String> suspending, Instant now) {
        Set<String> processes = new LinkedHashSet<>(suspending);
        original.group().suspendedProcesses().stream()
                .map(SuspendedProcess::processName)
                .forEach(processes::add);
        if (!processes.isEmpty()) {
            aws.autoScaling().suspendProcesses(r -> r.autoScalingGroupName(name).scalingProcesses(processes));
        }
        attachTheRest(front);
        new PolicyCopies(aws, original, name, terms).put();
        GroupExtras extras = new GroupExtras(aws, original, name);
        extras.schedule(now);
        extras.notifications();
        extras.metrics();
    }

    private void attachTheRest(Front front) {
        List<String> targetGroups = List.copyOf(front.targetGroups());
        for (int from = ATTACHED_IN_A_CALL; from < targetGroups.size(); from += ATTACHED_IN_A_CALL) {
            List<String> some = targetGroups.subList(from, Math.min(targetGroups.size(), from + ATTACHED_IN_A_CALL));
            aws.autoScaling()
                    .attachLoadBalancerTargetGroups(
                            r -> r.autoScalingGroupName(name).targetGroupARNs(some));
        }
        List<String> classic = List.copyOf(front.classic());
        for (int from = ATTACHED_IN_A_CALL; from < classic.size(); from += ATTACHED_IN_A_CALL) {
            List<String> some = classic.subList(from, Math.min(classic.size(), from + ATTACHED_IN_A_CALL));
            aws.autoScaling()
                    .attachLoadBalancers(r -> r.autoScalingGroupName(name).loadBalancerNames(some));
        }
    }

    /** Lets the copy launch; its warm pool comes after, or it would be filled first. */
    public void start(int min, int desired, int max) {
        aws.autoScaling()
                .updateAutoScalingGroup(r -> r.autoScalingGroupName(name)
                        .minSize(min)
                        .desiredCapacity(desired)
                        .maxSize(max));
        new GroupExtras(aws, original, name).warmPool();
    }

    /** What the copy will not have, because AWS lets nobody set it; only what the original does have. */
    public List<String> notCopied() {
        AutoScalingGroup group = original.group();
        List<String> lost = new ArrayList<>();
        List<String> reserved = group.tags().stream()
                .map(TagDescription::key)
                .filter(key -> key.startsWith(RESERVED))
                .toList();
        if (!reserved.isEmpty()) {
            lost.add("tags that only AWS sets: " + String.join(", ", reserved)
                    + (reserved.stream().anyMatch(key -> key.startsWith("aws:cloudformation:"))
                            ? " (its CloudFormation stack will not know the new group)"
                            : ""));
        }
        boolean protectedByHand = !Boolean.TRUE.equals(group.newInstancesProtectedFromScaleIn())
                && group.instances().stream().anyMatch(i -> Boolean.TRUE.equals(i.protectedFromScaleIn()));
        if (protectedByHand) {
            lost.add("the protection from scale-in of single instances");
        }
        long standby = group.instances().stream()
                .map(Instance::lifecycleStateAsString)
                .filter("Standby"::equals)
                .count();
        if (standby > 0) {
            lost.add(Words.count((int) standby, "instance") + " in Standby");
        }
        if (original.policies().stream().anyMatch(policy -> policy.predictiveScalingConfiguration() != null)) {
            lost.add("the load history of predictive scaling: the new group forecasts after 24 hours");
        }
        if (!original.alarms().isEmpty()) {
            lost.add("the tags and the state of the alarms of its scaling policies: the new alarms begin with "
                    + "INSUFFICIENT_DATA");
        }
        return lost;
    }
}
