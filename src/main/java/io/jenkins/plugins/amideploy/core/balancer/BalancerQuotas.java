package io.jenkins.plugins.amideploy.core.balancer;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.balancer.LiveBalancer.Kind;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;

/** Whether AWS takes one more load balancer, and more target groups ("DescribeAccountLimits" of both generations). */
public final class BalancerQuotas {
    private static final int PAGE = 400;

    private final AwsSession aws;
    private final List<String> problems;

    /** @param problems what is beyond a quota is added to it */
    public BalancerQuotas(AwsSession aws, List<String> problems) {
        this.aws = aws;
        this.problems = problems;
    }

    /** @param targetGroups how many more are needed */
    public void check(Kind kind, int targetGroups) {
        if (kind == Kind.CLASSIC) {
            classic();
            return;
        }
        Map<String, Integer> limits = limits();
        if (kind == Kind.APPLICATION) {
            balancers(LoadBalancerTypeEnum.APPLICATION, limits.get("application-load-balancers"), kind);
        } else if (kind == Kind.NETWORK) {
            balancers(LoadBalancerTypeEnum.NETWORK, limits.get("network-load-balancers"), kind);
        }
        targetGroups(targetGroups, limits.get("target-groups"));
    }

    /** @param more how many are needed where only target groups are copied */
    public void targetGroups(int more) {
        targetGroups(more, limits().get("target-groups"));
    }

    private Map<String, Integer> limits() {
        return aws.elbv2().describeAccountLimitsPaginator(r -> r.pageSize(PAGE)).limits().stream()
                .filter(limit -> limit.max() != null)
                .collect(Collectors.toMap(limit -> limit.name(), limit -> Integer.valueOf(limit.max()), (a, b) -> b));
    }

    private void balancers(LoadBalancerTypeEnum type, Integer most, Kind kind) {
        if (most == null) {
            return;
        }
        long present = aws.elbv2().describeLoadBalancersPaginator(r -> r.pageSize(PAGE)).loadBalancers().stream()
                .filter(balancer -> balancer.type() == type)
                .count();
        full(present, 1, most, kind + "s");
    }

    private void targetGroups(int more, Integer most) {
        if (most == null || more == 0) {
            return;
        }
        long present = aws.elbv2().describeTargetGroupsPaginator(r -> r.pageSize(PAGE)).targetGroups().stream()
                .count();
        full(present, more, most, "target groups");
    }

    private void classic() {
        aws.elb().describeAccountLimits(r -> {}).limits().stream()
                .filter(limit -> "classic-load-balancers".equals(limit.name()))
                .findFirst()
                .ifPresent(limit -> full(
                        aws
                                .elb()
                                .describeLoadBalancersPaginator(r -> r.pageSize(PAGE))
                                .loadBalancerDescriptions()
                                .stream()
                                .count(),
                        1,
                        Integer.parseInt(limit.max()),
                        Kind.CLASSIC + "s"));
    }

    private void full(long present, int more, int most, String what) {
        if (present + more > most) {
            problems.add("quota: the account has " + present + " of " + most + " " + what + " in this region; " + more
                    + " more " + (more == 1 ? "is" : "are") + " needed");
        }
    }
}
