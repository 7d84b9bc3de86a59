package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import software.amazon.awssdk.services.autoscaling.model.DeleteAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.DeleteAutoScalingGroupResponse;
import software.amazon.awssdk.services.autoscaling.model.ResourceInUseException;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityInProgressException;

/**
 * Deletes groups: Amazon EC2 Auto Scaling API Reference, "DeleteAutoScalingGroup" (without force the group must have no
 * instances and no scaling activity; with it the instances go without draining and without lifecycle actions, and the
 * group shows {@code Delete in progress} until they are gone). Policies with the alarms of target tracking, hooks,
 * scheduled actions and notifications go with their group; other alarms stay.
 */
final class GroupDeletion {
    private final World world;
    private final PolicyOperations policies;

    GroupDeletion(World world, Operations operations, PolicyOperations policies) {
        this.world = world;
        this.policies = policies;
        operations.on(Service.AUTO_SCALING, DeleteAutoScalingGroupRequest.class, this::delete);
    }

    private DeleteAutoScalingGroupResponse delete(DeleteAutoScalingGroupRequest request) {
        SimulatedGroup group = Groups.toChange(world, request.autoScalingGroupName());
        if (!Boolean.TRUE.equals(request.forceDelete())) {
            refuseWhileUsed(group);
        }
        group.beforeWrite();
        TerminationCause cause = world.actor.asTerminationCause();
        List.copyOf(group.attachments).forEach(attachment -> attachment.removing = true);
        policies.deleteAll(group);
        world.terminator.delete(group, cause);
        return DeleteAutoScalingGroupResponse.builder().build();
    }

    private static void refuseWhileUsed(SimulatedGroup group) {
        if (group.activities.stream().anyMatch(activity -> !activity.ended())) {
            throw new Rejection(
                    ScalingActivityInProgressException.builder(),
                    400,
                    "ScalingActivityInProgress",
                    "You cannot delete an AutoScalingGroup while there are scaling activities in progress for that"
                            + " group.");
        }
        if (!group.empty()) {
            throw new Rejection(
                    ResourceInUseException.builder(),
                    400,
                    "ResourceInUse",
                    "You cannot delete an AutoScalingGroup while there are instances or pending Spot instance"
                            + " request(s) still in the group.");
        }
    }
}
