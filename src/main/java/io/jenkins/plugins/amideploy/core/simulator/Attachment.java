package io.jenkins.plugins.amideploy.core.simulator;

/**
 * A balancer as a group has it, and its state: Amazon EC2 Auto Scaling API Reference, "TrafficSourceState" (the state is
 * of this group's instances, whoever else is behind the balancer).
 */
final class Attachment {
    final Balancer balancer;
    final Lag<String> lag;
    private final SimulatedGroup group;
    boolean registering;
    boolean removing;
    boolean removed;

    Attachment(World world, SimulatedGroup group, Balancer balancer) {
        this.group = group;
        this.balancer = balancer;
        this.lag = new Lag<>(world, "consistency of attachments");
    }

    String state() {
        if (removed) {
            return "Removed";
        }
        if (removing) {
            return "Removing";
        }
        if (registering) {
            return "Adding";
        }
        return group.instances.values().stream().anyMatch(this::passes) ? "InService" : "Added";
    }

    private boolean passes(SimulatedInstance instance) {
        Registration registration = instance.registrations.get(balancer);
        return registration != null && registration.healthy();
    }
}
