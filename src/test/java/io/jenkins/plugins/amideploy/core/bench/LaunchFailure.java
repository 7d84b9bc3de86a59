package io.jenkins.plugins.amideploy.core.bench;

import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.rolling.RollingDeploy;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.Behaviour;
import io.jenkins.plugins.amideploy.core.simulator.GroupSpec;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedAws;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;

/** How long after AWS has recorded a failed launch the deployment tells people. */
final class LaunchFailure {
    private static final String GROUP = "web";
    private static final String REASON =
            "The requested configuration is currently not supported. Please check the documentation.";

    private Instant told;

    /** From some moment of the deployment on, by the seed, nothing can be launched: that first failure is the one. */
    static Duration told(long seed) {
        return new LaunchFailure().measure(seed);
    }

    private Duration measure(long seed) {
        SimulatedAws aws = new SimulatedAws(seed, Behaviour.typical());
        String old = aws.registerImage("web 1", "x86_64", Application.healthy());
        String ami = aws.registerImage("web 2", "x86_64", Application.healthy());
        aws.createGroup(GroupSpec.of(GROUP, old)
                .sizes(1, 10, 10)
                .zones("eu-west-1a", "eu-west-1b")
                .targetGroup(aws.createTargetGroup(Trial.targets())));
        Instant start = aws.clock().instant();
        Duration into = Duration.ofSeconds(seed % 2 == 0 ? 0 : seed * 37 % 500);
        aws.faults().at(start.plus(into), () -> aws.faults().failLaunches(GROUP, 1000, REASON));
        // It would roll back to the image before, which cannot be launched either.
        Map<String, String> parameters =
                Map.of("group", GROUP, "ami", ami, "batchSize", "3", "warmup", "60", "onFailure", "stop");
        new Rehearsal(aws, new RollingDeploy(parameters, false), new Owner("bench", "bench/deploy 1", "d1"), event -> {
                    if (told == null && event.text().contains(REASON)) {
                        told = event.at();
                    }
                })
                .play();
        return Duration.between(recorded(aws), told);
    }

    private static Instant recorded(SimulatedAws aws) {
        return aws
                .operator()
                .autoScaling()
                .describeScalingActivities(r -> r.autoScalingGroupName(GROUP).maxRecords(100))
                .activities()
                .stream()
                .filter(activity -> activity.statusCode() == ScalingActivityStatusCode.FAILED)
                .map(Activity::startTime)
                .min(Instant::compareTo)
                .orElseThrow();
    }
}
