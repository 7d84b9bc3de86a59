package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import software.amazon.awssdk.services.autoscaling.model.InvalidNextTokenException;

/** Finds groups and their instances, or refuses in Auto Scaling's words. */
final class Groups {
    private Groups() {}

    static SimulatedGroup find(World world, String name) {
        SimulatedGroup group = world.groups.get(name);
        if (group == null) {
            throw Rejection.validation("AutoScalingGroup name not found - null");
        }
        return group;
    }

    /** For whatever changes the group: one that is being deleted cannot be changed. */
    static SimulatedGroup toChange(World world, String name) {
        SimulatedGroup group = find(world, name);
        if (group.deleting) {
            throw Rejection.validation("AutoScalingGroup '" + name + "' is pending delete");
        }
        return group;
    }

    static SimulatedInstance instance(World world, String id) {
        SimulatedInstance instance = world.instances.get(id);
        if (instance == null || instance.group == null) {
            throw Rejection.validation("Instance Id not found - No managed instance found for instance ID: " + id);
        }
        return instance;
    }

    static List<SimulatedInstance> instances(SimulatedGroup group, List<String> ids) {
        return ids.stream()
                .map(id -> {
                    SimulatedInstance instance = group.instances.get(id);
                    if (instance == null) {
                        throw Rejection.validation(
                                "The instance " + id + " is not part of Auto Scaling group " + group.name + ".");
                    }
                    return instance;
                })
                .toList();
    }

    static Rejection badToken() {
        return new Rejection(
                InvalidNextTokenException.builder(), 400, "InvalidNextToken", "The NextToken value is not valid.");
    }
}
