package io.jenkins.plugins.amideploy.core.group;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.aws.Balancers;
import java.time.Duration;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** How long a group's balancers let an instance finish its connections. */
public final class Draining {
    private static final String DELAY = "deregistration_delay.timeout_seconds";
    /** What a target group does that does not say ("Edit target group attributes for your Application Load Balancer"). */
    private static final int USUAL = 300;

    private Draining() {}

    /** The longest of their deregistration delays and connection drainings; zero where there are none. */
    public static Duration longest(AwsSession aws, AutoScalingGroup group) {
        int longest = 0;
        for (String arn : Balancers.targetGroups(group)) {
            longest = Math.max(
                    longest,
                    aws.elbv2().describeTargetGroupAttributes(r -> r.targetGroupArn(arn)).attributes().stream()
                            .filter(attribute -> DELAY.equals(attribute.key()))
                            .mapToInt(attribute -> Integer.parseInt(attribute.value()))
                            .findFirst()
                            .orElse(USUAL));
        }
        for (String name : Balancers.classic(group)) {
            var draining = aws.elb()
                    .describeLoadBalancerAttributes(r -> r.loadBalancerName(name))
                    .loadBalancerAttributes()
                    .connectionDraining();
            if (draining != null && Boolean.TRUE.equals(draining.enabled())) {
                longest = Math.max(longest, draining.timeout());
            }
        }
        return Duration.ofSeconds(longest);
    }
}
