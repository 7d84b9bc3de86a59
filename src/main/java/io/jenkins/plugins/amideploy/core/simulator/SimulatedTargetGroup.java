package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.time.Instant;

/** A target group of instances. */
final class SimulatedTargetGroup extends Balancer {
    final String arn;
    final Duration slowStart;
    final Actor by;
    final Instant created;
    private final World world;
    SimulatedLoadBalancer loadBalancer;

    SimulatedTargetGroup(World world, TargetGroupSpec spec) {
        super(world, spec.name(), spec.check(), spec.deregistrationDelay());
        this.world = world;
        this.arn = Service.ELB_V2.arn(world.region, "targetgroup/" + spec.name() + "/" + world.ids.hex());
        this.slowStart = spec.slowStart();
        this.by = world.actor;
        this.created = world.clock.now();
    }

    /** As scaling policies name it: Amazon EC2 Auto Scaling API Reference, "PredefinedMetricSpecification". */
    String label() {
        return loadBalancer.arn.substring(loadBalancer.arn.indexOf("app/")) + "/"
                + arn.substring(arn.indexOf("targetgroup/"));
    }

    /** One, whatever the healthy threshold: Application Load Balancers, "Register targets". */
    @Override
    int initialChecks() {
        return 1;
    }

    /** Whichever of its target groups they are in: "Quotas for your Application Load Balancers". */
    @Override
    boolean full() {
        return world.targetGroups.values().stream()
                        .filter(group -> group.loadBalancer == loadBalancer)
                        .mapToInt(group -> group.registrations.size())
                        .sum()
                >= world.quota(Quota.TARGETS_PER_LOAD_BALANCER);
    }

    @Override
    String identifier() {
        return arn;
    }

    @Override
    String trafficSourceType() {
        return "elbv2";
    }
}
