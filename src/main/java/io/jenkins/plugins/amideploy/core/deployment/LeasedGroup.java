package io.jenkins.plugins.amideploy.core.deployment;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Filter;

/**
 * A group that somebody deploys to, or did when his deployment died, as AWS shows it.
 *
 * @param pair the other group and which is which, where one takes the other's place
 */
public record LeasedGroup(String name, Lease lease, Optional<Pair> pair, int min, int desired, int max) {
    /** Most groups in one answer (Amazon EC2 Auto Scaling API Reference, DescribeAutoScalingGroups). */
    private static final int GROUPS_IN_AN_ANSWER = 100;

    /** All such groups of a region, whoever deploys to them. One call for each hundred of them. */
    public static List<LeasedGroup> in(AwsSession aws) {
        Filter ours = Filter.builder().name("tag-key").values(Owner.DEPLOYMENT).build();
        List<LeasedGroup> leased = new ArrayList<>();
        aws.autoScaling()
                .describeAutoScalingGroupsPaginator(
                        r -> r.maxRecords(GROUPS_IN_AN_ANSWER).filters(ours))
                .autoScalingGroups()
                .forEach(group -> Lease.on(group).ifPresent(lease -> leased.add(of(group, lease))));
        return leased;
    }

    private static LeasedGroup of(AutoScalingGroup group, Lease lease) {
        return new LeasedGroup(
                group.autoScalingGroupName(),
                lease,
                Pair.on(group),
                group.minSize(),
                group.desiredCapacity(),
                group.maxSize());
    }
}
