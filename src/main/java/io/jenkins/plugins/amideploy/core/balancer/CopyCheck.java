package io.jenkins.plugins.amideploy.core.balancer;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.balancer.LiveBalancer.Kind;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** What stands in the way of copying a load balancer of a group, and what a copy will not have; before anything changes. */
public final class CopyCheck {
    private static final String PROTECTION = "deletion_protection.enabled";

    private final AwsSession aws;
    private final LiveBalancer live;
    private final AutoScalingGroup group;
    private final List<String> problems = new ArrayList<>();
    private final List<String> notCopied = new ArrayList<>();
    private boolean isProtected;
    private int targetGroups;

    private CopyCheck(AwsSession aws, LiveBalancer live, AutoScalingGroup group) {
        this.aws = aws;
        this.live = live;
        this.group = group;
    }

    /** Looks at the balancer, everything that belongs to it, and the account's quotas. */
    public static CopyCheck of(AwsSession aws, LiveBalancer live, AutoScalingGroup group) {
        CopyCheck check = new CopyCheck(aws, live, group);
        switch (live.kind()) {
            case APPLICATION, NETWORK -> check.elb(BalancerParts.read(aws, live.arn()));
            case CLASSIC -> check.classic(ClassicParts.read(aws, live.name()));
            case GATEWAY -> check.problems.add("a " + live.kind() + " such as " + live.name() + " is not copied");
        }
        check.outside();
        new BalancerQuotas(aws, check.problems).check(live.kind(), check.targetGroups);
        return check;
    }

    /** Sentences; empty where nothing is in the way. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** What the copy will not have, as parts of a sentence. */
    public List<String> notCopied() {
        return List.copyOf(notCopied);
    }

    /** Whether the original is protected from deletion, which whoever retires it has to take away. */
    public boolean isProtected() {
        return isProtected;
    }

    private void elb(BalancerParts parts) {
        targetGroups = parts.targetGroups().size();
        isProtected = "true".equals(parts.attributes().get(PROTECTION));
        LoadBalancerStateEnum state = parts.balancer().state().code();
        if (state != LoadBalancerStateEnum.ACTIVE && state != LoadBalancerStateEnum.ACTIVE_IMPAIRED) {
            problems.add("the load balancer " + live.name() + " is "
                    + parts.balancer().state().codeAsString() + ", not active");
        }
        Set<String> attached = Balancers.targetGroups(group);
        parts.targetGroups().forEach(target -> target(target, attached.contains(target.targetGroupArn())));
        parts.listeners().forEach(listener -> {
            boolean secret = listener.actions().anyMatch(action -> action.authenticateOidcConfig() != null);
            if (secret) {
                problems.add("the listener on port " + listener.listener().port() + " of " + live.name()
                        + " authenticates users with OpenID Connect; AWS does not show its client secret, so that it"
                        + " cannot be copied (mode listener needs no copy)");
            }
        });
        addresses(parts);
        reserved(parts.tags().getOrDefault(live.arn(), Map.of()).keySet());
    }

    private void target(TargetGroup target, boolean ofTheGroup) {
        String name = target.targetGroupName();
        if (target.targetType() != TargetTypeEnum.INSTANCE) {
            problems.add("target group " + name + " of " + live.name() + " has targets of type "
                    + target.targetTypeAsString() + ", which a copy would not reach");
            return;
        }
        Set<String> members =
                group.instances().stream().map(Instance::instanceId).collect(Collectors.toSet());
        List<String> others = aws
                .elbv2()
                .describeTargetHealth(r -> r.targetGroupArn(target.targetGroupArn()))
                .targetHealthDescriptions()
                .stream()
                .map(health -> health.target().id())
                .filter(id -> !members.contains(id))
                .distinct()
                .toList();
        if (others.isEmpty()) {
            return;
        }
        if (ofTheGroup) {
            notCopied.add(Words.count(others.size(), "target") + " of target group " + name
                    + " that are not instances of the group (" + some(others) + ")");
        } else {
            problems.add("target group " + name + " of " + live.name() + " is not the group's and has "
                    + Words.count(others.size(), "target") + " (" + some(others)
                    + "), which a copy of the load balancer would not reach; a target group has one load balancer only"
                    + " (mode listener needs no copy)");
        }
    }

    private static String some(List<String> all) {
        return all.stream().limit(3).collect(Collectors.joining(", ")) + (all.size() > 3 ? ", ..." : "");
    }

    private void addresses(BalancerParts parts) {
        Stream<String> fixed = parts.balancer().availabilityZones().stream()
                .flatMap(zone -> zone.loadBalancerAddresses().stream())
                .flatMap(address -> Stream.of(address.allocationId(), address.privateIPv4Address()))
                .filter(address -> address != null);
        List<String> all = fixed.toList();
        if (!all.isEmpty()) {
            notCopied.add("its fixed addresses (" + String.join(", ", all)
                    + "): the copy gets others, and who knows the balancer by its address does not follow");
        }
    }

    private void reserved(Collection<String> tags) {
        List<String> reserved =
                tags.stream().filter(key -> key.startsWith("aws:")).toList();
        if (!reserved.isEmpty()) {
            notCopied.add("tags that only AWS sets: " + String.join(", ", reserved)
                    + (reserved.stream().anyMatch(key -> key.startsWith("aws:cloudformation:"))
                            ? " (its CloudFormation stack will not know the new load balancer)"
                            : ""));
        }
    }

    private void classic(ClassicParts parts) {
        Set<String> members =
                group.instances().stream().map(Instance::instanceId).collect(Collectors.toSet());
        List<String> others = parts.balancer().instances().stream()
                .map(software.amazon.awssdk.services.elasticloadbalancing.model.Instance::instanceId)
                .filter(id -> !members.contains(id))
                .toList();
        if (!others.isEmpty()) {
            notCopied.add(Words.count(others.size(), "instance") + " registered with " + live.name()
                    + " that are not of the group (" + some(others) + ")");
        }
        reserved(parts.tags().keySet());
    }

    /** What names the balancer from outside, and no API of Elastic Load Balancing shows. */
    private void outside() {
        if (live.kind() == Kind.APPLICATION) {
            notCopied.add("what names it from outside, if anything does: a web ACL of AWS WAF, Shield Advanced, Global"
                    + " Accelerator, CloudFront, API Gateway, alarms");
        } else if (live.kind() == Kind.NETWORK) {
            notCopied.add(
                    "what names it from outside, if anything does: a VPC endpoint service, Global Accelerator, API"
                            + " Gateway, Shield Advanced, alarms");
        } else if (live.kind() == Kind.CLASSIC) {
            notCopied.add("what names it from outside, if anything does: CloudFront, alarms, rules of security groups");
        }
    }
}
