package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;

/** A Classic Load Balancer. */
final class SimulatedClassic extends Balancer {
    final Actor by;
    final Instant created;
    private final World world;

    SimulatedClassic(World world, ClassicLoadBalancerSpec spec) {
        super(world, spec.name(), spec.check(), spec.connectionDraining());
        this.world = world;
        this.by = world.actor;
        this.created = world.clock.now();
    }

    /** A new instance is out of service until it has passed the threshold: Classic Load Balancers, "Health checks". */
    @Override
    int initialChecks() {
        return check.healthy();
    }

    @Override
    boolean inUse() {
        return true;
    }

    @Override
    boolean full() {
        return registrations.size() >= world.quota(Quota.INSTANCES_PER_CLASSIC_LOAD_BALANCER);
    }

    @Override
    String identifier() {
        return name;
    }

    @Override
    String trafficSourceType() {
        return "elb";
    }
}
