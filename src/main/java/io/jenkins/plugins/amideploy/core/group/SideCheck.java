package io.jenkins.plugins.amideploy.core.group;

import io.jenkins.plugins.amideploy.core.aws.Activities;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.deployment.GroupTags;
import io.jenkins.plugins.amideploy.core.deployment.Lease;
import io.jenkins.plugins.amideploy.core.group.GroupCopy.Front;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefreshStatus;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateOverrides;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;

/**
 * Looks at everything about a live group that could stand in the way of another beside it, before anything is changed, and
 * finds all of it at once.
 */
public final class SideCheck {
    /** Most tags on a group (Amazon EC2 Auto Scaling User Guide, "Tag Auto Scaling groups and instances"). */
    private static final int TAGS = 50;
    /** Most characters of a group's name (Amazon EC2 Auto Scaling API Reference, CreateAutoScalingGroup). */
    private static final int NAME = 255;

    private static final Duration USUAL_BOOT = Duration.ofMinutes(2);

    private static final Set<InstanceRefreshStatus> RUNNING = Set.of(
            InstanceRefreshStatus.PENDING,
            InstanceRefreshStatus.IN_PROGRESS,
            InstanceRefreshStatus.CANCELLING,
            InstanceRefreshStatus.ROLLBACK_IN_PROGRESS,
            InstanceRefreshStatus.BAKING);

    private final AwsSession aws;
    private final Order order;
    private final LaunchSources sources;
    private final List<String> problems;

    /** @param problems takes a sentence for each obstacle */
    public SideCheck(AwsSession aws, Order order, LaunchSources sources, List<String> problems) {
        this.aws = aws;
        this.order = order;
        this.sources = sources;
        this.problems = problems;
    }

    /**
     * The new group as it was asked for.
     *
     * @param min -1, like the other sizes, for what the live group has
     * @param alarms names of CloudWatch alarms that must not go ALARM
     * @param convert whether a launch configuration may be converted to a launch template
     */
    public record Order(String ami, int min, int desired, int max, List<String> alarms, boolean convert) {}

    /** The sizes of the new group. */
    public record Sizes(int min, int desired, int max) {}

    /**
     * What was found of the group that is to be replaced.
     *
     * @param unchecked what could not be found out, as a sentence
     * @param boots how long its launches took, as far as its activities tell
     */
    public record Findings(
            LaunchSource source,
            LaunchSources.Facts facts,
            Sizes sizes,
            List<Duration> boots,
            Duration drains,
            boolean terminationHooks,
            List<String> notCopied,
            Optional<String> unchecked) {
        /** How long the slowest of its last launches took, or a guess where none is known. */
        public Duration boot() {
            return boots.isEmpty()
                    ? USUAL_BOOT
                    : boots.stream().reduce(Duration.ZERO, (one, other) -> one.compareTo(other) > 0 ? one : other);
        }
    }

    /**
     * Looks at a group that gets another beside it.
     *
     * @param fresh the other one's name
     * @param shared balancers that the other one's instances register with beside those of the live one
     * @return empty where what the group launches from is not there
     */
    public Optional<Findings> look(AutoScalingGroup group, String fresh, Front shared) {
        Optional<LaunchSource> source = LaunchSource.of(group);
        Optional<LaunchSources.Facts> facts = source.flatMap(sources::read);
        if (facts.isEmpty()) {
            problems.add("group: what " + group.autoScalingGroupName() + " launches from "
                    + source.map(s -> "(" + s + ") no longer exists").orElse("is not known"));
        }
        checkGroup(group);
        if (fresh.length() > NAME) {
            problems.add("group: the name " + fresh + " would be longer than " + NAME + " characters");
        }
        Sizes sizes = sizes(group);
        GroupParts parts = GroupParts.read(aws, group);
        checkPolicy(group);
        GroupCopy copy = new GroupCopy(aws, parts, fresh);
        copy.alarmsInTheWay()
                .forEach(alarm -> problems.add("group: there is an alarm named '" + alarm
                        + "' already, which the new group's policies need; rename or delete it"));
        InstanceTypes types = new InstanceTypes(aws);
        new GroupQuotas(aws, problems).check(shared, configuration(source), sizes.desired());
        new ImageCheck(aws, types, problems).check(order.ami(), instanceTypes(group, facts));
        new Alarms(aws, order.alarms()).check(problems);
        Optional<String> unchecked = facts.flatMap(found -> new InstanceQuota(aws, types, problems)
                .check(OnDemand.of(sizes.desired(), group.mixedInstancesPolicy(), found)));
        return facts.map(found -> new Findings(
                source.orElseThrow(),
                found,
                sizes,
                boots(group),
                Draining.longest(aws, group),
                parts.hooksTermination(),
                copy.notCopied(),
                unchecked));
    }

    private boolean configuration(Optional<LaunchSource> source) {
        return source.filter(s -> s instanceof LaunchSource.Configuration).isPresent() && !order.convert();
    }

    /** What has to be so of a group that takes part. */
    public void checkGroup(AutoScalingGroup group) {
        String name = group.autoScalingGroupName();
        for (SuspendedProcess process : group.suspendedProcesses()) {
            boolean needed = Set.of("Launch", "Terminate", "HealthCheck").contains(process.processName())
                    || process.processName().equals("AddToLoadBalancer") && Balancers.any(group);
            if (needed) {
                problems.add("group: the process " + process.processName() + " of " + name + " is suspended ("
                        + process.suspensionReason() + "); resume it first");
            }
        }
        long foreign =
                group.tags().stream().filter(tag -> !GroupTags.ours(tag.key())).count();
        if (foreign > TAGS - Lease.MOST_TAGS) {
            problems.add("group: " + name + " has " + foreign + " of " + TAGS + " tags; a deployment needs up to "
                    + Lease.MOST_TAGS + " of its own for the way back");
        }
        group.trafficSources().stream()
                .filter(s -> "vpc-lattice".equals(s.type()))
                .forEach(s -> problems.add("group: " + name + " is attached to the VPC Lattice target group "
                        + s.identifier() + ", whose health this step cannot read"));
        checkRefresh(name);
    }

    private void checkRefresh(String name) {
        aws
                .autoScaling()
                .describeInstanceRefreshes(r -> r.autoScalingGroupName(name).maxRecords(1))
                .instanceRefreshes()
                .stream()
                .filter(refresh -> RUNNING.contains(refresh.status()))
                .forEach(refresh -> problems.add("group: an instance refresh of " + name + " is running ("
                        + refresh.instanceRefreshId() + ", " + refresh.statusAsString()
                        + "); wait for it or cancel it"));
    }

    private Sizes sizes(AutoScalingGroup group) {
        int desired = order.desired() < 0 ? group.desiredCapacity() : order.desired();
        int min = order.min() < 0 ? Math.min(group.minSize(), desired) : order.min();
        int max = order.max() < 0 ? Math.max(group.maxSize(), desired) : order.max();
        if (min > desired || desired > max) {
            problems.add("minSize, desiredCapacity, maxSize: " + min + ", " + desired + " and " + max
                    + " are not in ascending order (those not given are " + group.autoScalingGroupName() + "'s)");
        }
        return new Sizes(min, desired, max);
    }

    private void checkPolicy(AutoScalingGroup group) {
        overrides(group).stream()
                .filter(override -> override.launchTemplateSpecification() != null)
                .forEach(override -> problems.add("group: its mixed instances policy has a launch template of its own "
                        + "for " + override.instanceType()
                        + "; this step changes the image of the policy's template only"));
    }

    private static List<LaunchTemplateOverrides> overrides(AutoScalingGroup group) {
        return group.mixedInstancesPolicy() == null
                ? List.of()
                : group.mixedInstancesPolicy().launchTemplate().overrides();
    }

    private static List<String> instanceTypes(AutoScalingGroup group, Optional<LaunchSources.Facts> facts) {
        List<String> overridden = overrides(group).stream()
                .map(LaunchTemplateOverrides::instanceType)
                .filter(type -> type != null)
                .distinct()
                .toList();
        return overridden.isEmpty()
                ? facts.map(LaunchSources.Facts::instanceTypes).orElse(List.of())
                : overridden;
    }

    private List<Duration> boots(AutoScalingGroup group) {
        List<Duration> boots = new ArrayList<>();
        for (Activity activity : Activities.since(aws, group.autoScalingGroupName(), Instant.EPOCH)) {
            boolean launch = activity.description().startsWith("Launching")
                    && activity.statusCode() == ScalingActivityStatusCode.SUCCESSFUL
                    && activity.endTime() != null;
            if (launch) {
                boots.add(Duration.between(activity.startTime(), activity.endTime()));
            }
        }
        return boots;
    }
}
