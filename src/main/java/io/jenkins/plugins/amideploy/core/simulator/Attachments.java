package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.LimitExceededException;

/**
 * Attaches balancers to groups and detaches them: Amazon EC2 Auto Scaling User Guide, "Attach an Elastic Load Balancing
 * load balancer to your Auto Scaling group" and API Reference, "DetachLoadBalancerTargetGroups" (the instances keep
 * running, and are deregistered and drained for as long as the balancer says). How long a group takes to register what it
 * runs is not documented: as long as it takes to act on any change.
 */
final class Attachments {
    private static final int MOST = 50;
    private static final String ELB = "elb";

    private final World world;

    Attachments(World world) {
        this.world = world;
    }

    static String type(String type, String identifier) {
        return type != null ? type : identifier.startsWith("arn:") ? "elbv2" : ELB;
    }

    void attach(SimulatedGroup group, String type, String identifier) {
        Balancer balancer = find(type(type, identifier), identifier);
        if (group.balancers().contains(balancer)) {
            return;
        }
        long present = group.balancers().stream()
                .filter(other -> other.trafficSourceType().equals(balancer.trafficSourceType()))
                .count();
        if (present >= MOST) {
            throw new Rejection(
                    LimitExceededException.builder(),
                    400,
                    "LimitExceeded",
                    "The number of load balancers or target groups for AutoScalingGroup " + group.name
                            + " exceeds the limit of " + MOST + ".");
        }
        group.attachments.removeIf(attachment -> attachment.balancer == balancer);
        Attachment attachment = new Attachment(world, group, balancer);
        if (world.groups.containsKey(group.name) && world.actor.kind() != Actor.Kind.SETUP) {
            attachment.lag.beforeWrite(() -> null);
        }
        group.attachments.add(attachment);
        if (group.runs("AddToLoadBalancer")
                && group.in(LifecycleState.IN_SERVICE).findAny().isPresent()) {
            attachment.registering = true;
            later("attach " + group.name, () -> register(group, attachment));
        }
        group.in(LifecycleState.IN_SERVICE).forEach(SimulatedInstance::updateServing);
    }

    private Balancer find(String type, String identifier) {
        if (!type.equals(ELB) && !type.equals("elbv2")) {
            throw new UnsupportedOperationException("The simulator does not model traffic sources of type " + type);
        }
        Balancer balancer = type.equals(ELB) ? world.classics.get(identifier) : world.targetGroups.get(identifier);
        boolean gone = balancer instanceof SimulatedTargetGroup group && !group.resource.exists();
        if (balancer == null || gone) {
            throw Rejection.validation("Provided Load Balancers or Target Groups may not be valid. Please ensure they"
                    + " exist and try again.");
        }
        return balancer;
    }

    private void register(SimulatedGroup group, Attachment attachment) {
        attachment.registering = false;
        if (!attachment.removing) {
            for (SimulatedInstance instance :
                    group.in(LifecycleState.IN_SERVICE).toList()) {
                if (attachment.balancer.full()) {
                    world.activities.notRegistered(instance, attachment.balancer);
                } else {
                    attachment.balancer.register(instance);
                }
            }
        }
    }

    void detach(SimulatedGroup group, Attachment attachment) {
        attachment.lag.beforeWrite(attachment::state);
        attachment.removing = true;
        List<SimulatedInstance> registered = group.instances.values().stream()
                .filter(instance -> instance.registrations.containsKey(attachment.balancer))
                .toList();
        int[] open = {registered.size()};
        if (open[0] == 0) {
            removed(group, attachment);
        }
        for (SimulatedInstance instance : registered) {
            attachment.balancer.deregister(instance, () -> {
                if (--open[0] == 0) {
                    removed(group, attachment);
                }
            });
            instance.updateServing();
        }
        group.in(LifecycleState.IN_SERVICE).forEach(SimulatedInstance::updateServing);
    }

    private void removed(SimulatedGroup group, Attachment attachment) {
        attachment.removed = true;
        later("detach " + group.name, () -> group.attachments.remove(attachment));
    }

    private void later(String concern, Runnable action) {
        Duration delay = world.draws.span(concern, world.behaviour.reconcileDelay());
        if (delay.isZero()) {
            action.run();
        } else {
            world.clock.after(delay, action);
        }
    }
}
