package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;

/** An Application Load Balancer with one listener. */
final class SimulatedLoadBalancer {
    final String name;
    final String arn;
    final String listenerArn;
    final Actor by;
    final Instant created;

    SimulatedLoadBalancer(World world, String name) {
        String path = "app/" + name + "/" + world.ids.hex();
        this.name = name;
        this.arn = Service.ELB_V2.arn(world.region, "loadbalancer/" + path);
        this.listenerArn = Service.ELB_V2.arn(world.region, "listener/" + path + "/" + world.ids.hex());
        this.by = world.actor;
        this.created = world.clock.now();
    }

    static String dnsName(World world, String name) {
        return name + "-1234567890." + world.region + ".elb.amazonaws.com";
    }

    /** As the dimension of its metrics names it. */
    String metricName() {
        return arn.substring(arn.indexOf(":loadbalancer/") + ":loadbalancer/".length());
    }
}
