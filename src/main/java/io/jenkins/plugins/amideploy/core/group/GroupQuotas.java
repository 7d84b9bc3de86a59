package io.jenkins.plugins.amideploy.core.group;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.group.GroupCopy.Front;
import java.util.List;
import software.amazon.awssdk.services.autoscaling.model.DescribeAccountLimitsResponse;

/** Whether AWS takes one more group of some size; what is beyond a quota is told before anything is changed. */
public final class GroupQuotas {
    /** Targets of a balancer ("Quotas for your Application Load Balancers", "... Classic Load Balancer"). */
    private static final int TARGETS = 1000;
    /** Target groups, and Classic Load Balancers, of one group ("Quotas for Amazon EC2 Auto Scaling"). */
    private static final int BALANCERS = 50;

    private final AwsSession aws;
    private final List<String> problems;

    public GroupQuotas(AwsSession aws, List<String> problems) {
        this.aws = aws;
        this.problems = problems;
    }

    /**
     * @param configuration whether the group gets a launch configuration of its own
     * @param instances how many come on top of those registered now
     */
    public void check(Front front, boolean configuration, int instances) {
        DescribeAccountLimitsResponse limits = aws.autoScaling().describeAccountLimits();
        full("Auto Scaling groups", limits.numberOfAutoScalingGroups(), limits.maxNumberOfAutoScalingGroups());
        if (configuration) {
            full(
                    "launch configurations",
                    limits.numberOfLaunchConfigurations(),
                    limits.maxNumberOfLaunchConfigurations());
        }
        many("target groups", front.targetGroups().size());
        many("Classic Load Balancers", front.classic().size());
        for (String arn : front.targetGroups()) {
            int registered = aws.elbv2()
                    .describeTargetHealth(r -> r.targetGroupArn(arn))
                    .targetHealthDescriptions()
                    .size();
            targets("target group " + Balancers.shortName(arn), registered, instances);
        }
        for (String name : front.classic()) {
            int registered = aws.elb()
                    .describeInstanceHealth(r -> r.loadBalancerName(name))
                    .instanceStates()
                    .size();
            targets("load balancer " + name, registered, instances);
        }
    }

    private void full(String what, Integer number, Integer most) {
        if (number != null && most != null && number >= most) {
            problems.add("quota: the account has " + number + " of " + most + " " + what
                    + " in this region; one more is needed");
        }
    }

    private void many(String what, int number) {
        if (number > BALANCERS) {
            problems.add("quota: " + number + " " + what + " are more than the " + BALANCERS + " a group takes");
        }
    }

    private void targets(String where, int registered, int more) {
        if (registered + more > TARGETS) {
            problems.add("quota: " + where + " has " + registered + " targets; with " + more
                    + " more it would be beyond its " + TARGETS);
        }
    }
}
