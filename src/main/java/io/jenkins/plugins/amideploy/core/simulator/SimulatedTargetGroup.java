package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.time.Instant;

/** A target group of instances. */
final class SimulatedTargetGroup extends Balancer {
    final String arn;
    final Duration slowStart;
    final Actor by;
    final Instant created;
    SimulatedLoadBalancer loadBalancer;

    SimulatedTargetGroup(World world, TargetGroupSpec spec) {
        super(world, spec.name(), spec.check(), spec.deregistrationDelay());
        this.arn = Service.ELB_V2.arn(world.region, "targetgroup/" + spec.name() + "/" + world.ids.hex());
        this.slowStart = spec.slowStart();
        this.by = world.actor;
        this.created = world.clock.now();
    }

    /** One, whatever the healthy threshold: Application Load Balancers, "Register targets". */
    @Override
    int initialChecks() {
        return 1;
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
