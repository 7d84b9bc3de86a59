package io.jenkins.plugins.amideploy.core.balancer;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;

/**
 * What AWS shows now of what a deployment has made: what is called as only it calls things, and has its tags. Reads the
 * whole account's list, which is of few pages.
 */
final class Made {
    private static final int PAGE = 400;

    private final AwsSession aws;
    private final CopyNames names;

    Made(AwsSession aws, CopyNames names) {
        this.aws = aws;
        this.names = names;
    }

    List<LiveBalancer> balancers() {
        List<LiveBalancer> made = new ArrayList<>();
        aws.elbv2().describeLoadBalancersPaginator(r -> r.pageSize(PAGE)).loadBalancers().stream()
                .filter(balancer -> balancer.loadBalancerName().endsWith(names.ending()))
                .filter(balancer -> mine(balancer.loadBalancerArn()))
                .forEach(balancer -> made.add(LiveBalancer.of(balancer)));
        aws.elb().describeLoadBalancersPaginator(r -> r.pageSize(PAGE)).loadBalancerDescriptions().stream()
                .filter(balancer -> balancer.loadBalancerName().endsWith(names.ending()))
                .filter(balancer -> classicMine(balancer.loadBalancerName()))
                .forEach(balancer -> made.add(LiveBalancer.of(balancer)));
        return made;
    }

    List<TargetGroup> targetGroups() {
        return aws.elbv2().describeTargetGroupsPaginator(r -> r.pageSize(PAGE)).targetGroups().stream()
                .filter(group -> group.targetGroupName().endsWith(names.ending()))
                .filter(group -> mine(group.targetGroupArn()))
                .toList();
    }

    /** What is shown a while after it is gone has no tags any more. */
    private boolean mine(String arn) {
        try {
            return names.mine(ElbTags.of(aws, List.of(arn)).getOrDefault(arn, Map.of()));
        } catch (LoadBalancerNotFoundException | TargetGroupNotFoundException e) {
            return false;
        }
    }

    private boolean classicMine(String name) {
        try {
            return names.mine(ClassicParts.tags(aws, List.of(name)).getOrDefault(name, Map.of()));
        } catch (software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerNotFoundException e) {
            return false;
        }
    }
}
