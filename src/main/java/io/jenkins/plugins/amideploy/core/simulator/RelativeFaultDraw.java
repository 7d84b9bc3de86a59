package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.TrafficSourceIdentifier;

/** Draws and does what a {@link RelativeFault} is; what AWS refuses, the operator shrugs off. */
final class RelativeFaultDraw {
    private static final int LAST_MINUTE = 40;
    private static final Duration AGAIN = Duration.ofSeconds(10);
    private static final Instant END = SimulatedClock.START.plus(Duration.ofHours(4));

    private static final List<String> DENIABLE = List.of(
            "CreateAutoScalingGroup",
            "CreateLaunchTemplateVersion",
            "PutScalingPolicy",
            "PutMetricAlarm",
            "PutScheduledUpdateGroupAction",
            "BatchPutScheduledUpdateGroupAction",
            "PutNotificationConfiguration",
            "PutWarmPool",
            "EnableMetricsCollection",
            "SuspendProcesses",
            "DescribePolicies",
            "DescribeTargetHealth",
            "DescribeInstanceHealth",
            "DetachLoadBalancerTargetGroups",
            "DetachLoadBalancers",
            "DetachTrafficSources",
            "DeleteAutoScalingGroup",
            "DeleteAlarms");

    private final SimulatedAws aws;
    private final long seed;
    private final String oldGroup;
    private final String newGroup;

    /** @return whether there was what it is done to */
    private interface Deed {
        boolean done(AutoScalingGroup group);
    }

    RelativeFaultDraw(SimulatedAws aws, long seed, String oldGroup, String newGroup) {
        this.aws = aws;
        this.seed = seed;
        this.oldGroup = oldGroup;
        this.newGroup = newGroup;
    }

    String draw(RelativeFault fault) {
        SplittableRandom random = new SplittableRandom(Draws.mix(seed * 37 + fault.ordinal()));
        Instant time = SimulatedClock.START.plusSeconds(random.nextInt(LAST_MINUTE * 60));
        int change = 1 + random.nextInt(3);
        String told =
                switch (fault) {
                    case NONE -> "";
                    case OLD_SCALES_OUT -> scale(time, change);
                    case OLD_SCALES_IN -> scale(time, -change);
                    case OLD_SCHEDULED -> scheduled(time, change);
                    case OLD_INSTANCE_DIES -> dies(time, oldGroup, random.split());
                    case NEW_INSTANCE_DIES -> dies(time, newGroup, random.split());
                    case OLD_DETACHED -> detached(time, oldGroup, random.split());
                    case NEW_DETACHED -> detached(time, newGroup, random.split());
                    case NEW_DELETED -> deleted(time, newGroup);
                    case OLD_DELETED -> deleted(time, oldGroup);
                    case INSTANCE_QUOTA -> quota(random.nextInt(3));
                    case ACCESS_DENIED -> denied(DENIABLE.get(random.nextInt(DENIABLE.size())));
                };
        return fault == RelativeFault.NONE ? "" : fault + ": " + told;
    }

    private String scale(Instant time, int change) {
        when(time, oldGroup, group -> {
            aws.faults().scale(oldGroup, "cpu50", change);
            return true;
        });
        return oldGroup + " scales by " + change + " from " + time;
    }

    private String scheduled(Instant time, int more) {
        when(time, oldGroup, group -> {
            int desired = group.desiredCapacity() + more;
            aws.faults().scheduledAction(oldGroup, group.minSize(), Math.max(group.maxSize(), desired), desired);
            return true;
        });
        return oldGroup + " is scheduled to have " + more + " more" + " from " + time;
    }

    private String dies(Instant time, String name, SplittableRandom random) {
        when(time, name, group -> {
            List<Instance> inService = group.instances().stream()
                    .filter(instance -> instance.lifecycleState() == LifecycleState.IN_SERVICE)
                    .toList();
            if (!inService.isEmpty()) {
                aws.faults()
                        .crashInstance(
                                inService.get(random.nextInt(inService.size())).instanceId());
            }
            return !inService.isEmpty();
        });
        return "an instance of " + name + " dies" + " from " + time;
    }

    private String detached(Instant time, String name, SplittableRandom random) {
        when(time, name, group -> {
            List<TrafficSourceIdentifier> sources = group.trafficSources();
            if (!sources.isEmpty()) {
                TrafficSourceIdentifier source = sources.get(random.nextInt(sources.size()));
                operator()
                        .detachTrafficSources(
                                request -> request.autoScalingGroupName(name).trafficSources(source));
            }
            return !sources.isEmpty();
        });
        return "a balancer is detached from " + name + " from " + time;
    }

    private String deleted(Instant time, String name) {
        when(time, name, group -> {
            operator()
                    .deleteAutoScalingGroup(
                            request -> request.autoScalingGroupName(name).forceDelete(true));
            return true;
        });
        return name + " is deleted" + " from " + time;
    }

    private AutoScalingClient operator() {
        return aws.operator().autoScaling();
    }

    private String quota(int instances) {
        int used = aws.operator().ec2().describeInstances().reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .mapToInt(instance -> Vcpus.of(instance.instanceTypeAsString()))
                .sum();
        int most = used + instances * 2;
        aws.quota(Quota.VCPUS, most);
        return "at most " + most + " virtual processors, of which " + used + " are in use";
    }

    private String denied(String operation) {
        aws.faults().deny(operation);
        return operation + " is denied";
    }

    /** At the time, or as soon thereafter as it can be done. */
    private void when(Instant time, String name, Deed deed) {
        aws.faults().at(time, () -> {
            boolean done = operator()
                    .describeAutoScalingGroups(request -> request.autoScalingGroupNames(name))
                    .autoScalingGroups()
                    .stream()
                    .anyMatch(group -> group.status() == null && tried(deed, group));
            if (!done && time.isBefore(END)) {
                when(time.plus(AGAIN), name, deed);
            }
        });
    }

    private static boolean tried(Deed deed, AutoScalingGroup group) {
        try {
            return deed.done(group);
        } catch (AwsServiceException refused) {
            return true;
        }
    }
}
