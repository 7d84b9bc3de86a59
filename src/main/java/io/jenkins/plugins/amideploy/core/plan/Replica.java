package io.jenkins.plugins.amideploy.core.plan;

import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.simulator.GroupSpec;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedAws;
import io.jenkins.plugins.amideploy.core.simulator.TargetGroupSpec;
import java.util.List;
import java.util.TreeSet;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** A live group as a plan plays it: with its sizes, as many zones, and as many balancers that let go as slowly. */
final class Replica {
    private static final List<String> ZONES = List.of("eu-west-1a", "eu-west-1b", "eu-west-1c");

    private Replica() {}

    static GroupSpec of(SimulatedAws aws, AutoScalingGroup live, String image, LiveTimes times) {
        GroupSpec spec = withoutBalancers(live, image);
        int balancers =
                Balancers.targetGroups(live).size() + Balancers.classic(live).size();
        for (int i = 0; i < balancers; i++) {
            spec.targetGroup(aws.createTargetGroup(
                    TargetGroupSpec.named("balancer-" + i).withDeregistrationDelay(times.drain())));
        }
        return spec;
    }

    /** The group alone. */
    static GroupSpec withoutBalancers(AutoScalingGroup live, String image) {
        int zones = new TreeSet<>(live.availabilityZones()).size();
        return GroupSpec.of(live.autoScalingGroupName(), image)
                .sizes(live.minSize(), live.desiredCapacity(), live.maxSize())
                .zones(ZONES.subList(0, Math.max(1, Math.min(ZONES.size(), zones)))
                        .toArray(String[]::new));
    }
}
