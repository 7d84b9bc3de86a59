package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import software.amazon.awssdk.services.autoscaling.model.DisableMetricsCollectionRequest;
import software.amazon.awssdk.services.autoscaling.model.DisableMetricsCollectionResponse;
import software.amazon.awssdk.services.autoscaling.model.EnableMetricsCollectionRequest;
import software.amazon.awssdk.services.autoscaling.model.EnableMetricsCollectionResponse;

/**
 * Group metrics: Amazon EC2 Auto Scaling API Reference, "EnableMetricsCollection" and "DisableMetricsCollection" (all
 * metrics where none is named; the only granularity is one minute).
 */
final class MetricsOperations {
    static final String GRANULARITY = "1Minute";
    private static final List<String> ALL = List.of(
            "GroupMinSize",
            "GroupMaxSize",
            "GroupDesiredCapacity",
            "GroupInServiceInstances",
            "GroupPendingInstances",
            "GroupStandbyInstances",
            "GroupTerminatingInstances",
            "GroupTotalInstances",
            "GroupInServiceCapacity",
            "GroupPendingCapacity",
            "GroupStandbyCapacity",
            "GroupTerminatingCapacity",
            "GroupTotalCapacity",
            "WarmPoolDesiredCapacity",
            "WarmPoolWarmedCapacity",
            "WarmPoolPendingCapacity",
            "WarmPoolTerminatingCapacity",
            "WarmPoolTotalCapacity",
            "GroupAndWarmPoolDesiredCapacity",
            "GroupAndWarmPoolTotalCapacity");

    private final World world;

    MetricsOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.AUTO_SCALING, EnableMetricsCollectionRequest.class, this::enable);
        operations.on(Service.AUTO_SCALING, DisableMetricsCollectionRequest.class, this::disable);
    }

    private static List<String> checked(List<String> metrics) {
        metrics.stream().filter(metric -> !ALL.contains(metric)).findAny().ifPresent(metric -> {
            throw Rejection.validation("Invalid metric type: " + metric);
        });
        return metrics.isEmpty() ? ALL : metrics;
    }

    private EnableMetricsCollectionResponse enable(EnableMetricsCollectionRequest request) {
        SimulatedGroup group = Groups.toChange(world, request.autoScalingGroupName());
        if (!GRANULARITY.equals(request.granularity())) {
            throw Rejection.validation("Invalid granularity: " + request.granularity());
        }
        List<String> metrics = checked(request.metrics());
        group.beforeWrite();
        group.metrics.addAll(metrics);
        return EnableMetricsCollectionResponse.builder().build();
    }

    private DisableMetricsCollectionResponse disable(DisableMetricsCollectionRequest request) {
        SimulatedGroup group = Groups.toChange(world, request.autoScalingGroupName());
        List<String> metrics = checked(request.metrics());
        group.beforeWrite();
        metrics.forEach(group.metrics::remove);
        return DisableMetricsCollectionResponse.builder().build();
    }
}
