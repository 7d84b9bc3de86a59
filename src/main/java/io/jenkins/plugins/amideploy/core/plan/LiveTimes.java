package io.jenkins.plugins.amideploy.core.plan;

import io.jenkins.plugins.amideploy.core.aws.Activities;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.group.Draining;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;

/**
 * How long things take in a live group.
 *
 * @param boot mean time from launch to InService
 * @param bootDeviation its standard deviation
 * @param launches how many launches that was learned from; with none, both are assumptions
 * @param drain the longest deregistration delay or connection draining of its balancers
 */
record LiveTimes(Duration boot, Duration bootDeviation, int launches, Duration drain) {
    static LiveTimes of(AwsSession aws, AutoScalingGroup group) {
        List<Double> boots = Activities.since(aws, group.autoScalingGroupName(), Instant.EPOCH).stream()
                .filter(a -> a.statusCode() == ScalingActivityStatusCode.SUCCESSFUL)
                .filter(a -> a.description().startsWith("Launching") && a.endTime() != null)
                .map(LiveTimes::seconds)
                .toList();
        Duration drain = Draining.longest(aws, group);
        if (boots.size() < 2) {
            return new LiveTimes(Duration.ofSeconds(120), Duration.ofSeconds(30), 0, drain);
        }
        double mean = boots.stream().mapToDouble(s -> s).average().orElseThrow();
        double variance = boots.stream()
                .mapToDouble(s -> (s - mean) * (s - mean))
                .average()
                .orElseThrow();
        return new LiveTimes(
                Duration.ofSeconds(Math.max(1, Math.round(mean))),
                Duration.ofSeconds(Math.round(Math.sqrt(variance))),
                boots.size(),
                drain);
    }

    private static double seconds(Activity launch) {
        return Duration.between(launch.startTime(), launch.endTime()).toMillis() / 1000.0;
    }
}
