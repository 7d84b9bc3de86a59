package io.jenkins.plugins.amideploy.core.balancer;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;

/**
 * What AWS shows now of what a deployment has made: what is called as only it calls things, and has its tags. Reads the
 * whole account's list, which is of few pages.
 */
public final class Made {
    private static final int PAGE = 400;

    private final AwsSession aws;
    private final CopyNames names;

    Made(AwsSession aws, CopyNames names) {
        this.aws = aws;
        this.names = names;
    }

    /** @param owner whoever made it, alive or not */
    public Made(AwsSession aws, Owner owner) {
        this(aws, new CopyNames(owner));
    }

    /** The copies of load balancers. */
    public List<LiveBalancer> balancers() {
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

    /**
     * The copies of target groups, for whoever knows only the originals.
     *
     * @param originals ARNs of target groups that exist
     * @return by the ARN of each original that of its copy, for those that have one
     */
    public Map<String, String> counterparts(Collection<String> originals) {
        Map<String, String> made = targetGroups().stream()
                .collect(Collectors.toMap(TargetGroup::targetGroupName, TargetGroup::targetGroupArn));
        Map<String, Map<String, String>> tags = ElbTags.of(aws, List.copyOf(originals));
        Map<String, String> found = new LinkedHashMap<>();
        for (TargetGroup original : LiveBalancer.targetGroups(aws, originals)) {
            String arn = original.targetGroupArn();
            String base = CopyNames.base(tags.getOrDefault(arn, Map.of()), original.targetGroupName());
            Optional.ofNullable(made.get(names.of(base))).ifPresent(copy -> found.put(arn, copy));
        }
        return found;
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
