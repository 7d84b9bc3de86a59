package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;

/**
 * How the simulated AWS behaves where AWS itself varies or publishes no number.
 *
 * @param boot mean time from launch ({@code Pending}) to {@code InService}; the application answers from then on
 * @param bootDeviation standard deviation of the boot time, normally distributed
 * @param bootMinimum no boot is shorter
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
 * @param launchConfigurationsAllowed whether the account can create launch configurations; accounts created since
 *     2024-10-01 cannot (Auto Scaling User Guide, "Auto Scaling launch configurations")
 * @param throttled whether the request token buckets are enforced
 * @param autoScalingReads the unpublished bucket of Describe requests
 * @param autoScalingWrites the unpublished bucket of all other requests
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
        boolean launchConfigurationsAllowed,
        boolean throttled,
        Bucket autoScalingReads,
        Bucket autoScalingWrites) {

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
                true,
                true,
                new Bucket(100, 10),
                new Bucket(50, 5));
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
        return new Behaviour(
                mean,
                deviation,
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
                launchConfigurationsAllowed,
                throttled,
                autoScalingReads,
                autoScalingWrites);
    }

    public Behaviour withReconcileDelay(Span value) {
        return new Behaviour(
                boot,
                bootDeviation,
                bootMinimum,
                value,
                apiLatency,
                consistencyLag,
                healthEvaluation,
                shutdown,
                launchRetry,
                launchRetryMaximum,
                rebalanceDelay,
                replacementWaitsForDrain,
                launchConfigurationsAllowed,
                throttled,
                autoScalingReads,
                autoScalingWrites);
    }

    public Behaviour withApiLatency(Span value) {
        return new Behaviour(
                boot,
                bootDeviation,
                bootMinimum,
                reconcileDelay,
                value,
                consistencyLag,
                healthEvaluation,
                shutdown,
                launchRetry,
                launchRetryMaximum,
                rebalanceDelay,
                replacementWaitsForDrain,
                launchConfigurationsAllowed,
                throttled,
                autoScalingReads,
                autoScalingWrites);
    }

    public Behaviour withConsistencyLag(Span value) {
        return new Behaviour(
                boot,
                bootDeviation,
                bootMinimum,
                reconcileDelay,
                apiLatency,
                value,
                healthEvaluation,
                shutdown,
                launchRetry,
                launchRetryMaximum,
                rebalanceDelay,
                replacementWaitsForDrain,
                launchConfigurationsAllowed,
                throttled,
                autoScalingReads,
                autoScalingWrites);
    }

    public Behaviour withHealthEvaluation(Span value) {
        return new Behaviour(
                boot,
                bootDeviation,
                bootMinimum,
                reconcileDelay,
                apiLatency,
                consistencyLag,
                value,
                shutdown,
                launchRetry,
                launchRetryMaximum,
                rebalanceDelay,
                replacementWaitsForDrain,
                launchConfigurationsAllowed,
                throttled,
                autoScalingReads,
                autoScalingWrites);
    }

    public Behaviour withShutdown(Span value) {
        return new Behaviour(
                boot,
                bootDeviation,
                bootMinimum,
                reconcileDelay,
                apiLatency,
                consistencyLag,
                healthEvaluation,
                value,
                launchRetry,
                launchRetryMaximum,
                rebalanceDelay,
                replacementWaitsForDrain,
                launchConfigurationsAllowed,
                throttled,
                autoScalingReads,
                autoScalingWrites);
    }

    public Behaviour withRebalanceDelay(Span value) {
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
                value,
                replacementWaitsForDrain,
                launchConfigurationsAllowed,
                throttled,
                autoScalingReads,
                autoScalingWrites);
    }

    public Behaviour withReplacementWaitsForDrain(boolean value) {
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
                value,
                launchConfigurationsAllowed,
                throttled,
                autoScalingReads,
                autoScalingWrites);
    }

    public Behaviour withLaunchConfigurationsAllowed(boolean value) {
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
                value,
                throttled,
                autoScalingReads,
                autoScalingWrites);
    }

    public Behaviour withThrottled(boolean value) {
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
                launchConfigurationsAllowed,
                value,
                autoScalingReads,
                autoScalingWrites);
    }

    public Behaviour withLaunchRetry(Duration first, Duration longest) {
        return new Behaviour(
                boot,
                bootDeviation,
                bootMinimum,
                reconcileDelay,
                apiLatency,
                consistencyLag,
                healthEvaluation,
                shutdown,
                first,
                longest,
                rebalanceDelay,
                replacementWaitsForDrain,
                launchConfigurationsAllowed,
                throttled,
                autoScalingReads,
                autoScalingWrites);
    }

    public Behaviour withAutoScalingBuckets(Bucket reads, Bucket writes) {
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
                launchConfigurationsAllowed,
                throttled,
                reads,
                writes);
    }
}
