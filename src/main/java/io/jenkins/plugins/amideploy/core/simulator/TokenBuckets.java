package io.jenkins.plugins.amideploy.core.simulator;

import io.jenkins.plugins.amideploy.core.simulator.Behaviour.Bucket;
import io.jenkins.plugins.amideploy.core.simulator.Operations.Operation;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;

/**
 * The request token buckets of the account in its region, refilled in virtual time: Amazon EC2 Developer Guide,
 * "Request throttling"; Elastic Load Balancing, "API throttling"; Amazon CloudWatch, "Service quotas". The two
 * generations of Elastic Load Balancing are metered apart. Auto Scaling publishes none; see {@link Behaviour}.
 */
final class TokenBuckets {
    private static final Map<String, Bucket> EC2_BY_ACTION = Map.of(
            "RunInstances", new Bucket(5, 2),
            "TerminateInstances", new Bucket(100, 5),
            "CreateLaunchTemplateVersion", new Bucket(100, 5),
            "CopyImage", new Bucket(100, 1),
            "CreateTags", new Bucket(100, 10),
            "DeleteTags", new Bucket(100, 10));
    private static final Set<String> ELB_REGISTRATIONS = Set.of(
            "RegisterTargets",
            "DeregisterTargets",
            "RegisterInstancesWithLoadBalancer",
            "DeregisterInstancesFromLoadBalancer");

    private final Behaviour behaviour;
    private final SimulatedClock clock;
    private final Map<String, Level> levels = new HashMap<>();

    private static final class Level {
        private double tokens;
        private Instant since;
    }

    TokenBuckets(Behaviour behaviour, SimulatedClock clock) {
        this.behaviour = behaviour;
        this.clock = clock;
    }

    void take(Operation operation, AwsRequest request) {
        if (!behaviour.throttled()) {
            return;
        }
        Service service = operation.service();
        boolean allowed =
                switch (service) {
                    case AUTO_SCALING ->
                        operation.reads()
                                ? take("autoscaling reads", behaviour.autoScalingReads())
                                : take("autoscaling writes", behaviour.autoScalingWrites());
                    case EC2 -> takeEc2(operation, request);
                    case ELB, ELB_V2 -> takeElb(service.name(), operation);
                    case CLOUD_WATCH -> take("cloudwatch " + operation.name(), new Bucket(9, 9));
                    case SSM -> take("ssm " + operation.name(), new Bucket(10, 5));
                    case CLOUD_FORMATION -> take("cloudformation " + operation.name(), new Bucket(10, 5));
                    case ROUTE_53 -> take("route53", new Bucket(50, 10));
                    case SERVICE_QUOTAS -> take("servicequotas " + operation.name(), new Bucket(10, 10));
                };
        if (!allowed) {
            throw service.throttled();
        }
    }

    private boolean takeEc2(Operation operation, AwsRequest request) {
        String name = operation.name();
        if (operation.reads()) {
            return unfiltered(request)
                    ? take("ec2 unfiltered " + name, new Bucket(50, 10))
                    : take("ec2 " + name, new Bucket(100, 20));
        }
        return take("ec2 " + name, EC2_BY_ACTION.getOrDefault(name, new Bucket(50, 5)));
    }

    private static boolean unfiltered(AwsRequest request) {
        if (request instanceof DescribeInstancesRequest instances) {
            return instances.filters().isEmpty() && instances.instanceIds().isEmpty();
        }
        return request instanceof DescribeImagesRequest images
                && images.filters().isEmpty()
                && images.imageIds().isEmpty();
    }

    private boolean takeElb(String generation, Operation operation) {
        boolean account = take(generation, new Bucket(40, 10));
        String name = operation.name();
        if (operation.reads()) {
            return take(generation + " reads", new Bucket(40, 10)) && account;
        }
        if (ELB_REGISTRATIONS.contains(name)) {
            return take(generation + " registrations", new Bucket(20, 4)) && account;
        }
        return name.equals("CreateLoadBalancer")
                ? take(generation + " creations", new Bucket(10, 0.2)) && account
                : take(generation + " writes", new Bucket(20, 3)) && account;
    }

    private boolean take(String name, Bucket bucket) {
        Instant now = clock.now();
        Level level = levels.computeIfAbsent(name, any -> {
            Level full = new Level();
            full.tokens = bucket.burst();
            full.since = now;
            return full;
        });
        double seconds = (now.toEpochMilli() - level.since.toEpochMilli()) / 1000.0;
        level.tokens = Math.min(bucket.burst(), level.tokens + seconds * bucket.perSecond());
        level.since = now;
        if (level.tokens < 1) {
            return false;
        }
        level.tokens--;
        return true;
    }
}
