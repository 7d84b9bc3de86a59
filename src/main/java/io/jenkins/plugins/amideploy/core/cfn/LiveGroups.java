package io.jenkins.plugins.amideploy.core.cfn;

import io.jenkins.plugins.amideploy.core.deployment.Lease;
import io.jenkins.plugins.amideploy.core.deployment.Leases;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * The groups of a stack as they are.
 *
 * @param groups by their paths in the stack
 * @param taken those that another deployment of this plugin works on, and who that is
 */
record LiveGroups(Map<String, AutoScalingGroup> groups, List<String> taken) {
    /** Most names in one call (Amazon EC2 Auto Scaling API Reference, DescribeAutoScalingGroups). */
    private static final int NAMES_IN_A_CALL = 100;

    /** @param names of groups by their paths in the stack */
    static LiveGroups read(TickContext at, Map<String, String> names) {
        Map<String, AutoScalingGroup> byName = new LinkedHashMap<>();
        if (!names.isEmpty()) {
            at.aws()
                    .autoScaling()
                    .describeAutoScalingGroups(
                            r -> r.autoScalingGroupNames(names.values()).maxRecords(NAMES_IN_A_CALL))
                    .autoScalingGroups()
                    .forEach(group -> byName.put(group.autoScalingGroupName(), group));
        }
        Map<String, AutoScalingGroup> groups = new LinkedHashMap<>();
        List<String> taken = new ArrayList<>();
        names.forEach((path, name) -> Optional.ofNullable(byName.get(name)).ifPresent(group -> {
            groups.put(path, group);
            Lease.on(group)
                    .filter(lease ->
                            !lease.owner().deployment().equals(at.owner().deployment()))
                    .ifPresent(lease -> taken.add(path + " (" + name + "): "
                            + Leases.taken(lease).trouble().text()));
        }));
        return new LiveGroups(groups, taken);
    }

    Optional<Integer> desired(String path) {
        return Optional.ofNullable(groups.get(path)).map(AutoScalingGroup::desiredCapacity);
    }
}
