package io.jenkins.plugins.amideploy.core.rolling;

import io.jenkins.plugins.amideploy.core.aws.Activities;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.aws.Images;
import io.jenkins.plugins.amideploy.core.aws.Member;
import io.jenkins.plugins.amideploy.core.deployment.Lease;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import io.jenkins.plugins.amideploy.core.group.Alarms;
import io.jenkins.plugins.amideploy.core.group.ImageCheck;
import io.jenkins.plugins.amideploy.core.group.InstanceTypes;
import io.jenkins.plugins.amideploy.core.group.LaunchSource;
import io.jenkins.plugins.amideploy.core.group.LaunchSources;
import io.jenkins.plugins.amideploy.core.rolling.RollingRequest.Treatment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefresh;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefreshStatus;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateOverrides;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;

/** Looks at everything that could stand in the way, before anything is changed, and finds all of it at once. */
final class Preflight {
    /** Most tags on a group (Amazon EC2 Auto Scaling User Guide, "Tag Auto Scaling groups and instances"). */
    private static final int TAGS = 50;
    /** Targets of one target group (quotas for Application Load Balancers). */
    private static final int TARGETS = 1000;

    private static final Set<InstanceRefreshStatus> RUNNING = Set.of(
            InstanceRefreshStatus.PENDING,
            InstanceRefreshStatus.IN_PROGRESS,
            InstanceRefreshStatus.CANCELLING,
            InstanceRefreshStatus.ROLLBACK_IN_PROGRESS,
            InstanceRefreshStatus.BAKING);

    private final AwsSession aws;
    private final RollingRequest request;
    private final LaunchSources sources;
    private final List<String> problems;

    Preflight(AwsSession aws, RollingRequest request, LaunchSources sources, List<String> problems) {
        this.aws = aws;
        this.request = request;
        this.sources = sources;
        this.problems = new ArrayList<>(problems);
    }

    /**
     * What was found.
     *
     * @param source what the group launches from, as it names it; the rest is empty where there is none
     * @param old the instances to be replaced
     * @param kept those that stay as they are
     * @param matching how many of those run the image already
     */
    record Findings(
            List<String> problems,
            Optional<LaunchSource> source,
            Optional<LaunchSources.Facts> facts,
            Set<String> old,
            Set<String> kept,
            Set<String> standby,
            int matching) {}

    Findings look(Optional<AutoScalingGroup> shown) {
        if (shown.isEmpty()) {
            if (!request.group().isEmpty()) {
                problems.add("group: there is no Auto Scaling group named '" + request.group()
                        + "' in this region of this account");
            }
            new ImageCheck(aws, new InstanceTypes(aws), problems).check(request.ami());
            return new Findings(problems, Optional.empty(), Optional.empty(), Set.of(), Set.of(), Set.of(), 0);
        }
        AutoScalingGroup group = shown.get();
        Optional<LaunchSource> source = LaunchSource.of(group);
        Optional<LaunchSources.Facts> facts = source.flatMap(sources::read);
        if (facts.isEmpty()) {
            problems.add("group: what it launches from "
                    + source.map(s -> "(" + s + ") no longer exists").orElse("is not known"));
        }
        checkGroup(group);
        checkSizes(group);
        checkPolicy(group);
        checkRefresh();
        checkPermissions(group);
        new ImageCheck(aws, new InstanceTypes(aws), problems).check(request.ami(), instanceTypes(group, facts));
        new Alarms(aws, request.alarms()).check(problems);
        return sort(group, source, facts);
    }

    private void checkGroup(AutoScalingGroup group) {
        if (group.status() != null) {
            problems.add("group: it is being deleted (" + group.status() + ")");
        }
        for (SuspendedProcess process : group.suspendedProcesses()) {
            String name = process.processName();
            boolean needed = Set.of("Launch", "Terminate", "HealthCheck").contains(name)
                    || name.equals("AddToLoadBalancer") && Balancers.any(group);
            if (needed) {
                problems.add("group: its process " + name + " is suspended (" + process.suspensionReason()
                        + "); resume it first");
            }
        }
        if (group.tags().size() > TAGS - Lease.MOST_TAGS && Lease.on(group).isEmpty()) {
            problems.add("group: it has " + group.tags().size() + " of " + TAGS + " tags; a deployment needs up to "
                    + Lease.MOST_TAGS + " of its own for the way back");
        }
        group.trafficSources().stream()
                .filter(s -> "vpc-lattice".equals(s.type()))
                .forEach(s -> problems.add("group: it is attached to the VPC Lattice target group " + s.identifier()
                        + ", whose health this step cannot read"));
    }

    private void checkSizes(AutoScalingGroup group) {
        int desired = group.desiredCapacity();
        if (!request.batchSize().percent() && desired > 0 && request.batchSize().number() > desired) {
            problems.add("batchSize: " + request.batchSize() + " is more than the group's "
                    + Words.count(desired, "instance"));
        }
        if (!Balancers.targetGroups(group).isEmpty()
                && desired + request.batchSize().of(desired) > TARGETS) {
            problems.add("batchSize: " + desired + " + " + request.batchSize() + " instances are more than the "
                    + TARGETS + " targets that a target group takes");
        }
    }

    private void checkPolicy(AutoScalingGroup group) {
        for (LaunchTemplateOverrides override : overrides(group)) {
            if (override.launchTemplateSpecification() != null) {
                problems.add("group: its mixed instances policy has a launch template of its own for "
                        + override.instanceType() + "; this step changes the image of the policy's template only");
            }
            if (override.weightedCapacity() != null
                    && !override.weightedCapacity().equals("1")) {
                problems.add("group: " + override.instanceType() + " weighs " + override.weightedCapacity()
                        + " in its mixed instances policy; sizes then count units, not instances");
            }
        }
    }

    private static List<LaunchTemplateOverrides> overrides(AutoScalingGroup group) {
        return group.mixedInstancesPolicy() == null
                ? List.of()
                : group.mixedInstancesPolicy().launchTemplate().overrides();
    }

    private void checkRefresh() {
        aws
                .autoScaling()
                .describeInstanceRefreshes(
                        r -> r.autoScalingGroupName(request.group()).maxRecords(1))
                .instanceRefreshes()
                .stream()
                .filter((InstanceRefresh refresh) -> RUNNING.contains(refresh.status()))
                .forEach(refresh -> problems.add("group: an instance refresh is running (" + refresh.instanceRefreshId()
                        + ", " + refresh.statusAsString() + "); wait for it or cancel it"));
    }

    /** Reads what will have to be read later, so that a missing permission is found before anything is changed. */
    private void checkPermissions(AutoScalingGroup group) {
        Activities.since(aws, request.group(), Instant.MAX);
        Balancers.members(aws, group);
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

    private Findings sort(AutoScalingGroup group, Optional<LaunchSource> source, Optional<LaunchSources.Facts> facts) {
        Set<String> old = new LinkedHashSet<>();
        Set<String> kept = new LinkedHashSet<>();
        Set<String> standby = new LinkedHashSet<>();
        int matching = 0;
        List<Member> members = Balancers.membersWithoutBalancers(group);
        Map<String, String> images =
                Images.of(aws, members.stream().map(Member::id).toList());
        for (Member member : members) {
            if (member.leaving() || member.warmed()) {
                continue;
            }
            if (!request.replaceMatching() && request.ami().equals(images.get(member.id()))) {
                matching++;
                kept.add(member.id());
            } else if (member.standby()) {
                treat(member, "in Standby", "standby", request.standby(), standby, kept);
            } else if (member.protectedFromScaleIn()) {
                treat(member, "protected from scale-in", "scaleInProtected", request.scaleInProtected(), old, kept);
            } else {
                old.add(member.id());
            }
        }
        return new Findings(problems, source, facts, old, kept, standby, matching);
    }

    private void treat(
            Member member, String how, String parameter, Treatment treatment, Set<String> replaced, Set<String> kept) {
        switch (treatment) {
            case FAIL ->
                problems.add("group: " + member.id() + " is " + how + "; say what to do with it by " + parameter
                        + ": 'replace' or 'skip'");
            case REPLACE -> replaced.add(member.id());
            case SKIP -> kept.add(member.id());
        }
    }
}
