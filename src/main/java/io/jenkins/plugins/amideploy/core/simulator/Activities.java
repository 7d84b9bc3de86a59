package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;

/**
 * Scaling activities and their causes in Auto Scaling's words: Amazon EC2 Auto Scaling User Guide, "Verify a scaling
 * activity", and the re:Post articles on why a group launched or terminated an instance.
 */
final class Activities {
    private final World world;

    Activities(World world) {
        this.world = world;
    }

    SimulatedActivity begin(SimulatedGroup group, String description, String cause, String zone) {
        SimulatedActivity activity =
                new SimulatedActivity(world.ids.uuid(), group, description, cause, zone, world.clock.now());
        group.activities.addFirst(activity);
        return activity;
    }

    String at(String what) {
        return "At " + stamp(world.clock.now()) + " " + what;
    }

    void userUpdate(SimulatedGroup group, int before) {
        group.reasons.add(at("a user request update of AutoScalingGroup constraints to min: " + group.min + ", max: "
                + group.max + ", desired: " + group.desired + " changing the desired capacity from " + before + " to "
                + group.desired + "."));
    }

    void scheduled(SimulatedGroup group, int before) {
        group.reasons.add(at("a scheduled action update of AutoScalingGroup constraints to min: " + group.min
                + ", max: " + group.max + ", desired: " + group.desired + " changing the desired capacity from "
                + before
                + " to " + group.desired + "."));
    }

    void userDesired(SimulatedGroup group, int before) {
        group.reasons.add(at("a user request explicitly set group desired capacity changing the desired capacity from "
                + before + " to " + group.desired + "."));
    }

    void alarm(SimulatedGroup group, String alarm, String policy, int before) {
        group.reasons.add(at("a monitor alarm " + alarm + " in state ALARM triggered policy " + policy
                + " changing the desired capacity from " + before + " to " + group.desired + "."));
    }

    String launchCause(SimulatedGroup group, int from, int to) {
        if (group.unhealthyReplacements > 0) {
            group.unhealthyReplacements--;
            return at("an instance was launched in response to an unhealthy instance needing to be replaced.");
        }
        return because(
                group,
                at("an instance was started in response to a difference between desired and actual capacity,"
                        + " increasing the capacity from " + from + " to " + to + "."));
    }

    String scaleInCause(SimulatedGroup group, SimulatedInstance victim, int from, int to) {
        return because(
                        group,
                        at("an instance was taken out of service in response to a difference between desired and"
                                + " actual capacity, shrinking the capacity from " + from + " to " + to + "."))
                + "  " + at("instance " + victim.id + " was selected for termination.");
    }

    /** Amazon EC2 Auto Scaling User Guide, "Use instance scale-in protection". */
    void allProtected(SimulatedGroup group, int from, int to) {
        String cause = because(
                group,
                at("an instance was taken out of service in response to a difference between desired and actual"
                        + " capacity, shrinking the capacity from " + from + " to " + to + "."));
        begin(group, "Terminating EC2 instance", cause, group.zones.get(0))
                .end(
                        world.clock.now(),
                        ScalingActivityStatusCode.FAILED,
                        "Could not scale to desired capacity because all remaining instances are protected from"
                                + " scale-in.");
        group.reasons.clear();
    }

    /** How a group shows that a balancer takes no more targets is not documented. */
    void notRegistered(SimulatedInstance instance, Balancer balancer) {
        begin(
                        instance.group,
                        "Registering EC2 instance: " + instance.id,
                        at("instance " + instance.id + " was to be registered with " + balancer.identifier() + "."),
                        instance.zone)
                .end(world.clock.now(), ScalingActivityStatusCode.FAILED, tooManyTargets(balancer));
    }

    static String tooManyTargets(Balancer balancer) {
        return "Failed to register with " + balancer.identifier()
                + ": You've reached the limit on the number of targets.";
    }

    String userTermination(SimulatedInstance instance, int from, int to) {
        String shrinking = from == to ? "." : ", shrinking the capacity from " + from + " to " + to + ".";
        return at("instance " + instance.id + " was taken out of service in response to a user request" + shrinking);
    }

    private static String because(SimulatedGroup group, String act) {
        return group.reasons.isEmpty() ? act : String.join("  ", group.reasons) + "  " + act;
    }

    private static String stamp(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
