package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How the simulated AWS behaves where AWS itself varies or publishes no number.
 *
 * @param boot mean time from launch ({@code Pending}) to {@code InService}; the application answers from then on
 * @param bootDeviation standard deviation of the boot time, normally distributed
 * @param bootMinimum no boot is shorter, unless the mean is
 * @param reconcileDelay from a change of a group to the moment the group acts on it
 * @param apiLatency of one call; half of it passes before the call takes effect
 * @param consistencyLag for how long after a write a Describe may show what was before it
 * @param healthEvaluation from a failing health check to the moment Auto Scaling marks the instance unhealthy
 * @param shutdown of an EC2 instance
 * @param launchRetry first wait after a failed launch; it doubles with each further failure
 * @param launchRetryMaximum longest wait after a failed launch
 * @param rebalanceDelay from an uneven spread over the zones to the rebalancing
 * @param replacementWaitsForDrain whether an instance that drains still counts towards the desired capacity. AWS does
 *     not document it; it is seen not to
 * @param pendingCanBeTerminated whether an instance whose launch has not ended can be named for termination; it has been
 *     seen refused
 * @param launchConfigurationsAllowed whether the account can create launch configurations; accounts created since
 *     2024-10-01 cannot (Auto Scaling User Guide, "Auto Scaling launch configurations")
 * @param throttled whether the request token buckets are enforced
 * @param autoScalingReads the unpublished bucket of Describe requests
 * @param autoScalingWrites the unpublished bucket of all other requests
 * @param ec2 how long instances outside of groups, images and commands take
 */
public record Behaviour(
        Duration boot,
        Duration bootDeviation,
        Duration bootMinimum,
        Span reconcileDelay,
        Span apiLatency,
        Span consistencyLag,
        Span healthEvaluation,
        Span shutdown,
        Duration launchRetry,
        Duration launchRetryMaximum,
        Span rebalanceDelay,
        boolean replacementWaitsForDrain,
        boolean pendingCanBeTerminated,
        boolean launchConfigurationsAllowed,
        boolean throttled,
        Bucket autoScalingReads,
        Bucket autoScalingWrites,
        Ec2Times ec2) {

    /** A request token bucket: how many requests at once, and how many more each second. */
    public record Bucket(double burst, double perSecond) {}

    public static Behaviour typical() {
        return new Behaviour(
                Duration.ofSeconds(120),
                Duration.ofSeconds(30),
                Duration.ofSeconds(20),
                Span.seconds(1, 5),
                Span.seconds(0.04, 0.12),
                Span.seconds(0, 2),
                Span.seconds(5, 40),
                Span.seconds(15, 45),
                Duration.ofSeconds(15),
                Duration.ofMinutes(5),
                Span.seconds(60, 180),
                false,
                false,
                true,
                true,
                new Bucket(100, 10),
                new Bucket(50, 5),
                Ec2Times.typical());
    }

    /** Calls take no time, are never throttled and show at once what was written. */
    public static Behaviour immediate() {
        return typical()
                .withApiLatency(Span.ZERO)
                .withConsistencyLag(Span.ZERO)
                .withReconcileDelay(Span.ZERO)
                .withThrottled(false);
    }

    public Behaviour withBoot(Duration mean, Duration deviation) {
        return with(draft -> {
            draft.boot = mean;
            draft.bootDeviation = deviation;
        });
    }

    public Behaviour withReconcileDelay(Span value) {
        return with(draft -> draft.reconcileDelay = value);
    }

    public Behaviour withApiLatency(Span value) {
        return with(draft -> draft.apiLatency = value);
    }

    public Behaviour withConsistencyLag(Span value) {
        return with(draft -> draft.consistencyLag = value);
    }

    public Behaviour withHealthEvaluation(Span value) {
        return with(draft -> draft.healthEvaluation = value);
    }

    public Behaviour withShutdown(Span value) {
        return with(draft -> draft.shutdown = value);
    }

    public Behaviour withRebalanceDelay(Span value) {
        return with(draft -> draft.rebalanceDelay = value);
    }

    public Behaviour withReplacementWaitsForDrain(boolean value) {
        return with(draft -> draft.replacementWaitsForDrain = value);
    }

    public Behaviour withPendingCanBeTerminated(boolean value) {
        return with(draft -> draft.pendingCanBeTerminated = value);
    }

    public Behaviour withLaunchConfigurationsAllowed(boolean value) {
        return with(draft -> draft.launchConfigurationsAllowed = value);
    }

    public Behaviour withThrottled(boolean value) {
        return with(draft -> draft.throttled = value);
    }

    public Behaviour withLaunchRetry(Duration first, Duration longest) {
        return with(draft -> {
            draft.launchRetry = first;
            draft.launchRetryMaximum = longest;
        });
    }

    public Behaviour withAutoScalingBuckets(Bucket reads, Bucket writes) {
        return with(draft -> {
            draft.autoScalingReads = reads;
            draft.autoScalingWrites = writes;
        });
    }

    public Behaviour withEc2(Ec2Times value) {
        return with(draft -> draft.ec2 = value);
    }

    private Behaviour with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.behaviour();
    }

    /** A copy on which one thing is being changed. */
    private static final class Draft {
        private Duration boot;
        private Duration bootDeviation;
        private Duration bootMinimum;
        private Span reconcileDelay;
        private Span apiLatency;
        private Span consistencyLag;
        private Span healthEvaluation;
        private Span shutdown;
        private Duration launchRetry;
        private Duration launchRetryMaximum;
        private Span rebalanceDelay;
        private boolean replacementWaitsForDrain;
        private boolean pendingCanBeTerminated;
        private boolean launchConfigurationsAllowed;
        private boolean throttled;
        private Bucket autoScalingReads;
        private Bucket autoScalingWrites;
        private Ec2Times ec2;

        private Draft(Behaviour from) {
            boot = from.boot;
            bootDeviation = from.bootDeviation;
            bootMinimum = from.bootMinimum;
            reconcileDelay = from.reconcileDelay;
            apiLatency = from.apiLatency;
            consistencyLag = from.consistencyLag;
            healthEvaluation = from.healthEvaluation;
            shutdown = from.shutdown;
            launchRetry = from.launchRetry;
            launchRetryMaximum = from.launchRetryMaximum;
            rebalanceDelay = from.rebalanceDelay;
            replacementWaitsForDrain = from.replacementWaitsForDrain;
            pendingCanBeTerminated = from.pendingCanBeTerminated;
            launchConfigurationsAllowed = from.launchConfigurationsAllowed;
            throttled = from.throttled;
            autoScalingReads = from.autoScalingReads;
            autoScalingWrites = from.autoScalingWrites;
            ec2 = from.ec2;
        }

        private Behaviour behaviour() {
            return new Behaviour(
                    boot,
                    bootDeviation,
                    bootMinimum,
                    reconcileDelay,
                    apiLatency,
                    consistencyLag,
                    healthEvaluation,
                    shutdown,
                    launchRetry,
                    launchRetryMaximum,
                    rebalanceDelay,
                    replacementWaitsForDrain,
                    pendingCanBeTerminated,
                    launchConfigurationsAllowed,
                    throttled,
                    autoScalingReads,
                    autoScalingWrites,
                    ec2);
        }
    }
}
