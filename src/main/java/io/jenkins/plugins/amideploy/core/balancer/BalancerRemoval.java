package io.jenkins.plugins.amideploy.core.balancer;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.deployment.Leases;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ResourceInUseException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/**
 * Removes a load balancer with its listeners, and target groups, over as many ticks as it takes. What a deployment has
 * made is found by the names and tags that its id gives, so that it is found also where the saved state knows nothing of
 * it; what a deployment retires is what it says, and kept where something else uses it.
 */
public final class BalancerRemoval {
    private static final Duration LOOK = Duration.ofSeconds(5);
    /** A target group that is still in use after that time is used by someone else. */
    private static final Duration LONGEST_USE = Duration.ofMinutes(10);

    private static final String PROTECTION = "deletion_protection.enabled";

    private static final String SINCE = "copies-removal.since";
    private static final String BALANCER = "retired.balancer";
    private static final String TARGET_GROUPS = "retired.target-groups";
    private static final String IN_USE = "retired.in-use";
    private static final String BEGUN = "retired.begun";

    private final TickContext at;
    private final AwsSession aws;
    private final SavedState saved;
    private final CopyNames names;

    public BalancerRemoval(TickContext at) {
        this(at, at.owner().deployment());
    }

    /** @param maker the deployment whose copies are removed, where this one cleans up after it */
    public BalancerRemoval(TickContext at, String maker) {
        this.at = at;
        this.names = new CopyNames(new Owner(at.owner().controller(), at.owner().build(), maker));
        this.aws = at.aws();
        this.saved = at.state();
    }

    /**
     * Removes what this deployment has made: copies of load balancers and of target groups. Nothing is taken for gone
     * before AWS has had time to show what was made just before this began.
     *
     * @return when to look again; empty once AWS shows that nothing is left
     */
    public Optional<Tick> copies() {
        Made made = new Made(aws, names);
        List<LiveBalancer> balancers = made.balancers();
        balancers.forEach(this::delete);
        List<TargetGroup> targetGroups = made.targetGroups();
        targetGroups.forEach(group -> delete(group.targetGroupArn()));
        Instant since = saved.getInstant(SINCE).orElse(at.now());
        saved.put(SINCE, since);
        boolean shown = at.settled() && at.now().isAfter(since.plus(Leases.SETTLE));
        if (!balancers.isEmpty() || !targetGroups.isEmpty() || !shown) {
            return again();
        }
        saved.remove(SINCE, IN_USE);
        ElbCopy.forget(saved);
        ClassicCopy.forget(saved);
        return Optional.empty();
    }

    /**
     * Removes the old side, whoever made it.
     *
     * @param balancer empty where the load balancer stays and only target groups go
     * @param targetGroups their ARNs; one that has targets still or that something else forwards to is kept
     * @return when to look again; empty once AWS shows that it is gone
     */
    public Optional<Tick> retire(Optional<LiveBalancer> balancer, Collection<String> targetGroups) {
        if (!saved.has(BEGUN)) {
            saved.put(BEGUN, "yes");
            saved.put(TARGET_GROUPS, free(balancer, targetGroups));
            at.save();
        }
        Optional<LiveBalancer> shown = balancer.filter(this::exists);
        shown.ifPresent(this::delete);
        List<String> left =
                saved.getSet(TARGET_GROUPS).stream().filter(this::exists).toList();
        left.forEach(this::delete);
        if (shown.isPresent() || !left.isEmpty() || !at.settled()) {
            return again();
        }
        saved.remove(BEGUN, TARGET_GROUPS, IN_USE);
        return Optional.empty();
    }

    private Optional<Tick> again() {
        return Optional.of(new Tick.LookAgain(at.now().plus(LOOK)));
    }

    private void write() {
        at.wrote();
        at.save();
    }

    private void delete(LiveBalancer balancer) {
        write();
        if (balancer.classic()) {
            aws.elb().deleteLoadBalancer(r -> r.loadBalancerName(balancer.name()));
        } else {
            unprotect(balancer.arn());
            aws.elbv2().deleteLoadBalancer(r -> r.loadBalancerArn(balancer.arn()));
        }
        String key = BALANCER + "." + balancer.name();
        if (!saved.has(key)) {
            saved.put(key, "told");
            at.save();
            at.say("", balancer + " deleted with its listeners");
        }
    }

    private void unprotect(String arn) {
        if ("true".equals(BalancerParts.attributes(aws, arn).get(PROTECTION))) {
            LoadBalancerAttribute off = LoadBalancerAttribute.builder()
                    .key(PROTECTION)
                    .value("false")
                    .build();
            aws.elbv2().modifyLoadBalancerAttributes(r -> r.loadBalancerArn(arn).attributes(off));
        }
    }

    /** The listeners of a load balancer that was just deleted may use it for some seconds still. */
    private void delete(String targetGroup) {
        write();
        try {
            aws.elbv2().deleteTargetGroup(r -> r.targetGroupArn(targetGroup));
        } catch (ResourceInUseException e) {
            Instant since = saved.getInstant(IN_USE).orElse(at.now());
            if (at.now().isAfter(since.plus(LONGEST_USE))) {
                throw e;
            }
            saved.put(IN_USE, since);
            at.save();
        }
    }

    private boolean exists(LiveBalancer balancer) {
        if (balancer.classic()) {
            return LiveBalancer.named(aws, balancer.name())
                    .filter(LiveBalancer::classic)
                    .isPresent();
        }
        try {
            return !aws.elbv2()
                    .describeLoadBalancers(r -> r.loadBalancerArns(balancer.arn()))
                    .loadBalancers()
                    .isEmpty();
        } catch (LoadBalancerNotFoundException e) {
            return false;
        }
    }

    private boolean exists(String targetGroup) {
        try {
            return !aws.elbv2()
                    .describeTargetGroups(r -> r.targetGroupArns(targetGroup))
                    .targetGroups()
                    .isEmpty();
        } catch (TargetGroupNotFoundException e) {
            return false;
        }
    }

    /** Those that nothing else uses; the others are named. */
    private Set<String> free(Optional<LiveBalancer> balancer, Collection<String> targetGroups) {
        Set<String> free = new LinkedHashSet<>();
        for (String arn : targetGroups) {
            if (!exists(arn)) {
                continue;
            }
            List<String> users = new ArrayList<>(
                    LiveBalancer.targetGroups(aws, List.of(arn)).get(0).loadBalancerArns());
            balancer.ifPresent(old -> users.remove(old.arn()));
            long targets = targets(arn);
            if (users.isEmpty() && targets == 0) {
                free.add(arn);
            } else {
                at.say(
                        "",
                        "Target group " + Balancers.shortName(arn) + " stays: "
                                + (targets > 0
                                        ? targets + " targets that are not of the old group are registered in it"
                                        : "load balancer " + name(users.get(0)) + " forwards to it"));
            }
        }
        return free;
    }

    /** The name in a load balancer's ARN, such as {@code arn:…:loadbalancer/app/web/50dc6c495c0c9188}. */
    private static String name(String arn) {
        String[] parts = arn.split("/");
        return parts.length > 2 ? parts[2] : arn;
    }

    /** How many are registered to stay. */
    private long targets(String arn) {
        return aws.elbv2().describeTargetHealth(r -> r.targetGroupArn(arn)).targetHealthDescriptions().stream()
                .filter(target -> target.targetHealth().state() != TargetHealthStateEnum.DRAINING)
                .filter(target -> target.targetHealth().reason() != TargetHealthReasonEnum.TARGET_INVALID_STATE)
                .count();
    }
}
